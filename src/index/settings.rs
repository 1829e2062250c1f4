//! What an index is built and opened with: the options of the rooms below it, and the fingerprint that an index keeps of them.

use std::path::PathBuf;

use sha2::{Digest, Sha256};

use crate::index::StoryOptions;
use crate::text::analysis;
use crate::text::glossary::Glossary;
use crate::text::passage;
use crate::{ingest, versions};

/// What an index is built and opened with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How files are read.
    pub ingest: ingest::Options,
    /// How texts become tokens.
    pub analysis: analysis::Options,
    /// How texts are cut into passages.
    pub passages: passage::Options,
    /// What makes documents one story.
    pub stories: StoryOptions,
    /// The names by which the countries and concepts of texts are known.
    pub glossary: Glossary,
    /// The folder that all this was read from, for a message that names a command; `None` for what is compiled in.
    pub dir: Option<PathBuf>,
}

impl From<&Settings> for Settings {
    fn from(settings: &Settings) -> Settings {
        settings.clone()
    }
}

impl Settings {
    /// What an index must have been built with to be searched with these settings: a hexadecimal SHA-256 over the version of
    /// tokens (`versions.rs`), the dictionaries in the binary, and the options that decide tokens and passages, by their values.
    /// Nothing else is in it, so weights can be changed without rebuilding an index.
    pub fn fingerprint(&self) -> String {
        let described = serde_json::json!({
            "chains": versions::TOKENS.number,
            "crates": versions::TOKENS.crates,
            // Which characters are letters, and their lower case.
            "unicode": char::UNICODE_VERSION,
            "dictionaries": versions::DICTIONARIES,
            "analysis": self.analysis.described(),
            "passages": self.passages.described(),
            "countries": self.glossary.countries_digest(),
            "concepts": self.glossary.concepts_digest(),
            "sketches": self.stories.of_sketches(),
        });
        let digest = Sha256::digest(described.to_string().as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
