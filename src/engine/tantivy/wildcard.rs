//! Words with wildcards: the surface forms of an index that match a pattern. An automaton walks the terms and turns back where no
//! further letter can make a match; a pattern that begins with a wildcard walks all of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use tantivy::schema::{Field, Term};
use tantivy::{InvertedIndexReader, SegmentReader};

use crate::engine::tantivy::letters::{ByBytes, LetterAutomaton};
use crate::engine::tantivy::postings::{as_text, terms_with_prefix};
use crate::index::{FORM_SEPARATOR, NewsIndex, split_form};
use crate::query::compile::MatchingSurfaces;
use crate::query::syntax::{Places, WordPattern};
use crate::text::analysis::{Chain, char_script, is_part_mark};

const READING: &str = "reading the terms of the index";

/// Of forms that are far more than are wanted, so many times those are counted exactly that seem to be in most passages.
const COUNTED: usize = 4;

/// The entries of one surface form: a field with a key in it for each term that it has, with the number of passages, deleted ones
/// included.
type Entries = BTreeMap<(Field, String), u64>;

/// The surface forms of a chain that match a pattern; if there are more than `most`, those that most passages have.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn surfaces_matching(
    index: &NewsIndex,
    chain: Chain,
    pattern: &WordPattern,
    most: usize,
) -> Result<MatchingSurfaces> {
    let fields = index.fields();
    let (terms, keys) = (fields.text_field(chain), fields.surface_field(chain));
    let mut found: BTreeMap<String, Entries> = BTreeMap::new();
    for segment in index.searcher().segment_readers() {
        each_match(segment, terms, &Terms(pattern), &mut |term, passages| {
            *found.entry(term.to_owned()).or_default().entry((terms, term.to_owned())).or_default() += passages;
        })?;
        let Some(keys) = keys else {
            continue;
        };
        each_match(segment, keys, &SurfaceKeys(pattern), &mut |key, passages| {
            let surfaces = split_form(key).into_iter().flat_map(|(_, surfaces)| surfaces);
            for surface in surfaces.filter(|surface| pattern.matches(surface)) {
                *found.entry(surface.to_owned()).or_default().entry((keys, key.to_owned())).or_default() += passages;
            }
        })?;
    }
    let mut matching = found.len();
    if let Some(keys) = keys.filter(|_| matching > most) {
        let (frequent, in_no_text) = most_frequent(index, found, keys, most)?;
        found = frequent;
        matching -= in_no_text;
    }
    let term_of = |key: &str| key.split(FORM_SEPARATOR).next().unwrap_or(key).to_owned();
    let of_terms = |entries: Entries| entries.keys().map(|(_, key)| term_of(key)).collect();
    let surfaces = found.into_iter().map(|(surface, entries)| (surface, of_terms(entries))).collect();
    Ok(MatchingSurfaces { surfaces, matching })
}

/// The surface forms that most passages have, whatever the segments, of those that as many have the first; and how many of those that
/// were counted are terms that no text has as they are.
fn most_frequent(
    index: &NewsIndex,
    found: BTreeMap<String, Entries>,
    keys: Field,
    most: usize,
) -> Result<(BTreeMap<String, Entries>, usize)> {
    let mut found: Vec<(Reverse<u64>, String, Entries)> =
        found.into_iter().map(|(surface, entries)| (Reverse(entries.values().sum()), surface, entries)).collect();
    found.sort_unstable();
    found.truncate(most.saturating_mul(COUNTED));
    for (passages, _, entries) in &mut found {
        let mut exactly = 0;
        for (field, key) in entries.keys() {
            let of_key = index.doc_freq(&Term::from_field_text(*field, key))?;
            let of_others = if *field == keys { 0 } else { with_other_surfaces(index, keys, key)? };
            exactly += of_key.saturating_sub(of_others);
        }
        *passages = Reverse(exactly);
    }
    found.sort_unstable();
    let counted = found.len();
    found.retain(|(passages, ..)| passages.0 > 0);
    let in_no_text = counted - found.len();
    found.truncate(most);
    Ok((found.into_iter().map(|(_, surface, entries)| (surface, entries)).collect(), in_no_text))
}

