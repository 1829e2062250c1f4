//! A concept of the glossary: one thing (a treaty, a ministry, a good) with the names that newspapers give it in each language.

use std::str::FromStr;

use crate::text::analysis::Chain;
use crate::text::country::CountryCode;
use crate::text::language::Language;

/// A concept: one row of a glossary table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Identifier, unique among all tables.
    pub id: String,
    /// Kind of the concept: treaty, ministry, good and so on.
    pub kind: Kind,
    /// The countries that a text mentions by naming the concept.
    pub countries: Vec<CountryCode>,
    /// Names of the concept, in the order of [`Column::ALL`], and within a column the usual name first.
    pub names: Vec<Name>,
}

/// A name of a concept. It matches in any case, inflection, Chinese script and spacing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The column of the name: its language, and for Chinese its script.
    pub column: Column,
    /// The name as the table has it, without the sign for `is_as_written`.
    pub text: String,
    /// True for a case-sensitive name, since in lower case it is another word (`US`, `WHO`). Queries are never expanded by it,
    /// because the index does not store case.
    pub is_as_written: bool,
}

/// A column of names in a glossary table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Names in English.
    English,
    /// Names in German.
    German,
    /// Names in Korean.
    Korean,
    /// Names in Chinese, in simplified characters.
    Simplified,
    /// Names in Chinese, in traditional characters.
    Traditional,
}

impl Column {
    /// All columns of names, in the order of a table. A new column goes before the last.
    pub const ALL: [Column; Column::Traditional as usize + 1] =
        [Column::English, Column::German, Column::Korean, Column::Simplified, Column::Traditional];

    /// The heading of the column in a table.
    pub fn name(self) -> &'static str {
        match self {
            Column::English => "en",
            Column::German => "de",
            Column::Korean => "ko",
            Column::Simplified => "zh-Hans",
            Column::Traditional => "zh-Hant",
        }
    }

    /// The language of the names in the column.
    pub const fn language(self) -> Language {
        match self {
            Column::English => Language::English,
            Column::German => Language::German,
            Column::Korean => Language::Korean,
            Column::Simplified | Column::Traditional => Language::Chinese,
        }
    }

    /// The analysis chain of the column's language.
    pub(crate) const fn chain(self) -> Chain {
        Chain::of(self.language())
    }

    /// The analysis chain that makes terms of the words in the column's names. For Korean and Chinese it is that of English,
    /// which reads all Latin words in such text.
    pub(crate) const fn words_chain(self) -> Chain {
        self.chain().word_chain()
    }

    /// The analysis chain by which the names in texts of a language are read: in another language than those of the columns, names
    /// that it shares with English (Canada, OPEC).
    pub(crate) fn words_chain_in(language: Language) -> Chain {
        let own = Column::ALL.into_iter().find(|column| column.language() == language);
        own.unwrap_or(Column::English).words_chain()
    }
}

/// Compile-time check: each language has a column.
const _: () = {
    let mut at = 0;
    while at < Column::ALL.len() {
        assert!(Column::ALL[at] as usize == at, "Column::ALL has each column once, in the order of the variants");
        at += 1;
    }
    let mut at = 0;
    while at < Language::ALL.len() {
        let language = Language::ALL[at];
        let mut has_column = matches!(language, Language::Undetermined);
        let mut column = 0;
        while column < Column::ALL.len() {
            has_column |= Column::ALL[column].language() as usize == language as usize;
            column += 1;
        }
        assert!(has_column, "each language has a column of names in the glossary");
        at += 1;
    }
};

/// The kind of a concept. [`Kind::Short`] and [`Kind::Not`] are never used to expand a query; some others decide how countries
/// are recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A treaty, or a kind of treaty.
    Agreement,
    /// A law or legal act.
    Law,
    /// A programme of one or more governments.
    Initiative,
    /// An international body, or a part of one.
    Body,
    /// A ministry of a government.
    Ministry,
    /// An agency, bank, chamber or institute.
    Agency,
    /// A government, parliament, or its seat.
    Government,
    /// A recurring meeting, such as a summit.
    Forum,
    /// A measure of trade policy, such as a tariff.
    Measure,
    /// An instrument of policy or finance.
    Instrument,
    /// A topic of any other kind.
    Concept,
    /// A good or service that is traded.
    Good,
    /// A branch of the economy.
    Sector,
    /// A technology or field of research.
    Technology,
    /// A country, by further names than those of CLDR.
    Country,
    /// The people of a country, or its adjective.
    Demonym,
    /// A country's name of a single character, recognised only beside another one (中美) or, if it is hanja, by itself in Korean
    /// text.
    Short,
    /// A city, port, province or strait.
    Place,
    /// A region of several countries.
    Region,
    /// A person in office.
    Person,
    /// A company, whose name may contain that of a country.
    Company,
    /// Spellings of one word, which is no concept of trade: queries are expanded by them.
    Spelling,
    /// A phrase that contains the name of a country but means none (中美洲, New Mexico): it is skipped.
    Not,
}

impl Kind {
    /// All kinds, each with its name in a table.
    pub const ALL: [(Kind, &'static str); 23] = [
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
        (Kind::Spelling, "spelling"),
        (Kind::Not, "not"),
    ];

    /// True for a kind whose names may contain that of a country without meaning it (意法半导体): they are skipped.
    pub(crate) fn may_seem_a_country(self) -> bool {
        matches!(self, Kind::Company | Kind::Place | Kind::Region)
    }

    /// True for an institution that every country has, as a ministry: after the name of a country it is that country's.
    pub(crate) fn is_institution(self) -> bool {
        matches!(self, Kind::Ministry | Kind::Agency | Kind::Government | Kind::Body | Kind::Law)
    }

    /// True if queries are expanded by the names of such concepts.
    pub fn is_looked_up(self) -> bool {
        !matches!(self, Kind::Short | Kind::Not)
    }

    /// True if documents can be filtered by such concepts. Countries and their people are found by their codes.
    pub fn is_filtered_by(self) -> bool {
        self.is_looked_up() && !matches!(self, Kind::Country | Kind::Demonym | Kind::Spelling)
    }

    /// The name in a table.
    pub fn name(self) -> &'static str {
        Kind::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
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
