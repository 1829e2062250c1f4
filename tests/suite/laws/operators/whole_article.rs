//! What the whole article decides: whether something stands in its beginning, and how often it occurs.

use std::collections::BTreeMap;

use tradewire::internals::query::Extent;

use super::found::Found;
use super::{Oracle, Places};

impl Oracle<'_> {
    /// What of the places of each passage lies in the beginning of its article.
    pub(super) fn in_beginning(&self, extent: Extent, mut places: Vec<Places>) -> Vec<Places> {
        for (passage, [title, text]) in self.passages.iter().zip(&mut places) {
            match extent {
                // The lead is known by its places, the first words by their number: between two paragraphs a place is free.
                Extent::Lead => text.retain(|one| one.end <= passage.stored.passage.place.in_lead as usize),
                Extent::First(units) => {
                    title.clear();
                    text.retain(|one| passage.units_before + one.last_unit < units as usize);
                }
            }
        }
        places
    }

    /// The places of each passage whose article has so many that do not overlap, in its text and once in its title.
    pub(super) fn so_often(&self, times: u32, mut places: Vec<Places>) -> Vec<Places> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        // The title of an article is read with each of its passages, by the chains of these.
        let mut titles: BTreeMap<&str, Vec<Found>> = BTreeMap::new();
        for (passage, [title, text]) in self.passages.iter().zip(&places) {
            *counts.entry(&passage.stored.passage.id).or_default() += apart(text);
            titles.entry(&passage.stored.passage.id).or_default().extend(title.iter().cloned());
        }
        titles.iter().for_each(|(article, title)| *counts.entry(article).or_default() += apart(title));
        for (passage, places) in self.passages.iter().zip(&mut places) {
            if counts[passage.stored.passage.id.as_str()] < times as usize {
                *places = Places::default();
            }
        }
        places
    }
}

/// The most of the places that do not overlap.
fn apart(found: &[Found]) -> usize {
    let length = found.iter().map(|one| one.end).max().unwrap_or(0);
    let mut most = vec![0; length + 1];
    for at in (0..length).rev() {
        let from_here = found.iter().filter(|one| one.start == at).map(|one| 1 + most[one.end]).max();
        most[at] = from_here.unwrap_or(0).max(most[at + 1]);
    }
    most[0]
}
