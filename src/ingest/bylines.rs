//! Bylines: the names of authors in what a format states of them, and sections as they are stated.
//!
//! In: `By Jane Doe and Max Roe`, `Von Jana Muster`, `김민수·이영희 기자 (kim@example.com)`, `本报记者 张三、李四`. Out: the names, each by itself, without what
//! stands around them. Invariant: what is left of a statement is a part of it; a name of which nothing is left is unknown.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::ingest::formats::address::is_address;
use crate::text::analysis::{CharScript, char_script, clip};

/// Authors of one document, and sections of one, at most.
const MAX_NAMES: usize = 50;
/// Bytes of a name at most.
const MAX_NAME_BYTES: usize = 200;
/// Characters of a given name and a surname that stand side by side in Chinese and Korean.
const NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=4;

static MAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:mailto:)?[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+").expect("a valid pattern")
});
/// The place of a report behind a name, as newspapers of Taiwan have it: `記者王小明／台北報導`.
static PLACE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[/／]\s*\p{Han}{1,6}(?:報導|报导|报道|報道)\s*$").expect("a valid pattern"));
/// What stands in brackets, with them.
static BRACKETS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>").expect("a valid pattern")
});

/// What stands around the names of authors: `[bylines]` of `fields.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bylines {
    /// Words in front of names.
    before: Vec<String>,
    /// Those of `before` that surnames begin with too: they stay before a single word, and before one in lower case.
    particles: Vec<String>,
    /// Words for what somebody is, in front of a name or behind it.
    roles: Vec<String>,
    /// Words between two names.
    between: Vec<String>,
    /// What stands in place of a name.
    nobody: Vec<String>,
}

impl Bylines {
    /// The same with all words in lower case, the longest first.
    pub(crate) fn prepared(mut self) -> Bylines {
        for list in [&mut self.before, &mut self.particles, &mut self.roles, &mut self.between, &mut self.nobody] {
            list.iter_mut().for_each(|word| *word = word.to_lowercase());
            list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        self
    }

    /// The names in statements, each once, in their order.
    pub(crate) fn authors(&self, stated: Vec<String>) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for stated in &stated {
            let line = stated.split_whitespace().collect::<Vec<_>>().join(" ");
            // What somebody wrote of themselves is no name.
            if line.len() > MAX_NAMES * MAX_NAME_BYTES {
                continue;
            }
            for name in self.names_in(&line) {
                if names.len() < MAX_NAMES && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    fn names_in(&self, line: &str) -> Vec<String> {
        if is_address(line) || line.starts_with("www.") {
            return Vec::new();
        }
        let without_mail = MAIL.replace_all(line, " ");
        let outside = BRACKETS.replace_all(&without_mail, " ");
        // The name may stand in brackets behind an address: `jd@example.com (Jane Doe)`.
        let text = if outside.trim().is_empty() {
            without_mail.replace(['(', ')', '<', '>', '[', ']', '（', '）'], " ")
        } else {
            outside.into_owned()
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = PLACE.replace(&text, "");
        // Korean datelines: `서울=김민수 기자`.
        let text = text.rsplit('=').next().unwrap_or_default();
        let (text, had_role) = self.stripped(text);
        self.parted(text).into_iter().flat_map(|part| self.persons(part, had_role)).collect()
    }

    /// The names in a part that no sign parts further.
    fn persons(&self, part: &str, had_role: bool) -> Vec<String> {
        let (name, has_role) = self.stripped(part);
        let words: Vec<&str> = name.split(' ').collect();
        let is_person = |word: &&str| {
            NAME_CHARS.contains(&word.chars().count()) && word.chars().all(|letter| char_script(letter).is_some())
        };
        // 记者 张三 李四, 김민수 이영희 기자.
        let parts: Vec<&str> =
            if (had_role || has_role) && words.len() > 1 && words.iter().all(is_person) { words } else { vec![name] };
        let is_name = |name: &&str| {
            name.chars().any(char::is_alphabetic) && !self.nobody.contains(&name.to_lowercase()) && !is_address(name)
        };
        parts.into_iter().filter(is_name).map(|name| clip(name, MAX_NAME_BYTES).trim().to_owned()).collect()
    }

    /// A text without signs, words before names and roles at its ends, and whether it had a role.
    fn stripped<'a>(&self, text: &'a str) -> (&'a str, bool) {
        let is_sign = |letter: char| letter.is_whitespace() || ":：/,，、;；|·-–—=▲■◆●".contains(letter);
        let (mut text, mut had_role) = (text.trim_matches(is_sign), false);
        loop {
            let role = |text: &'a str| {
                let front = self.roles.iter().find_map(|role| without_start(text, role));
                front.or_else(|| self.roles.iter().find_map(|role| without_end(text, role)))
            };
            let before = self.before.iter().find_map(|word| {
                let rest = without_start(text, word)?.trim_start();
                let is_surname =
                    self.particles.contains(word) && (!rest.contains(' ') || rest.starts_with(char::is_lowercase));
                (!is_surname).then_some(rest)
            });
            let Some(rest) = before.or_else(|| {
                let rest = role(text)?;
                had_role = true;
                Some(rest)
            }) else {
                return (text, had_role);
            };
            text = rest.trim_matches(is_sign);
        }
    }

    /// The parts between signs and words that stand between names. One comma behind a single word is that of a name turned around:
    /// `Doe, Jane`.
    fn parted<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let turned = text.split_once(", ").is_some_and(|(surname, given)| {
            let is_latin = |letter: char| letter.is_alphabetic() && char_script(letter).is_none();
            !surname.contains(' ')
                && surname.chars().all(|letter| is_latin(letter) || letter == '-')
                && !given.contains([',', ';', '|', '&', '/'])
                && self.between.iter().all(|word| !format!(" {given} ").to_lowercase().contains(&format!(" {word} ")))
        });
        if turned {
            return vec![text];
        }
        let by_sign = text.split([',', ';', '|', '/', '／', '&', '、', '，', '；', '·', 'ㆍ', '・', '•', '＆']);
        by_sign.flat_map(|part| self.by_word(part.trim())).filter(|part| !part.is_empty()).collect()
    }

    fn by_word<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let mut parts = Vec::new();
        let (mut start, mut at) = (0, 0);
        for word in text.split(' ') {
            if at > start && self.between.iter().any(|between| word.to_lowercase() == *between) {
                parts.push(text[start..at].trim());
                start = at + word.len();
            }
            at += word.len() + 1;
        }
        parts.push(text.get(start..).unwrap_or_default().trim());
        parts
    }
}

