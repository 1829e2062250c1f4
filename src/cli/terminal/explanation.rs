//! An explanation as lines for reading.

use tradewire::output::one_line;
use tradewire::search_types::{Expansion, Explanation, ScorePart};

/// The most characters of a pattern that are shown; a pattern of many words is cut.
const MAX_PATTERN: usize = 60;

/// The explanation of a query: one line for the query, one for each of its words and phrases, and below these one for each
/// field that is searched, with the number of passages. Safe for a terminal.
pub(crate) fn explanation_lines(explanation: &Explanation) -> Vec<String> {
    let reading = if explanation.one_term_each { "each word and run is one term" } else { "a bag: any may match" };
    let mut lines = vec![format!("query  {}  ({reading})", one_line(&explanation.query))];
    for leaf in &explanation.leaves {
        let sign = if leaf.excluded { "without " } else { "" };
        let origin = leaf.expansion_of.as_ref().map(|typed| format!("  (for {})", one_line(typed))).unwrap_or_default();
        let added = if origin.is_empty() { "" } else { "≈ " };
        lines.push(format!("  {sign}{added}{}{origin}", one_line(&leaf.text)));
        for reading in &leaf.readings {
            let passages = if reading.passages == 1 { "passage" } else { "passages" };
            let pattern = shortened(&reading.pattern);
            lines.push(format!("    {:<11} {:>6} {passages}  {pattern}", reading.field, reading.passages));
        }
    }
    lines
}

/// The names that the glossary added: a line for each expanded word, or only the names if there is one. Safe for a terminal.
pub(crate) fn expansion_lines(expansions: &[Expansion]) -> Vec<String> {
    let names = |expansion: &Expansion| expansion.names.join(", ");
    match expansions {
        [one] => vec![format!("≈ {}", one_line(&names(one)))],
        several => {
            let line =
                |expansion: &Expansion| format!("≈ {}: {}", one_line(&expansion.typed), one_line(&names(expansion)));
            several.iter().map(line).collect()
        }
    }
}

/// The parts of a score, a line each. Safe for a terminal.
pub(crate) fn score_lines(parts: &[ScorePart]) -> Vec<String> {
    let line = |part: &ScorePart| {
        let ScorePart { field, pattern, weight, score } = part;
        format!("{score:>9.4}  {field:<11}  {}  (weight {weight:.3})", shortened(pattern))
    };
    parts.iter().map(line).collect()
}

fn shortened(pattern: &str) -> String {
    let pattern = one_line(pattern);
    if pattern.chars().count() <= MAX_PATTERN {
        return pattern.into_owned();
    }
    let beginning: String = pattern.chars().take(MAX_PATTERN).collect();
    format!("{beginning}…")
}
