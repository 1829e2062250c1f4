//! Irregular inflection: forms of words that no stemmer leads to their base form (`crises`, `sold`, `Firmen`, `Kriterien`).
//!
//! In goes the text of a list in `index-config/inflection/`: on each line a base form and the forms that are looked up by it; `#` begins
//! a comment. A line that begins with a hyphen holds for the ends of compounds too. A form with a question mark is of another word too
//! (`leaves`): texts keep it, and a query for either finds the other.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use anyhow::{Result, bail};
use foldhash::fast::RandomState;

use crate::text::analysis::fold::Folded;
use crate::text::analysis::spelling::surface;

/// Least number of bytes before an ending that is looked up, so that it is the end of a compound.
const SHORTEST_BEFORE: usize = 3;

/// A list of irregular forms: the base forms, by the surface forms that are looked up by them.
#[derive(Debug, Default)]
pub(crate) struct Inflection {
    words: HashMap<String, String, RandomState>,
    endings: HashMap<String, String, RandomState>,
    /// The lengths in bytes of the shortest and the longest ending.
    lengths: Option<(usize, usize)>,
    /// Forms that are of another word too, by a base form, and those base forms by the form.
    other_forms: HashMap<String, Vec<String>, RandomState>,
    other_bases: HashMap<String, Vec<String>, RandomState>,
}

/// What a surface form has to do with forms of two words; mostly nothing.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct OtherForms<'a> {
    /// The forms that are of it and of another word: of `leaf`, `leaves`.
    pub(crate) forms: &'a [String],
    /// The words that it is also a form of: of `leaves`, `leaf`.
    pub(crate) bases: &'a [String],
}

impl Inflection {
    /// Reads the text of a list.
    ///
    /// # Errors
    ///
    /// When a line has no form, or a form stands in two lines; the message names file and line.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Inflection> {
        let mut parsed = Inflection::default();
        let mut seen: HashMap<String, usize, RandomState> = HashMap::default();
        for (at, is_ending, base, forms) in lines(text) {
            let (of_two, forms): (Vec<String>, Vec<String>) = forms.into_iter().partition(|form| form.starts_with('?'));
            for form in of_two.iter().map(|form| form.trim_start_matches('?')) {
                parsed.other_forms.entry(base.clone()).or_default().push(form.to_owned());
                parsed.other_bases.entry(form.to_owned()).or_default().push(base.clone());
            }
            if forms.is_empty() && of_two.is_empty() {
                bail!("{file}:{at}: expected a base form and the forms that are looked up by it, found `{base}` alone");
            }
            for form in forms {
                if form == base {
                    bail!("{file}:{at}: `{form}` is looked up by itself anyway; remove it");
                }
                if let Some(before) = seen.insert(form.clone(), at) {
                    bail!("{file}:{at}: `{form}` is already in line {before}; a form has one base form");
                }
                if is_ending {
                    let (shortest, longest) = parsed.lengths.unwrap_or((form.len(), form.len()));
                    parsed.lengths = Some((shortest.min(form.len()), longest.max(form.len())));
                    parsed.endings.insert(form.clone(), base.clone());
                }
                parsed.words.insert(form, base.clone());
            }
        }
        Ok(parsed)
    }

    /// The base form of a surface form, which may be the end of a compound; the surface form itself if it is not in the list.
    pub(crate) fn base<'a>(&self, surface: &'a str) -> Cow<'a, str> {
        if let Some(base) = self.words.get(surface) {
            return Cow::Owned(base.clone());
        }
        let Some((shortest, longest)) = self.lengths else {
            return Cow::Borrowed(surface);
        };
        let starts =
            SHORTEST_BEFORE.max(surface.len().saturating_sub(longest))..surface.len().saturating_sub(shortest - 1);
        for start in starts.filter(|&start| surface.is_char_boundary(start)) {
            if let Some(base) = self.endings.get(&surface[start..]) {
                return Cow::Owned(format!("{}{base}", &surface[..start]));
            }
        }
        Cow::Borrowed(surface)
    }

    /// The forms of two words that a surface form has to do with.
    pub(crate) fn other_forms(&self, surface: &str) -> OtherForms<'_> {
        OtherForms {
            forms: self.other_forms.get(surface).map(Vec::as_slice).unwrap_or_default(),
            bases: self.other_bases.get(surface).map(Vec::as_slice).unwrap_or_default(),
        }
    }

    /// The forms, each with its base form.
    pub(crate) fn forms(&self) -> impl Iterator<Item = (&str, &str)> {
        self.words.iter().map(|(form, base)| (form.as_str(), base.as_str()))
    }

    /// The entries of the list in order, for an index's fingerprint.
    pub(crate) fn described(&self) -> BTreeMap<String, String> {
        let shown = |form: &String| if self.endings.contains_key(form) { format!("-{form}") } else { form.clone() };
        self.words.iter().map(|(form, base)| (shown(form), base.clone())).collect()
    }
}

/// The lines of a list: number, whether it holds for the ends of compounds, base form, forms; the words as surface forms.
fn lines(text: &str) -> impl Iterator<Item = (usize, bool, String, Vec<String>)> {
    let entries = text.lines().enumerate().map(|(at, line)| (at + 1, line.split('#').next().unwrap_or("")));
    entries.filter_map(|(at, line)| {
        let is_ending = line.trim_start().starts_with('-');
        let folded = |word: &str| match word.strip_prefix('?') {
            Some(form) => format!("?{}", surface(Folded::new(form).text())),
            None => surface(Folded::new(word.trim_start_matches('-')).text()),
        };
        let mut words = line.split_whitespace().map(folded);
        Some((at, is_ending, words.next()?, words.collect()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_base_form() {
        let list = "# nouns\n-risiko risiken # risks\nsell sold\n-jubiläum jubiläen\nleaf ?leaves\n";
        let inflection = Inflection::parse("xx.txt", list).unwrap();
        for (form, base) in [
            ("risiken", "risiko"),
            ("handelsrisiken", "handelsrisiko"),
            ("sold", "sell"),
            ("unsold", "unsold"),
            ("jubilaeen", "jubilaeum"),
            ("dienstjubilaeen", "dienstjubilaeum"),
            ("xrisiken", "xrisiken"),
            ("risiko", "risiko"),
            ("韓", "韓"),
            ("", ""),
        ] {
            assert_eq!(inflection.base(form), base, "{form}");
        }
        assert_eq!(inflection.base("leaves"), "leaves");
        assert_eq!(inflection.other_forms("leaf").forms, ["leaves"]);
        assert_eq!(inflection.other_forms("leaves").bases, ["leaf"]);
        assert_eq!(inflection.described().len(), 3);
        assert_eq!(Inflection::default().base("sold"), "sold");
    }

    #[test]
    fn mistakes_in_a_list_are_said() {
        for (list, message) in [
            ("sell", "xx.txt:1: expected a base form and the forms that are looked up by it, found `sell` alone"),
            ("sell sold\n\ntrade sold", "xx.txt:3: `sold` is already in line 1; a form has one base form"),
            ("cut cut", "xx.txt:1: `cut` is looked up by itself anyway; remove it"),
        ] {
            assert_eq!(Inflection::parse("xx.txt", list).unwrap_err().to_string(), message);
        }
    }
}