/// The number of passages in which a term has other surfaces than itself, each surface counted by itself.
fn with_other_surfaces(index: &NewsIndex, keys: Field, term: &str) -> Result<u64> {
    let mut others = BTreeSet::new();
    for segment in index.searcher().segment_readers() {
        let inverted = segment.inverted_index(keys).context(READING)?;
        others.extend(terms_with_prefix(&inverted, &format!("{term}{FORM_SEPARATOR}"))?);
    }
    let count = |key: &String| index.doc_freq(&Term::from_field_text(keys, key));
    others.iter().map(count).sum()
}

fn each_match<A: LetterAutomaton>(
    segment: &SegmentReader,
    field: Field,
    automaton: &A,
    found: &mut dyn FnMut(&str, u64),
) -> Result<()> {
    let inverted = segment.inverted_index(field).context(READING)?;
    each_term(&inverted, automaton, found)
}

/// Every term of a segment's field that an automaton matches, with the number of passages, deleted ones included.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn each_term<A: LetterAutomaton>(
    inverted: &InvertedIndexReader,
    automaton: &A,
    found: &mut dyn FnMut(&str, u64),
) -> Result<()> {
    let mut stream = inverted.terms().search(ByBytes::new(automaton)).into_stream().context(READING)?;
    while stream.advance() {
        found(as_text(stream.key())?, u64::from(stream.value().doc_freq));
    }
    Ok(())
}

/// The automaton of terms that are themselves matching surfaces: neither CJK characters nor parts of compounds.
struct Terms<'a>(&'a WordPattern);

impl LetterAutomaton for Terms<'_> {
    type State = Places;

    fn start(&self) -> Places {
        self.0.start()
    }

    fn step(&self, state: &Places, letter: char) -> Places {
        let is_part = *state == self.0.start() && u8::try_from(letter).is_ok_and(is_part_mark);
        if is_part || char_script(letter).is_some() { Places::NONE } else { self.0.step(*state, letter) }
    }

    fn is_match(&self, state: &Places) -> bool {
        self.0.is_match(*state)
    }

    fn can_match(&self, state: &Places) -> bool {
        !state.is_empty()
    }
}

/// The automaton of the keys of surface forms, a term and one or two surfaces, of which one matches.
struct SurfaceKeys<'a>(&'a WordPattern);

/// The part of a key that is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum KeyPart {
    /// The term, of which a letter has been read or none.
    Term { has_begun: bool },
    /// A surface; true if one before it matches.
    Surface(Places, bool),
    /// A term that no word which matches has, by its first letter.
    OtherWord,
}

impl LetterAutomaton for SurfaceKeys<'_> {
    type State = KeyPart;

    fn start(&self) -> KeyPart {
        KeyPart::Term { has_begun: false }
    }

    fn step(&self, state: &KeyPart, letter: char) -> KeyPart {
        let is_separator = FORM_SEPARATOR.starts_with(letter);
        match *state {
            KeyPart::Term { has_begun: false } if !self.0.may_begin(letter) => KeyPart::OtherWord,
            KeyPart::Term { .. } if is_separator => KeyPart::Surface(self.0.start(), false),
            KeyPart::Term { .. } => KeyPart::Term { has_begun: true },
            KeyPart::Surface(places, found) if is_separator => {
                KeyPart::Surface(self.0.start(), found || self.0.is_match(places))
            }
            KeyPart::Surface(places, found) => KeyPart::Surface(self.0.step(places, letter), found),
            KeyPart::OtherWord => KeyPart::OtherWord,
        }
    }

    fn is_match(&self, state: &KeyPart) -> bool {
        matches!(*state, KeyPart::Surface(places, found) if found || self.0.is_match(places))
    }

    fn can_match(&self, state: &KeyPart) -> bool {
        !matches!(state, KeyPart::OtherWord)
    }
}
