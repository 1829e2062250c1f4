//! Suspended compounds: German leaves out what two compounds share, and writes a hyphen for it (`Stahl- und Aluminiumzölle`,
//! `Im- und Exporte`, `Exportfirmen und -verbände`). The word with the hyphen is also indexed as the compound that it stands for.
//!
//! In go a segmented text and one of its words; out come the compounds it may stand for, folded: the word with each end of the compound
//! after it, or with each beginning of the compound before it.

use std::ops::Range;

use crate::text::analysis::compound::parts;
use crate::text::analysis::spelling::umlauts_spelled_out;
use crate::text::analysis::unit::{Segmented, UnitKind};

/// Greatest number of words between the word with the hyphen and the compound: `Kohle-, Stahl-, Zement- und Aluminiumzölle`.
const MOST_BETWEEN: usize = 6;
/// Least length in bytes of what follows a prefix (`port` in `Im- und Exporte`), so that it is a word.
const SHORTEST_AFTER_PREFIX: usize = 4;
/// Words that join the two.
const CONJUNCTIONS: [&str; 10] =
    ["und", "oder", "sowie", "bis", "bzw", "beziehungsweise", "respektive", "als", "auch", "noch"];

/// True for a German conjunction behind which a hyphen stands for what two compounds share: `und -verbände`, `bzw. -verbände`.
pub(crate) fn joins_compounds(word: &str) -> bool {
    CONJUNCTIONS.contains(&word.trim_end_matches('.'))
}

/// The compounds that a word with a hyphen at one of its ends stands for; for nearly all words none. Of two words that begin with one
/// of the `prefixes` the rest is shared.
pub(crate) fn suspended_compounds(text: &Segmented, at: usize, prefixes: &[String]) -> Vec<String> {
    let unit = text.units()[at];
    let (before, after) = (&text.text()[..unit.folded.start], &text.text()[unit.folded.end..]);
    // Nearly all words have no hyphen beside them, so that is asked first.
    let has_hyphen = after.starts_with('-') || before.ends_with('-');
    if !has_hyphen || unit.kind != UnitKind::Word || text.form(&unit).contains(char::is_numeric) {
        return Vec::new();
    }
    let word = umlauts_spelled_out(text.form(&unit));
    if is_suspended(after) {
        head_after(text, at).map(|head| with_ends(&word, text, head, prefixes)).unwrap_or_default()
    } else if before.strip_suffix('-').is_some_and(|before| before.ends_with([' ', '\n', '/', '('])) {
        head_before(text, at).map(|head| with_beginnings(&word, text, head)).unwrap_or_default()
    } else {
        Vec::new()
    }
}

/// True if what follows a word is a hyphen that no letter follows.
fn is_suspended(after: &str) -> bool {
    after.strip_prefix('-').is_some_and(|rest| rest.starts_with([' ', '\n', ',', '/']))
}

/// The units of the compound that is written out after a word with a hyphen.
fn head_after(text: &Segmented, at: usize) -> Option<Range<usize>> {
    let units = text.units();
    let mut is_joined = false;
    for next in at + 1..units.len().min(at + 2 + MOST_BETWEEN) {
        is_joined |= gap_of_list(text, next)?.contains(['/', '&']);
        if CONJUNCTIONS.contains(&text.form(&units[next])) {
            is_joined = true;
        } else if !is_suspended(&text.text()[units[next].folded.end..]) {
            let end = (next + 1..units.len()).find(|&end| gap(text, end) != "-").unwrap_or(units.len());
            return (is_joined && are_words(text, next..end)).then_some(next..end);
        }
    }
    None
}

/// The units of the compound that is written out before a word with a hyphen in front.
fn head_before(text: &Segmented, at: usize) -> Option<Range<usize>> {
    let (conjunction, head) = (at.checked_sub(1)?, at.checked_sub(2)?);
    let is_joined = CONJUNCTIONS.contains(&text.form(&text.units()[conjunction]));
    let (to_word, to_conjunction) = (gap_of_list(text, at)?, gap_of_list(text, conjunction)?);
    let start = (0..=head).rev().find(|&start| start == 0 || gap(text, start) != "-")?;
    let is_apart = to_word != "-" && !to_conjunction.contains('-');
    (is_joined && is_apart && are_words(text, start..head + 1)).then_some(start..head + 1)
}

