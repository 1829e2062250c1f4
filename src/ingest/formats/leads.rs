//! The texts of an article as one: the content, and in front of it the lead and whatever else it has not.
//!
//! In: the texts of an entry, a record or a row, as lines. Out: its body. Invariant: every line of each is in it, and none that
//! the content, a longer text or the title has already stands there again; the beginning of a text, cut off, counts as being
//! in it.

/// Lines of a text above which it is compared as a whole.
const MAX_LINES: usize = 200;
/// Characters that may follow the sign by which a text is cut off, such as "read more".
const MAX_REST_CHARS: usize = 80;
/// Signs by which a text is cut off.
const CUTS: [&str; 6] = ["[…]", "[...]", "(…)", "(...)", "…", "..."];

/// The text of an article. `leads` come before the `contents`; the longest content is its text, or a lead that goes on where
/// that ends, or else the longest lead.
pub(crate) fn joined(title: &str, leads: Vec<String>, mut contents: Vec<String>) -> String {
    contents.retain(|text| !text.trim().is_empty());
    if leads.is_empty() && contents.len() < 2 {
        return contents.pop().unwrap_or_default();
    }
    let title = letters(title);
    let texts = leads.into_iter().map(|lead| (true, lead)).chain(contents.into_iter().map(|content| (false, content)));
    let pieces = texts.map(|(is_lead, text)| Piece { is_lead, letters: letters(&text), text });
    let says_more = |piece: &Piece| !piece.is_lead || title.is_empty() || piece.letters != title;
    let mut pieces: Vec<Piece> = pieces.filter(|piece| !piece.text.trim().is_empty() && says_more(piece)).collect();
    let longest = |is_lead: bool| {
        let of_kind = pieces.iter().enumerate().filter(|(_, piece)| piece.is_lead == is_lead);
        of_kind.rev().max_by_key(|(_, piece)| piece.letters.len()).map(|(at, _)| at)
    };
    let goes_on =
        |text: &str| !text.is_empty() && pieces.iter().any(|lead| lead.is_lead && lead.letters.starts_with(text));
    let content = longest(false).filter(|&at| !goes_on(&pieces[at].letters));
    let Some(main) = content.or_else(|| longest(true)) else { return String::new() };
    let mut known = vec![title, pieces[main].letters.clone()];
    let mut body: Vec<String> = Vec::new();
    for at in 0..pieces.len() {
        let text = std::mem::take(&mut pieces[at].text);
        if at == main {
            body.push(text);
            continue;
        }
        let longer = pieces[at + 1..].iter().filter(|other| other.letters.len() > pieces[at].letters.len());
        let known_here: Vec<&str> =
            known.iter().chain(longer.map(|other| &other.letters)).map(String::as_str).collect();
        let new = new_lines(&text, &known_here);
        if !new.is_empty() {
            known.push(letters(&new));
            body.push(new);
        }
    }
    body.join("\n\n")
}

/// One of the texts of an article.
struct Piece {
    is_lead: bool,
    /// What of it is compared.
    letters: String,
    text: String,
}

/// The lines of a text that are not in what is known.
fn new_lines(text: &str, known: &[&str]) -> String {
    if text.lines().count() > MAX_LINES {
        return if is_known(text, known) { String::new() } else { text.to_owned() };
    }
    let lines: Vec<&str> = text.lines().filter(|line| line.trim().is_empty() || !is_known(line, known)).collect();
    lines.join("\n").trim().to_owned()
}

fn is_known(text: &str, known: &[&str]) -> bool {
    let is_in = |letters: &str| known.iter().any(|known| known.contains(letters));
    let is_cut_off = |at: usize, rest: &str| {
        let before = letters(&text[..at]);
        // What comes behind the sign is an invitation to read on, no other text.
        let is_short = rest.chars().nth(MAX_REST_CHARS).is_none() && letters(rest).len() <= before.len();
        is_short && !before.is_empty() && is_in(&before)
    };
    is_in(&letters(text))
        || CUTS.iter().any(|sign| text.rfind(sign).is_some_and(|at| is_cut_off(at, &text[at + sign.len()..])))
}

/// The letters and digits of a text: all that counts for a comparison.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, leads: &[&str], contents: &[&str]) -> String {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        joined(title, owned(leads), owned(contents))
    }

    #[test]
    fn a_lead_is_kept_once() {
        let content = "Duties start in March.\n\nSeoul answers.";
        let body = |lead: &str| of("Steel", &[lead], &[content]);
        assert_eq!(body("A levy of its own."), format!("A levy of its own.\n\n{content}"));
        for known in
            ["Duties start in March.", "Steel", "Duties start in Mar…", "Duties start […] Read more", "duties  start"]
        {
            assert_eq!(body(known), content, "{known}");
        }
        assert_eq!(body("Other words […]\n\nDuties start in March."), format!("Other words […]\n\n{content}"));
        assert_eq!(body("Seoul … and Tokyo do not"), format!("Seoul … and Tokyo do not\n\n{content}"));
        assert_eq!(of("", &["관세가  오른다…"], &["관세가 오른다고 한다."]), "관세가 오른다고 한다.");
    }

    #[test]
    fn without_a_content_the_leads_are_the_text() {
        assert_eq!(of("T", &["a", "a b", "c"], &[]), "a b\n\nc");
        assert_eq!(of("Titel", &["eins", "Titel", "eins", "zwei"], &[""]), "eins\n\nzwei");
        assert_eq!(of("T", &["lead"], &[" "]), "lead");
        assert_eq!(of("T", &["T."], &[]), "");
        assert_eq!(of("T", &["📈"], &[]), "📈");
        assert_eq!(of("T", &[], &[]), "");
    }

    #[test]
    fn a_text_stands_once_where_a_longer_one_has_it() {
        assert_eq!(
            of("T", &["Zölle steigen ab März. Seoul"], &["Zölle steigen ab Mä…"]),
            "Zölle steigen ab März. Seoul"
        );
        assert_eq!(of("T", &["关税", "关税上调"], &["首尔回应。"]), "关税上调\n\n首尔回应。");
    }
}
