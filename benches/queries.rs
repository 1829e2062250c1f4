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

/// Queries, each with what it is called in a report.
pub(crate) type NamedQueries = &'static [(&'static str, &'static str)];

/// Queries of operators that bare tantivy has no counterpart of, by language, each list with a query of NEAR that they are measured
/// beside.
pub(crate) const OPERATORS: [(&str, &str, NamedQueries); 4] = [
    (
        "en",
        "tariffs NEAR/5 exports",
        &[
            ("wildcard inside", "tar?ffs"),
            ("wildcard in front", "*ports"),
            ("wildcard of many", "*ing"),
            ("capitals", "caps:China"),
            ("capitals, none", "caps:tariffs"),
        ],
    ),
    (
        "de",
        "Zölle NEAR/5 China",
        &[
            ("wildcard inside", "Z?lle"),
            ("wildcard in front", "*zoll"),
            ("wildcard of many", "*ung"),
            ("capitals", "caps:Zölle"),
        ],
    ),
    (
        "ko",
        "관세 NEAR/5 수출",
        &[("wildcard inside", "수?통제"), ("wildcard in front", "?출통제"), ("capitals", "caps:FTA")],
    ),
    (
        "zh",
        "关税 NEAR/5 出口",
        &[("wildcard inside", "出?管"), ("wildcard in front", "?口管"), ("capitals", "caps:FTA")],
    ),
];

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
