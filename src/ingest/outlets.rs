//! Names of outlets: by what ends or begins them in four languages, or as the name of a site.

use serde::{Deserialize, Serialize};

use crate::text::analysis::Folded;

/// Bytes of the name of an outlet at most.
const MAX_NAME_BYTES: usize = 80;
/// Words of the name of an outlet at most.
const MAX_NAME_WORDS: usize = 5;

/// What names of outlets are known by: `[outlets]` of `fields.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outlets {
    /// Words of a name, each by itself.
    words: Vec<String>,
    /// What the last word of a name ends in.
    endings: Vec<String>,
}

impl Outlets {
    /// The same with all words folded.
    pub(crate) fn folded(mut self) -> Outlets {
        for word in self.words.iter_mut().chain(&mut self.endings) {
            *word = Folded::new(word).text().to_owned();
        }
        self
    }

    /// True for what can be the name of an outlet and ends or begins as such names do. The words must be folded.
    pub(crate) fn is_outlet(&self, name: &str) -> bool {
        let name = name.trim();
        if name.is_empty() || name.len() > MAX_NAME_BYTES || name.split_whitespace().count() > MAX_NAME_WORDS {
            return false;
        }
        let folded = Folded::new(name).text().to_owned();
        let mut words = folded.split(|letter: char| !letter.is_alphanumeric());
        let ends = |ending: &String| folded.len() > ending.len() && folded.ends_with(ending.as_str());
        self.endings.iter().any(ends)
            || words.any(|word| self.words.iter().any(|known| known == word))
            || is_site(&folded)
    }
}

/// True for the name of a site, such as `news.example.com`.
fn is_site(name: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let top = name.rsplit('.').next().unwrap_or_default();
    name.contains('.')
        && name.split('.').all(is_part)
        && (2..=10).contains(&top.len())
        && top.bytes().all(|byte| byte.is_ascii_alphabetic())
}
