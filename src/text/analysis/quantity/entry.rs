//! Entries: one word of quantities with what it stands for and where it counts, and whether it stands at a place of a text.

use serde::Deserialize;

use crate::text::analysis::quantity::kind::Currency;
use crate::text::analysis::script::char_script;
use crate::text::language::Language;

/// The script of a Chinese text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Script {
    Simplified,
    Traditional,
}

/// How a word must be written in the text before folding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Written {
    AnyHow,
    Capitals,
    Exactly(String),
}

/// What a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A word that only begins like another of the list.
    None,
    Percent,
    Scale {
        /// The power of ten.
        exponent: i32,
        /// True if it counts only beside a currency.
        needs_currency: bool,
    },
    Currency {
        currency: Currency,
        /// True if it counts only behind a scale word or a number with separators.
        with_scale: bool,
        /// True if a currency before the number goes before it.
        generic: bool,
        /// True for a name, false for a symbol or code, which may also belong to the next number.
        is_name: bool,
    },
}

/// A word, folded, with what it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) text: String,
    pub(crate) role: Role,
    /// The languages of texts in which it counts; all if `None`.
    pub(crate) languages: Option<Vec<Language>>,
    pub(crate) script: Option<Script>,
    pub(crate) written: Written,
    /// True if no space may stand between the number and it.
    pub(crate) is_attached: bool,
    /// True if a full stop may follow it, as in `Mrd.`
    pub(crate) is_abbreviation: bool,
}

impl Entry {
    pub(crate) fn of(role: Role) -> Entry {
        let text = String::new();
        let written = Written::AnyHow;
        Entry { text, role, languages: None, script: None, written, is_attached: false, is_abbreviation: false }
    }

    pub(crate) fn limited(self, languages: Option<&[Language]>, script: Option<Script>) -> Entry {
        Entry { languages: languages.map(<[Language]>::to_vec), script, ..self }
    }

    pub(crate) fn exponent(&self) -> Option<i32> {
        if let Role::Scale { exponent, .. } = self.role { Some(exponent) } else { None }
    }

    /// True if the word counts in texts of a language, and of a script as `script` tells.
    pub(crate) fn counts_in(&self, lang: Language, script: impl FnOnce() -> Script) -> bool {
        self.languages.as_ref().is_none_or(|languages| languages.contains(&lang))
            && self.script.is_none_or(|wanted| wanted == script())
    }

    /// The length in bytes of the word at the start of a text; `None` if it does not stand there as a whole word.
    pub(crate) fn length_at_start(&self, text: &str) -> Option<usize> {
        let length = match_words(&self.text, text)?;
        let last = self.text.chars().next_back()?;
        let next = text[length..].chars().next();
        let ends = match last {
            '$' | '€' | '£' | '¥' => next.is_none_or(|next| !next.is_ascii_digit()),
            _ if is_letter(last) => next.is_none_or(|next| !is_letter(next) && !next.is_ascii_digit()),
            _ => true,
        };
        ends.then_some(length)
    }

    /// The length in bytes of the word at the end of a text; `None` if it does not stand there as a whole word.
    pub(crate) fn length_at_end(&self, text: &str) -> Option<usize> {
        let before = text.strip_suffix(self.text.as_str())?;
        let first = self.text.chars().next()?;
        let is_apart = char_script(first).is_some()
            || before.chars().next_back().is_none_or(|last| !is_letter(last) && last != '$');
        is_apart.then_some(self.text.len())
    }
}

/// True for a letter of an alphabet.
pub(crate) fn is_letter(character: char) -> bool {
    character.is_alphabetic() && char_script(character).is_none()
}

/// The length in bytes of a word at the start of a text. A space in the word stands for a space, line break or hyphen, and
/// between CJK characters also for nothing.
fn match_words(word: &str, text: &str) -> Option<usize> {
    let mut rest = text.chars().peekable();
    let mut length = 0;
    let mut before = '\0';
    for wanted in word.chars() {
        if matches!(wanted, ' ' | '-') {
            match rest.peek() {
                Some(&joint) if is_joint(joint) => {
                    length += joint.len_utf8();
                    rest.next();
                }
                Some(_) if wanted == ' ' && (char_script(before).is_some() || before == '%') => {}
                _ => return None,
            }
        } else if rest.next() == Some(wanted) {
            length += wanted.len_utf8();
        } else {
            return None;
        }
        before = wanted;
    }
    Some(length)
}

/// True for what may stand between the words of a quantity.
pub(crate) fn is_joint(character: char) -> bool {
    matches!(character, ' ' | '\n' | '-' | '‐')
}
