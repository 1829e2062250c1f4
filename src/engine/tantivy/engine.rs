//! The tantivy engine over an open index.

use anyhow::{Context, Result};
use tantivy::collector::Count;

use crate::engine::tantivy::grouping::story_of;
use crate::engine::tantivy::keys::{address_of, key_of};
use crate::engine::tantivy::lookup::pattern_query;
use crate::engine::tantivy::prepared::TantivyQuery;
use crate::engine::tantivy::rank::put_in_order;
use crate::engine::{Candidate, Engine, GroupKey, PassageKey, PreparedQuery, StoredPassage, StoryMembers};
use crate::index::NewsIndex;
use crate::query::plan::{FieldId, Pattern, QueryPlan};

impl Engine for NewsIndex {
    fn prepare<'q>(&'q self, plan: &'q QueryPlan) -> Result<Box<dyn PreparedQuery + 'q>> {
        Ok(Box::new(TantivyQuery::new(self, plan)?))
    }

    fn fetch(&self, keys: &[PassageKey]) -> Result<Vec<(StoredPassage, String)>> {
        keys.iter().map(|&key| self.passage(address_of(key))).collect()
    }

    fn put_in_order(&self, candidates: &mut [Candidate]) -> Result<()> {
        put_in_order(self.searcher(), candidates).context("ranking the hits")
    }

    fn story(&self, group: GroupKey, limit: usize) -> Result<Option<StoryMembers>> {
        let Some(story) = story_of(group) else {
            return Ok(None);
        };
        let stories = self.stories()?;
        let members = stories.members(story);
        let passages = members.iter().take(limit).map(|member| key_of(member.address())).collect();
        Ok(Some(StoryMembers { documents: members.len() as u64, passages }))
    }

    fn count(&self, field: FieldId, pattern: &Pattern) -> Result<u64> {
        match pattern_query(self, field, pattern)? {
            Some(query) => Ok(self.searcher().search(&query, &Count).context("counting passages")? as u64),
            None => Ok(0),
        }
    }
}
