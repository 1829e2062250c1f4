//! A concept of the glossary: one thing, and what newspapers call it in each language.

use std::str::FromStr;

use crate::text::analysis::Chain;
use crate::text::country::CountryCode;
use crate::text::language::Language;

/// A row of the glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Unique among all tables.
    pub id: String,
    /// What kind of thing it is.
    pub kind: Kind,
    /// The countries that a text names by naming it.
    pub countries: Vec<CountryCode>,
    /// Its names, those of one language together and the usual one first, in the order of [`Column::ALL`].
    pub names: Vec<Name>,
}

/// A name of a concept. The same in lower case, inflected, in the other Chinese script or spaced otherwise is the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The language that it is a name in.
    pub column: Column,
    /// The name.
    pub text: String,
    /// True if it is one only as it is written here, since in lower case it is another word (`US`, `WHO`). It is then never
    /// looked up, because an index knows no case.
    pub is_as_written: bool,
}

/// The columns of a table with names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// English.
    English,
    /// German.
    German,
    /// Korean.
    Korean,
    /// Chinese in simplified characters.
    Simplified,
    /// Chinese in traditional characters.
    Traditional,
}

impl Column {
    /// Every column, in the order of a table. Whatever else is added stands before the last.
    pub const ALL: [Column; Column::Traditional as usize + 1] =
        [Column::English, Column::German, Column::Korean, Column::Simplified, Column::Traditional];

    /// Its heading.
    pub fn name(self) -> &'static str {
        match self {
            Column::English => "en",
            Column::German => "de",
            Column::Korean => "ko",
            Column::Simplified => "zh-Hans",
            Column::Traditional => "zh-Hant",
        }
    }

    /// The language of its names.
    pub const fn language(self) -> Language {
        match self {
            Column::English => Language::English,
            Column::German => Language::German,
            Column::Korean => Language::Korean,
            Column::Simplified | Column::Traditional => Language::Chinese,
        }
    }

    /// The chain that reads its names.
    pub(crate) const fn chain(self) -> Chain {
        match Chain::of(self.language()) {
            Some(chain) => chain,
            None => Chain::Characters,
        }
    }

    /// The chain that makes terms of the words of its names. That of English reads all Latin words in Korean and Chinese text.
    pub(crate) const fn words_chain(self) -> Chain {
        self.chain().word_reading()
    }
}

/// Whoever adds a language and forgets its column is told by the compiler.
const _: () = {
    let mut at = 0;
    while at < Column::ALL.len() {
        assert!(Column::ALL[at] as usize == at, "Column::ALL has each column once, in the order of the variants");
        at += 1;
    }
    let mut at = 0;
    while at < Language::ALL.len() {
        let language = Language::ALL[at];
        let mut has_column = Chain::of(language).is_none();
        let mut column = 0;
        while column < Column::ALL.len() {
            has_column |= Column::ALL[column].language() as usize == language as usize;
            column += 1;
        }
        assert!(has_column, "each language with a chain has a column of names in the glossary");
        at += 1;
    }
};

/// What a concept is. Only [`Kind::Short`] and [`Kind::Not`] are treated otherwise than the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A treaty, or a kind of treaty.
    Agreement,
    /// A law.
    Law,
    /// A programme of one or more governments.
    Initiative,
    /// An international body, or a part of one.
    Body,
    /// A ministry.
    Ministry,
    /// An agency, bank, chamber or institute.
    Agency,
    /// A government, parliament, or its seat.
    Government,
    /// A meeting that comes again.
    Forum,
    /// What a state does to trade.
    Measure,
    /// A means of policy or finance.
    Instrument,
    /// Anything else that is talked of.
    Concept,
    /// What is traded.
    Good,
    /// A branch of the economy.
    Sector,
    /// A technology.
    Technology,
    /// A country, by its names beside those of CLDR.
    Country,
    /// The people or the adjective of a country.
    Demonym,
    /// A name of a single character, known only beside another (中美) or, if it is hanja, by itself in Korean text.
    Short,
    /// A city, port, province or strait.
    Place,
    /// A region of several countries.
    Region,
    /// Someone in office.
    Person,
    /// A company.
    Company,
    /// What holds the name of a country and is none (中美洲, New Mexico): passed over.
    Not,
}

impl Kind {
    /// Every kind with its name in a table.
    pub const ALL: [(Kind, &'static str); 22] = [
        (Kind::Agreement, "agreement"),
        (Kind::Law, "law"),
        (Kind::Initiative, "initiative"),
        (Kind::Body, "body"),
        (Kind::Ministry, "ministry"),
        (Kind::Agency, "agency"),
        (Kind::Government, "government"),
        (Kind::Forum, "forum"),
        (Kind::Measure, "measure"),
        (Kind::Instrument, "instrument"),
        (Kind::Concept, "concept"),
        (Kind::Good, "good"),
        (Kind::Sector, "sector"),
        (Kind::Technology, "technology"),
        (Kind::Country, "country"),
        (Kind::Demonym, "demonym"),
        (Kind::Short, "short"),
        (Kind::Place, "place"),
        (Kind::Region, "region"),
        (Kind::Person, "person"),
        (Kind::Company, "company"),
        (Kind::Not, "not"),
    ];

    /// True if what names no country may still hold the name of one, which is then passed over (意法半导体).
    pub(crate) fn may_seem_a_country(self) -> bool {
        matches!(self, Kind::Company | Kind::Place | Kind::Region)
    }

    /// True if queries are widened by its names.
    pub fn is_looked_up(self) -> bool {
        !matches!(self, Kind::Short | Kind::Not)
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Kind, String> {
        let known = Kind::ALL.iter().find(|(_, name)| *name == text);
        known.map(|&(kind, _)| kind).ok_or_else(|| {
            let names: Vec<&str> = Kind::ALL.iter().map(|&(_, name)| name).collect();
            format!("`{text}` is no kind of concept, expected one of {}", names.join(", "))
        })
    }
}