/// A text without a word that it begins with; none if that goes on.
fn without_start<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = &text[length_of(text, word)?..];
    let is_whole = rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
    // 记者张三, but 글로벌 begins with no 글.
    let may_go_on =
        || word.chars().count() > 1 && word.chars().all(|letter| char_script(letter) == Some(CharScript::Han));
    (is_whole || may_go_on()).then_some(rest)
}

/// A text without a word that it ends in.
fn without_end<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let start = text
        .char_indices()
        .rev()
        .map(|(at, _)| at)
        .find(|&at| length_of(&text[at..], word) == Some(text.len() - at))?;
    let rest = &text[..start];
    let is_whole = rest.chars().next_back().is_some_and(|last| !last.is_alphanumeric())
        || word.chars().next().is_some_and(|first| char_script(first).is_some());
    (is_whole || rest.is_empty()).then_some(rest)
}

/// Bytes of the beginning of a text that is a word in lower case.
fn length_of(text: &str, word: &str) -> Option<usize> {
    let mut wanted = word.chars();
    let mut length = 0;
    for letter in text.chars() {
        if wanted.as_str().is_empty() {
            break;
        }
        for lower in letter.to_lowercase() {
            if wanted.next() != Some(lower) {
                return None;
            }
        }
        length += letter.len_utf8();
    }
    wanted.as_str().is_empty().then_some(length)
}

/// Sections as they are stated, each once, without addresses and blank ones.
pub(crate) fn sections(stated: Vec<String>) -> Vec<String> {
    let mut sections: Vec<String> = Vec::new();
    for stated in stated {
        let line = stated.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_section = line.chars().any(char::is_alphabetic) && !is_address(&line);
        let line = clip(&line, MAX_NAME_BYTES).trim().to_owned();
        if is_section && sections.len() < MAX_NAMES && !sections.contains(&line) {
            sections.push(line);
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn names_are_what_is_left_of_a_byline() {
        let options = Config::builtin().unwrap().ingest;
        let names = options.field_names().unwrap();
        let mut wrong = Vec::new();
        for (stated, expected) in [
            ("By Jane Doe", "Jane Doe"),
            ("BY JANE DOE AND MAX ROE", "JANE DOE | MAX ROE"),
            ("Jane Doe, Max Roe and Ann Poe", "Jane Doe | Max Roe | Ann Poe"),
            ("Jane Doe; Max Roe & Ann Poe", "Jane Doe | Max Roe | Ann Poe"),
            ("Doe, Jane", "Doe, Jane"),
            ("Jane Doe, staff writer", "Jane Doe"),
            ("jane.doe@example.com (Jane Doe)", "Jane Doe"),
            ("Jane Doe <jane@example.com>", "Jane Doe"),
            ("jane@example.com", ""),
            ("https://example.com/jane-doe", ""),
            ("By", ""),
            ("admin", ""),
            ("Byron Smith", "Byron Smith"),
            ("Anderson Cooper", "Anderson Cooper"),
            ("Von Jana Muster und Jörg Beispiel", "Jana Muster | Jörg Beispiel"),
            ("von Storch", "von Storch"),
            ("Von der Leyen", "Von der Leyen"),
            ("Text: Jana Muster", "Jana Muster"),
            ("Jana Muster, Korrespondentin", "Jana Muster"),
            ("김민수 기자", "김민수"),
            ("김민수기자 kim@example.com", "김민수"),
            ("김민수·이영희 기자 (kim@example.com)", "김민수 | 이영희"),
            ("김민수 이영희 기자", "김민수 | 이영희"),
            ("(서울=연합뉴스) 김민수 특파원", "김민수"),
            ("워싱턴=김민수 특파원", "김민수"),
            ("글로벌 뉴스팀", "글로벌 뉴스팀"),
            ("기자", ""),
            ("记者 张三", "张三"),
            ("本报记者张三、李四", "张三 | 李四"),
            ("記者王小明／台北報導", "王小明"),
            ("新华社记者 张三 李四", "张三 | 李四"),
            ("作者：欧阳文", "欧阳文"),
            ("佚名", ""),
            ("", ""),
            ("🙂", ""),
            ("Jane Doe、김민수 기자", "Jane Doe | 김민수"),
        ] {
            let found = names.bylines().authors(vec![stated.to_owned()]).join(" | ");
            if found != expected {
                wrong.push(format!("{stated}: {found} for {expected}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        let twice = ["By Jane Doe", "Jane Doe", " Max  Roe "].map(str::to_owned);
        assert_eq!(names.bylines().authors(twice.to_vec()), ["Jane Doe", "Max Roe"]);
    }

    #[test]
    fn sections_are_kept_as_they_are_stated() {
        let stated =
            ["Wirtschaft ", "", "https://example.com/economy", "경제 > 무역", "Wirtschaft", "12"].map(str::to_owned);
        assert_eq!(sections(stated.to_vec()), ["Wirtschaft", "경제 > 무역"]);
    }
}
