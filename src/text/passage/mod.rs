//! Passages: a document's body cut into whole paragraphs of one language, of a bounded size (`cut`), with the language of each
//! decided (`detect`) and boilerplate lines left out (`boilerplate`), and the chains that analyse
//! it (`chains`); `lead` is where the lead of an article ends; `options` holds the sizes and the boilerplate patterns.

pub(crate) mod boilerplate;
mod caption_ends;
pub(crate) mod chains;
pub(crate) mod cut;
pub(crate) mod detect;
pub(crate) mod lead;
mod line_text;
pub(crate) mod options;

pub(crate) use crate::text::passage::cut::passages_and_lead;
pub use crate::text::passage::cut::{main_language, split_passages};
pub(crate) use crate::text::passage::detect::detect_against_statement;
pub use crate::text::passage::detect::detect_language;
pub use crate::text::passage::detect::language_of_scripts;
pub use crate::text::passage::options::Options;
