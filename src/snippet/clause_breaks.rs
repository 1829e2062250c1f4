//! Clause breaks: where a clause of a text ends, at punctuation that is neither in a number nor in a name.

use unicode_width::UnicodeWidthChar;

use crate::text::analysis::is_hangul;

/// The byte offsets at which clauses end, before the white space that follows them.
pub(crate) fn clause_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut previous = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, mark)) = characters.next() {
        let mut next = characters.peek().map(|&(_, next)| next);
        if ends_clause(previous, mark, next) {
            let mut end = at + mark.len_utf8();
            // Closing quotation marks and brackets belong to the clause.
            while let Some(closing) = next.filter(|&next| is_closing(next)) {
                let following = text[end + closing.len_utf8()..].chars().next();
                if is_ambiguous(closing) && following.is_some_and(char::is_alphanumeric) {
                    break;
                }
                end += closing.len_utf8();
                characters.next();
                next = following;
            }
            if !next.is_some_and(is_hangul) {
                ends.push(end);
            }
        }
        previous = Some(mark);
    }
    ends
}

fn ends_clause(previous: Option<char>, mark: char, next: Option<char>) -> bool {
    let is = |character: Option<char>, what: fn(char) -> bool| character.is_some_and(what);
    // Most characters are none of these, so the neighbours are tested lazily.
    let is_spaced = || next.is_none_or(char::is_whitespace);
    let is_in_number = || is(previous, char::is_numeric) && is(next, char::is_numeric);
    match mark {
        '、' | '，' | '；' | '：' | '､' | '﹐' => !is_in_number(),
        ',' | ';' | ':' => {
            is_spaced() || !is_in_number() && (is(previous, is_wide) || is(next, is_wide) || is(next, is_closing))
        }
        // Dashes and dots may come in pairs, and a dash may stand in a number, as in `2019—2024`.
        '—' | '―' => !is_in_number() && next != Some(mark),
        '…' => next != Some(mark) && (is_spaced() || is(next, is_wide)),
        // Ranges and compounds as `2019–2024` and `한·중` stay whole.
        '–' | '·' | '・' => is_spaced(),
        ')' | ']' | '}' | '）' | '］' | '」' | '』' | '》' | '〉' | '】' | '»' => is_spaced(),
        _ => false,
    }
}

fn is_closing(character: char) -> bool {
    matches!(
        character,
        '"' | '\'' | '”' | '’' | '“' | '»' | ')' | ']' | '}' | '）' | '］' | '」' | '』' | '》' | '〉' | '】'
    )
}

/// Quotation marks that open in one language and close in another.
fn is_ambiguous(character: char) -> bool {
    matches!(character, '"' | '\'' | '“')
}

fn is_wide(character: char) -> bool {
    character.width() == Some(2)
}
