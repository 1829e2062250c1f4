//! The tantivy engine over an open index.

use anyhow::{Context, Result};
use tantivy::collector::Count;
use tantivy::{DocAddress, DocId};

use crate::engine::tantivy::grouping::{document_of, story_of};
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

    fn neighbours(&self, key: PassageKey) -> Result<[Option<PassageKey>; 2]> {
        let DocAddress { segment_ord, doc_id } = address_of(key);
        let segment = self.searcher().segment_reader(segment_ord);
        let Some(ids) = segment.fast_fields().str("id").context("reading the ids of the documents")? else {
            return Ok([None, None]);
        };
        let document = document_of(&ids, doc_id);
        // Passages of an article are written one after the other, and merging keeps them so.
        let is_of_article = |&doc: &DocId| doc < segment.max_doc() && document_of(&ids, doc) == document;
        let beside = [doc_id.checked_sub(1), doc_id.checked_add(1)];
        Ok(beside.map(|doc| doc.filter(is_of_article).map(|doc| key_of(DocAddress::new(segment_ord, doc)))))
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
