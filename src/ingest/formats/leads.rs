//! The texts of an entry or item as one: the content, and in front of it the lead and whatever else it has not.
//!
//! In: the texts of an entry, as lines. Out: its body. Invariant: every line of each is in it, and none that the content has
//! already stands there again; the beginning of the content, cut off, counts as being in it.

/// Lines of a text above which it is compared as a whole.
const MAX_LINES: usize = 200;
/// Characters that may follow the sign by which a text is cut off, such as "read more".
const MAX_REST_CHARS: usize = 80;
/// Signs by which a text is cut off.
const CUTS: [&str; 6] = ["[…]", "[...]", "(…)", "(...)", "…", "..."];

/// The text of an entry. `leads` come before the `contents`; the longest content is its text, or the longest lead.
pub(crate) fn joined(title: &str, leads: Vec<String>, contents: Vec<String>) -> String {
    let (first, count) = (leads.len(), leads.len() + contents.len());
    let range = if contents.iter().any(|text| !text.trim().is_empty()) { first..count } else { 0..first };
    let pieces: Vec<String> = leads.into_iter().chain(contents).collect();
    let bare: Vec<String> = pieces.iter().map(|text| letters(text)).collect();
    let Some(main) = range.rev().max_by_key(|&at| bare[at].len()) else { return String::new() };
    let mut known = format!("{}\n{}", letters(title), bare[main]);
    let mut body: Vec<String> = Vec::new();
    for (at, text) in pieces.into_iter().enumerate() {
        if at == main {
            body.push(text);
            continue;
        }
        let new = new_lines(&text, &known);
        if !new.is_empty() {
            known.push('\n');
            known.push_str(&letters(&new));
            body.push(new);
        }
    }
    body.retain(|text| !text.trim().is_empty());
    body.join("\n\n")
}

/// The lines of a text that are not in what is known.
fn new_lines(text: &str, known: &str) -> String {
    if text.lines().count() > MAX_LINES {
        return if is_known(text, known) { String::new() } else { text.to_owned() };
    }
    let lines: Vec<&str> = text.lines().filter(|line| line.trim().is_empty() || !is_known(line, known)).collect();
    lines.join("\n").trim().to_owned()
}

fn is_known(text: &str, known: &str) -> bool {
    let is_in = |text: &str| known.contains(&letters(text));
    is_in(text)
        || CUTS.iter().filter_map(|sign| text.rfind(sign).map(|at| (at, at + sign.len()))).any(|(at, end)| {
            text[end..].chars().nth(MAX_REST_CHARS).is_none() && !text[..at].trim().is_empty() && is_in(&text[..at])
        })
}

/// The letters and digits of a text: all that counts for a comparison.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_is_kept_once() {
        let content = "Duties start in March.\n\nSeoul answers.".to_owned();
        let body = |lead: &str| joined("Steel", vec![lead.to_owned()], vec![content.clone()]);
        assert_eq!(body("A levy of its own."), format!("A levy of its own.\n\n{content}"));
        for known in
            ["Duties start in March.", "Steel", "Duties start in Mar…", "Duties start […] Read more", "duties  start"]
        {
            assert_eq!(body(known), content, "{known}");
        }
        assert_eq!(body("Other words […]\n\nDuties start in March."), format!("Other words […]\n\n{content}"));
        assert_eq!(joined("T", vec!["a".into(), "a b".into(), "c".into()], Vec::new()), "a b\n\nc");
        assert_eq!(joined("T", vec!["lead".into()], vec![" ".into()]), "lead");
        assert_eq!(joined("T", Vec::new(), Vec::new()), "");
    }
}
