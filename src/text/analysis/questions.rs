//! Question words: words and phrases that only ask (`which of the following`, 무엇, 是什么), from `index-config/questions/`.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::text::analysis::Segmented;

/// A list of question words, read on first use.
#[derive(Debug)]
pub(crate) struct Questions {
    text: String,
    /// By the first unit, the units of each.
    by_first: OnceLock<HashMap<String, Vec<Vec<String>>, foldhash::fast::RandomState>>,
}

impl Questions {
    /// A list with one word or phrase on each line; `#` begins a comment.
    pub(crate) fn new(text: String) -> Questions {
        Questions { text, by_first: OnceLock::new() }
    }

    /// The question words that begin with a unit, each as a row of folded units.
    pub(crate) fn with(&self, first: &str) -> &[Vec<String>] {
        self.by_first.get_or_init(|| parse(&self.text)).get(first).map_or(&[], Vec::as_slice)
    }
}

fn parse(text: &str) -> HashMap<String, Vec<Vec<String>>, foldhash::fast::RandomState> {
    let mut by_first: HashMap<String, Vec<Vec<String>>, foldhash::fast::RandomState> = HashMap::default();
    for line in text.lines() {
        let question = Segmented::new(line.split('#').next().unwrap_or_default());
        let units: Vec<String> = question.units().iter().map(|unit| question.form(unit).to_owned()).collect();
        if let Some(first) = units.first() {
            by_first.entry(first.clone()).or_default().push(units);
        }
    }
    by_first
}
