//! The names of a glossary's countries and concepts, prepared for finding them in many texts: the table of names, and the short names
//! of countries.

use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::RandomState;

use crate::text::analysis::{Options, PerChain, Segmented};
use crate::text::country::CountryCode;
use crate::text::glossary::concept::Kind;
use crate::text::glossary::name_table::NameTable;
use crate::text::glossary::{Glossary, table};

/// Short names of countries, each with its countries, by the analysis chain of their language.
pub(crate) type ShortNames = PerChain<HashMap<String, Vec<CountryCode>, RandomState>>;

/// The names of a glossary's countries and concepts, prepared for finding them in many texts.
pub(crate) struct GlossaryNames {
    pub(crate) table: NameTable,
    /// Read for the first text with CJK characters.
    shorts: OnceLock<ShortNames>,
}

impl GlossaryNames {
    /// Prepares the names of a glossary.
    pub(crate) fn new(glossary: &Glossary, options: &Options) -> GlossaryNames {
        GlossaryNames { table: NameTable::new(glossary, options), shorts: OnceLock::new() }
    }

    /// The short names of countries.
    pub(crate) fn shorts(&self) -> &ShortNames {
        self.shorts.get_or_init(|| {
            let mut shorts = ShortNames::default();
            let is_short = |kind: &str| kind == Kind::Short.name();
            for line in self.table.glossary.lines().filter(|line| is_short(line.kind())) {
                let Ok((_, countries)) = table::kind_and_countries(line) else { continue };
                for name in table::names(line) {
                    let text = Segmented::new(&name.text);
                    let shorts = &mut shorts[name.column.chain()];
                    for unit in text.units() {
                        shorts.entry(text.form(unit).to_owned()).or_insert_with(|| countries.clone());
                    }
                }
            }
            shorts
        })
    }
}
