//! The names of countries, prepared for finding mentions in many texts.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::text::analysis::PerChain;
use crate::text::country::CountryCode;
use crate::text::glossary::form::Form;
use crate::text::glossary::name_table::NameTable;

/// The names of countries, prepared for finding mentions in many texts.
pub(crate) struct CountryNames {
    pub(crate) table: NameTable<CountryForm>,
    /// Names of a single character, by the analysis chain of their language.
    pub(crate) shorts: PerChain<HashMap<String, Vec<CountryCode>, RandomState>>,
}

/// A name of a country, analysed.
pub(crate) struct CountryForm {
    pub(crate) form: Form,
    /// The countries that the name stands for; none where it is skipped because it only contains the name of a country.
    pub(crate) countries: Vec<CountryCode>,
    /// An institution that every country has ("the ministry"): alone it stands for the country mentioned most.
    pub(crate) is_institution: bool,
}