fn are_words(text: &Segmented, units: Range<usize>) -> bool {
    text.units()[units].iter().all(|unit| unit.kind == UnitKind::Word)
}

/// What stands between a unit and the one before it.
fn gap(text: &Segmented, at: usize) -> &str {
    let units = text.units();
    &text.text()[units[at - 1].folded.end..units[at].folded.start]
}

/// What stands between a unit and the one before it, if it is spaces and the signs of a list.
fn gap_of_list(text: &Segmented, at: usize) -> Option<&str> {
    let gap = gap(text, at);
    let is_of_list = |sign: char| matches!(sign, ' ' | '\n' | '-' | ',' | '/' | '&' | '.');
    // The full stop of `bzw.` ends no sentence.
    let is_stop = gap.contains('.') && text.form(&text.units()[at - 1]) != "bzw";
    (gap.chars().all(is_of_list) && !is_stop && !gap.contains("\n\n")).then_some(gap)
}

/// A word with each end of a compound: `stahl` and `aluminiumzoelle` make `stahlzoelle`, `eu` and `us-zoelle` make `euzoelle`.
fn with_ends(word: &str, text: &Segmented, head: Range<usize>, prefixes: &[String]) -> Vec<String> {
    let units = &text.units()[head];
    let Some(last) = units.last() else {
        return Vec::new();
    };
    let form = umlauts_spelled_out(text.form(last));
    if units.len() > 1 {
        return vec![format!("{word}{form}")];
    }
    let mut found: Vec<String> =
        parts(&form).iter().skip(1).map(|part| format!("{word}{}", &form[part.start..])).collect();
    if prefixes.iter().any(|prefix| prefix == word) {
        let ends = prefixes.iter().filter_map(|prefix| form.strip_prefix(prefix.as_str()));
        found.extend(ends.filter(|end| end.len() >= SHORTEST_AFTER_PREFIX).map(|end| format!("{word}{end}")));
    }
    found
}

/// Each beginning of a compound with a word: `exportfirmen` and `verbaende` make `exportverbaende`.
fn with_beginnings(word: &str, text: &Segmented, head: Range<usize>) -> Vec<String> {
    let units = &text.units()[head];
    let Some(first) = units.first() else {
        return Vec::new();
    };
    let form = umlauts_spelled_out(text.form(first));
    if units.len() > 1 {
        return vec![format!("{form}{word}")];
    }
    let parts = parts(&form);
    parts.iter().rev().skip(1).map(|part| format!("{}{word}", &form[..part.next])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compounds(text: &str) -> Vec<String> {
        let text = Segmented::new(text);
        let prefixes = ["im", "ex", "ein", "aus", "an", "ver"].map(str::to_owned);
        (0..text.units().len()).flat_map(|at| suspended_compounds(&text, at, &prefixes)).collect()
    }

    #[test]
    fn words_with_a_hyphen_stand_for_compounds() {
        for (text, expected) in [
            ("Stahl- und Aluminiumzölle", &["stahlzoelle"][..]),
            ("Kohle-, Stahl- und Zementexporte", &["kohleexporte", "stahlexporte"]),
            ("Wirtschafts- bzw. Handelsminister", &["wirtschaftsminister"]),
            ("Im- und Exporte", &["importe"]),
            ("Ein-/Ausfuhr", &["einfuhr"]),
            ("EU- und US-Zölle", &["euzoelle"]),
            ("Exportfirmen und -verbände", &["exportverbaende"]),
            ("US-Zölle sowie -Steuern", &["ussteuern"]),
            ("Handelspolitik und -recht", &["handelsrecht"]),
        ] {
            assert_eq!(compounds(text), expected, "{text}");
        }
        for text in [
            "E-Auto und Stahlzölle",
            "Stahl - und Aluminiumzölle",
            "Stahl-\n\nund Aluminiumzölle",
            "Stahl-. Und Aluminiumzölle",
            "10- bis 15-prozentig",
            "Stahl- und",
            "-",
            "- und -verbände",
            "Stahl- und 한국",
        ] {
            assert_eq!(compounds(text), Vec::<String>::new(), "{text}");
        }
    }
}
