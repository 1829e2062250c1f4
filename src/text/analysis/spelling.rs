//! Spelling variants of a folded Latin word: apostrophes, the dots of acronyms, and the three ways to write an umlaut.
//!
//! `ä` and `ae` must be equal (law 2), and a query without the dots (`Schroder`) must find `Schröder`
//! (law 1). So a word has a main form, in which the umlaut is spelled out, and, where it has an umlaut, a second form
//! without the dots that a text is indexed under as well. German goes on to reduce `ae` to `a`, as
//! Lucene's GermanNormalizationFilter does; English must not, or `poet` would be found by `pot`.

use std::borrow::Cow;

/// Number of letters that a word after an elision or before a suffix exceeds: `d'ye` and `o'er` are one word each, and so is
/// `об'єднання`.
const SHORTEST_BARE: usize = 2;

/// The surface form of a folded word: it is looked up for an exact match, and the stem is made from it.
pub(crate) fn surface(word: &str) -> String {
    umlauts_spelled_out(&without_marks(word)).into_owned()
}

/// The surface form without umlaut dots (`Schroder` for `Schröder`); `None` for a word without an umlaut.
pub(crate) fn surface_without_dots(word: &str) -> Option<String> {
    has_umlaut(word).then(|| umlauts_dropped(&without_marks(word)).into_owned())
}

/// A word without apostrophes and the sign before a German ending for all genders (`exporteur:innen`), and without dots if it is an
/// acronym (`u.s` becomes `us`).
fn without_marks(word: &str) -> Cow<'_, str> {
    let is_mark = |character: char| character == '\'' || is_gender_sign(character);
    let acronym = is_acronym(word);
    if acronym || word.contains(is_mark) {
        Cow::Owned(word.chars().filter(|&character| !is_mark(character) && (character != '.' || !acronym)).collect())
    } else {
        Cow::Borrowed(word)
    }
}

/// True for the signs that German writes before an ending that names women too: `Exporteur:innen`, `Exporteur*innen`, `Exporteur_innen`,
/// `Exporteur·innen`, `Exporteur/innen`, `Exporteur/-innen`.
pub(crate) fn is_gender_sign(character: char) -> bool {
    matches!(character, ':' | '*' | '_' | '·' | '•' | '/' | '-')
}

/// The rest of a folded word after an elided article or particle (`ivoire` of `d'ivoire`, `neill` of `o'neill`); `None` for any other
/// word, such as `don't` and `can't`.
pub(crate) fn after_elision(word: &str) -> Option<&str> {
    let (before, after) = word.split_once('\'')?;
    let is_elided = matches!(
        before,
        "c" | "d" | "j" | "l" | "m" | "n" | "o" | "s" | "t" | "qu" | "all" | "dall" | "dell" | "nell" | "sull" | "un"
    );
    (is_elided && !after.contains('\'') && is_word(after)).then_some(after)
}

/// The part of a folded word before a suffix that an apostrophe separates (`türkiye` of `türkiye'de`, `moody` of `moody's`); `None` for any
/// other word.
pub(crate) fn before_suffix(word: &str) -> Option<&str> {
    let (before, _) = word.split_once('\'').filter(|_| after_elision(word).is_none())?;
    is_word(before).then_some(before)
}

/// True for what is long enough to be a word beside an apostrophe.
fn is_word(part: &str) -> bool {
    umlauts_spelled_out(part).chars().count() > SHORTEST_BARE
}

/// True for an acronym: single letters with dots between them.
pub(crate) fn is_acronym(word: &str) -> bool {
    word.contains('.') && word.split('.').all(is_one_letter)
}

fn is_one_letter(piece: &str) -> bool {
    let mut characters = piece.chars();
    characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none()
}

/// True for a word with an umlaut, which has a second surface form without dots.
fn has_umlaut(word: &str) -> bool {
    // All three umlauts have two bytes in UTF-8 and the same first byte, which is cheap to look for.
    word.as_bytes().contains(&0xC3) && word.contains(['ä', 'ö', 'ü'])
}

/// A word with umlauts spelled out: ä as ae, ö as oe, ü as ue.
pub(crate) fn umlauts_spelled_out(word: &str) -> Cow<'_, str> {
    replace_umlauts(word, |umlaut| match umlaut {
        'ä' => "ae",
        'ö' => "oe",
        _ => "ue",
    })
}

/// A word with the dots of umlauts dropped: ä as a, ö as o, ü as u.
fn umlauts_dropped(word: &str) -> Cow<'_, str> {
    replace_umlauts(word, |umlaut| match umlaut {
        'ä' => "a",
        'ö' => "o",
        _ => "u",
    })
}

fn replace_umlauts(word: &str, replacement: impl Fn(char) -> &'static str) -> Cow<'_, str> {
    if !has_umlaut(word) {
        return Cow::Borrowed(word);
    }
    let mut out = String::with_capacity(word.len() + 2);
    for character in word.chars() {
        match character {
            'ä' | 'ö' | 'ü' => out.push_str(replacement(character)),
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// A word with spelled-out umlauts reduced: ae to a, oe to o, and ue to u unless a vowel or q stands before it (`neue`, `Quelle`).
pub(crate) fn umlauts_reduced(word: &str) -> Cow<'_, str> {
    if !["ae", "oe", "ue"].iter().any(|pair| word.contains(pair)) {
        return Cow::Borrowed(word);
    }
    let mut out = String::with_capacity(word.len());
    let mut characters = word.chars().peekable();
    let mut before = ' ';
    while let Some(character) = characters.next() {
        out.push(character);
        let pair = characters.peek() == Some(&'e')
            && match character {
                'a' | 'o' => true,
                'u' => !matches!(before, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'q'),
                _ => false,
            };
        if pair {
            characters.next();
        }
        before = character;
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_lose_their_dots_and_numbers_keep_them() {
        assert_eq!(without_marks("u.s"), "us");
        assert_eq!(without_marks("1.5"), "1.5");
        assert_eq!(without_marks("can't"), "cant");
        assert_eq!(without_marks("example.com"), "example.com");
        assert_eq!(without_marks("exporteur:innen"), "exporteurinnen");
    }

    #[test]
    fn elided_articles_leave_a_word() {
        assert_eq!(after_elision("d'ivoire"), Some("ivoire"));
        assert_eq!(after_elision("o'neill"), Some("neill"));
        assert_eq!(after_elision("dell'economia"), Some("economia"));
        for other in ["ivoire", "don't", "we're", "can't", "xi'an", "d'ye", "rock'n'roll", ""] {
            assert_eq!(after_elision(other), None, "{other}");
        }
    }

    #[test]
    fn suffixes_leave_a_word() {
        assert_eq!(before_suffix("türkiye'de"), Some("türkiye"));
        assert_eq!(before_suffix("moody's"), Some("moody"));
        for other in ["türkiye", "dell'economia", "l'accord", "об'єднання", "o'er", ""] {
            assert_eq!(before_suffix(other), None, "{other}");
        }
    }

    #[test]
    fn every_way_to_write_an_umlaut_reduces_to_one() {
        for word in ["südkoreanisch", "zölle", "maßnahmen", "säue", "zuüben", "quelle", "neue", "aktuell"] {
            let spelled = umlauts_spelled_out(word);
            assert_eq!(umlauts_reduced(&spelled), umlauts_reduced(&umlauts_spelled_out(&spelled)));
        }
        assert_eq!(umlauts_reduced("suedkoreanisch"), "sudkoreanisch");
        assert_eq!(umlauts_reduced("neue"), "neue");
        assert_eq!(umlauts_reduced("quelle"), "quelle");
    }
}
