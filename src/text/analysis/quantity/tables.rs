//! The tables of `quantities.toml`, as they are written; the file explains each key.

use serde::Deserialize;

use crate::text::analysis::quantity::entry::Script;
use crate::text::language::Language;

/// The contents of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) decimal_comma: Vec<Language>,
    pub(super) either: Vec<Language>,
    pub(super) minus: Vec<String>,
    pub(super) ranges: Vec<String>,
    pub(super) none: Vec<String>,
    pub(super) percent: PercentTable,
    pub(super) scales: Vec<ScaleTable>,
    pub(super) currencies: Vec<CurrencyTable>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PercentTable {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScaleTable {
    pub(super) exponent: i32,
    #[serde(default)]
    pub(super) attached: bool,
    pub(super) languages: Option<Vec<Language>>,
    pub(super) script: Option<Script>,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) with_currency: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CurrencyTable {
    pub(super) code: String,
    #[serde(default)]
    pub(super) capitals: bool,
    pub(super) languages: Option<Vec<Language>>,
    pub(super) script: Option<Script>,
    #[serde(default)]
    pub(super) as_written: bool,
    #[serde(default)]
    pub(super) with_scale: bool,
    #[serde(default)]
    pub(super) generic: bool,
    #[serde(default)]
    pub(super) symbols: Vec<String>,
    #[serde(default)]
    pub(super) prefixes: Vec<String>,
    #[serde(default)]
    pub(super) names: Vec<String>,
}
