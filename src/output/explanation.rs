//! An explanation as lines for reading.

use crate::output::safe::one_line;
use crate::search::{Explanation, ScorePart};

/// Characters of a pattern that are shown; one that stands for many words is longer.
const MAX_PATTERN: usize = 60;

/// What became of a query: one line for the query, one for each of its words and phrases, and below these one for each
/// field that is asked, with the number of passages. Safe for a terminal.
pub fn explanation_lines(explanation: &Explanation) -> Vec<String> {
    let reading = if explanation.one_term_each { "each word and run is one term" } else { "a bag: any may match" };
    let mut lines = vec![format!("query  {}  ({reading})", one_line(&explanation.query))];
    for leaf in &explanation.leaves {
        let sign = if leaf.excluded { "without " } else { "" };
        lines.push(format!("  {sign}{}", one_line(&leaf.text)));
        for reading in &leaf.readings {
            let passages = if reading.passages == 1 { "passage" } else { "passages" };
            let pattern = shortened(&reading.pattern);
            lines.push(format!("    {:<11} {:>6} {passages}  {pattern}", reading.field, reading.passages));
        }
    }
    lines
}

/// What a score is the sum of, a line each. Safe for a terminal.
pub fn score_lines(parts: &[ScorePart]) -> Vec<String> {
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
