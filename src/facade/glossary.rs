//! The glossary of a configuration, to look things up in it.

use std::sync::Arc;

use crate::config::Config;
use crate::error::Error;
use crate::index::named;
use crate::text::analysis::Analyzer;
use crate::text::glossary::{self, FoundConcept, UnknownConcept};

/// The glossary: concepts of trade with their names in four languages.
///
/// ```
/// use tradewire::{Config, glossary::Glossary};
///
/// let glossary = Glossary::of(&Config::default());
/// let found = glossary.look_up("Seltene Erden")?;
/// assert_eq!(found[0].concept.id, "rare-earths");
/// assert_eq!(glossary.nearest("rare-earth")[0], "rare-earths");
/// # Ok::<(), tradewire::Error>(())
/// ```
#[derive(Clone)]
pub struct Glossary {
    glossary: glossary::Glossary,
    analyzer: Arc<Analyzer>,
}

impl Glossary {
    /// The glossary of a configuration. Dictionaries are loaded when a word first needs them.
    pub fn of(config: &Config) -> Glossary {
        let analyzer = Arc::new(Analyzer::for_queries(&config.analysis));
        Glossary { glossary: config.glossary.clone(), analyzer }
    }

    /// The concepts with an id, or with a name that a text is, in any inflection and script; if there is none, some of those with a
    /// name that has the words of the text in it.
    ///
    /// # Errors
    ///
    /// When an embedded dictionary cannot be read.
    pub fn look_up(&self, text: &str) -> Result<Vec<FoundConcept>, Error> {
        self.glossary.look_up(text, &self.analyzer).map_err(named)
    }

    /// The ids nearest to a text, the best first, among those of concepts that documents can be filtered by.
    pub fn nearest(&self, text: &str) -> Vec<String> {
        self.glossary.nearest(text)
    }

    /// The ids of all concepts that documents can be filtered by, in order.
    ///
    /// # Errors
    ///
    /// When a table of the glossary is damaged.
    pub fn filter_ids(&self) -> Result<Vec<String>, Error> {
        let concepts = self.glossary.concepts().map_err(named)?;
        let mut ids: Vec<String> =
            concepts.into_iter().filter(|concept| concept.kind.is_filtered_by()).map(|concept| concept.id).collect();
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    /// Checks that documents can be filtered by the concept with an id, in lower case.
    ///
    /// # Errors
    ///
    /// When the glossary has no such concept, or it is that of a country; the error has the nearest ids.
    pub fn check(&self, id: &str) -> Result<(), UnknownConcept> {
        self.glossary.check_concept(id)
    }
}
