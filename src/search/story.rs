//! The story of a hit: the other documents of the same story.
//!
//! In: a ranked passage and the stories among the hits. Out: complete counts, and the first of the other documents.
//! Invariant: a story in the index and a story of a hit have the same documents, whatever the query excludes.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::engine::{Engine, GroupKey, StoryMembers};

/// Greatest number of other documents that are listed for a story.
const MAX_OTHERS: usize = 20;

/// The story that a hit represents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HitStory {
    /// Number of its documents in the index; 1 for a document without copies.
    pub documents: u64,
    /// Number of its documents that match the query; at least the hit's own.
    pub matching: u64,
    /// The other documents: by date, those without one last, then by id; at most twenty.
    pub others: Vec<OtherDocument>,
}

/// Another document of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherDocument {
    /// Id of the document.
    pub id: String,
    /// Outlet or agency, if known.
    pub source: Option<String>,
    /// Publication day, `YYYY-MM-DD`, if known.
    pub date: Option<String>,
}

/// The story of a hit with this document id. `matching` has the number of matching documents, by story.
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
    // One more is read, since one of them may be the hit's own.
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
