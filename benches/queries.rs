//! The queries of the benches: words of the sample articles, one query of each kind in each language.

#![allow(dead_code, reason = "each bench uses a part")]

/// The queries of one language, one of each kind.
pub(crate) struct Queries {
    /// Code of the language.
    pub(crate) code: &'static str,
    /// A frequent word.
    pub(crate) word: &'static str,
    /// Several words, with a function word where the language writes it separately.
    pub(crate) words: &'static str,
    pub(crate) phrase: &'static str,
    pub(crate) boolean: &'static str,
    pub(crate) prefix: &'static str,
}

impl Queries {
    /// All queries, each with the name of its kind.
    pub(crate) fn kinds(&self) -> [(&'static str, &'static str); 5] {
        [
            ("word", self.word),
            ("words", self.words),
            ("phrase", self.phrase),
            ("boolean", self.boolean),
            ("prefix", self.prefix),
        ]
    }
}

pub(crate) const QUERIES: [Queries; 4] = [
    Queries {
        code: "en",
        word: "licences",
        words: "export controls on rare earths",
        phrase: "\"export controls\"",
        boolean: "tariffs AND exports",
        prefix: "invest*",
    },
    Queries {
        code: "de",
        word: "Zölle",
        words: "Ausfuhrkontrollen für Seltene Erden",
        phrase: "\"Seltene Erden\"",
        boolean: "Zölle AND China",
        prefix: "handel*",
    },
    Queries {
        code: "ko",
        word: "관세",
        words: "희토류 수출 통제",
        phrase: "\"수출 통제\"",
        boolean: "관세 AND 수출",
        prefix: "무역*",
    },
    Queries {
        code: "zh",
        word: "关税",
        words: "稀土出口管制",
        phrase: "\"出口管制\"",
        boolean: "关税 AND 出口",
        prefix: "贸易*",
    },
];
