//! What a hit says of the other documents of its story.
//!
//! In: a ranked passage and the stories among the hits. Out: numbers, which are complete, and the first of the other documents.
//! Invariant: a story in the index and a story of a hit have the same documents, whatever the query leaves out.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::engine::tantivy::grouping::Grouping;
use crate::index::NewsIndex;
use crate::search::rank::Ranked;

/// Documents that are named of a story at most.
const MAX_OTHERS: usize = 20;

/// The story that a hit is shown for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HitStory {
    /// Its documents in the index; 1 for a document without copies.
    pub documents: u64,
    /// Those of them that match the query; at least the hit's own.
    pub matching: u64,
    /// The others: by date, those without one last, then by id; at most twenty.
    pub others: Vec<OtherDocument>,
}

/// A document of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherDocument {
    /// Its id.
    pub id: String,
    /// Outlet or agency, if it is known.
    pub source: Option<String>,
    /// Publication day, `YYYY-MM-DD`, if it is known.
    pub date: Option<String>,
}

/// The story of a hit with this document id. `matching` has the documents that match, by story.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn story_of(
    ranked: &Ranked,
    id: &str,
    grouping: &Grouping,
    matching: &BTreeMap<u64, u64>,
    index: &NewsIndex,
) -> Result<HitStory> {
    let Some((stories, story)) = grouping.story(ranked.group) else {
        return Ok(HitStory { documents: 1, matching: 1, others: Vec::new() });
    };
    let members = stories.members(story);
    let mut others = Vec::new();
    // One of them is the hit's own.
    for member in members.iter().take(MAX_OTHERS + 1) {
        let (passage, _) = index.passage(member.address())?;
        if passage.id != id {
            others.push(OtherDocument { id: passage.id, source: passage.source, date: passage.date });
        }
    }
    others.truncate(MAX_OTHERS);
    let matching = matching.get(&u64::from(story)).copied().unwrap_or(1);
    Ok(HitStory { documents: members.len() as u64, matching, others })
}
