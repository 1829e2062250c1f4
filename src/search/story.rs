//! What a hit says of the other documents of its story.
//!
//! In: a ranked passage and the stories among the hits. Out: numbers, which are complete, and the first of the other documents.
//! Invariant: a story in the index and a story of a hit have the same documents, whatever the query leaves out.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::engine::{Engine, GroupKey, StoryMembers};

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
    engine: &dyn Engine,
    group: GroupKey,
    id: &str,
    matching: &BTreeMap<GroupKey, u64>,
) -> Result<HitStory> {
    // One of them is the hit's own.
    let Some(StoryMembers { documents, passages }) = engine.story(group, MAX_OTHERS + 1)? else {
        return Ok(HitStory { documents: 1, matching: 1, others: Vec::new() });
    };
    let mut others = Vec::new();
    for (passage, _) in engine.fetch(&passages)? {
        if passage.id != id {
            others.push(OtherDocument { id: passage.id, source: passage.source, date: passage.date });
        }
    }
    others.truncate(MAX_OTHERS);
    Ok(HitStory { documents, matching: matching.get(&group).copied().unwrap_or(1), others })
}
