//! The best passages, found without reading all that match, and exactly those that summing every hit would give: `segment` has the
//! algorithm, on cursors over the clauses (`cursor`, `term_cursor` with `skips`, `list_cursor`) that know bounds of what they score.
//!
//! In: the scoring clauses and the condition of a plan. Out: the best N hits with exact scores, and all that tie with the last.
//! What is skipped depends on blocks, segments and the order of passages; what is found does not (law 7): a passage is left out only
//! if a bound of its score is below the Nth best score, and sums do not depend on their order (`window::exact`).

mod best;
mod check;
mod cursor;
mod list_cursor;
mod reach;
mod segment;
mod skips;
mod term_cursor;
mod window;

use tantivy::index::SegmentReader;
use tantivy::postings::TermInfo;
use tantivy::query::{Bm25Weight, EnableScoring, PhraseQuery, Query, Scorer, TermQuery, Weight};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, InvertedIndexReader, Score, Searcher};

use crate::engine::ResultUnit;
use crate::engine::tantivy::condition::Condition;
use crate::engine::tantivy::grouping::{Grouping, document_of};
use crate::engine::tantivy::materialized::MaterializedQuery;
use crate::engine::tantivy::max_score::best::Best;
use crate::engine::tantivy::max_score::check::{Marking, QueryCursor};
use crate::engine::tantivy::max_score::cursor::{Cursor, OtherCursor};
use crate::engine::tantivy::max_score::list_cursor::ListCursor;
use crate::engine::tantivy::max_score::reach::{Language, language_of, mark_of};
use crate::engine::tantivy::max_score::segment::{Clause, Segment};
use crate::engine::tantivy::max_score::skips::{Lengths, Skips};
use crate::engine::tantivy::max_score::term_cursor::{TermCursor, weight_of};
use crate::engine::tantivy::max_score::window::{Marks, Window};
use crate::engine::tantivy::statistics::WithStatistics;
use crate::index::NewsIndex;

pub(crate) use crate::engine::tantivy::max_score::window::exact;

/// A clause that does not drive is summed if it has at most this many passages for each of those that do; looking up takes longer
/// than reading on.
const SUMMED_FOR_EACH: u64 = 2;

/// A scoring clause, for all segments.
struct Prepared<'q> {
    kind: Kind<'q>,
    language: Language,
    marks: Marks,
}

enum Kind<'q> {
    /// A term; `average` is the average length of its field's passages.
    Term { term: &'q Term, bm25: Bm25Weight, average: Score },
    /// A materialized pattern.
    List { list: &'q MaterializedQuery, bm25: Bm25Weight },
    /// Any other query, with a bound of its scores.
    Other { weight: Box<dyn Weight>, most: Score },
}

/// The passages of the best `limit` results with their scores, and all that tie with the best passage of the last of them.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn best_passages(
    index: &NewsIndex,
    scoring: &[Option<WithStatistics>],
    condition: &Condition,
    limit: usize,
    grouping: &Grouping,
) -> tantivy::Result<Vec<(f64, DocAddress)>> {
    let searcher = index.searcher();
    let Marking { check, clauses: marks, queries, .. } = Marking::of(condition, scoring.len());
    let mut prepared = Vec::with_capacity(scoring.len());
    for (clause, &marks) in scoring.iter().zip(&marks) {
        if let Some(clause) = clause {
            prepared.push(prepare(clause, marks, searcher)?);
        }
    }
    let unscored = EnableScoring::disabled_from_searcher(searcher);
    let mut weights = Vec::with_capacity(queries.len());
    for (query, mark) in queries {
        weights.push((query.weight(unscored)?, mark));
    }
    let mut best = Best::new(limit, grouping.unit != ResultUnit::Passage);
    let mut window = Window::new();
    let mut candidates = Vec::new();
    for (ordinal, reader) in searcher.segment_readers().iter().enumerate() {
        let ordinal = ordinal as u32;
        let mut clauses: Vec<Clause> = Vec::with_capacity(prepared.len());
        for clause in &prepared {
            let Some(cursor) = open(index, ordinal, reader, clause)? else {
                continue;
            };
            let (size, language, marks) = (cursor.size(), clause.language, clause.marks);
            clauses.push(Clause { cursor, language, marks, drives: false, is_summed: false, size, bound: 0.0 });
        }
        let mut scorers: Vec<(Box<dyn Scorer>, Marks)> = Vec::with_capacity(weights.len());
        for (weight, mark) in &weights {
            scorers.push((weight.scorer(reader, 1.0)?, *mark));
        }
        let (_, driving) = check.drivers(&|mark| {
            let of_clauses = clauses.iter().filter(|clause| clause.marks & mark != 0).map(|clause| clause.size);
            let of_queries = scorers.iter().filter(|(_, of)| *of == mark).map(|(scorer, _)| scorer.cost());
            of_clauses.chain(of_queries).sum()
        });
        let of_queries = scorers.iter().filter(|(_, mark)| mark & driving != 0).map(|(scorer, _)| scorer.cost());
        let of_clauses = clauses.iter().filter(|clause| clause.marks & driving != 0).map(|clause| clause.size);
        let number = of_queries.chain(of_clauses).sum::<u64>();
        for clause in &mut clauses {
            clause.drives = clause.marks & driving != 0;
            clause.is_summed = clause.drives || clause.size <= SUMMED_FOR_EACH * number;
            if let Cursor::Other(other) = &mut clause.cursor {
                other.is_listed = clause.is_summed;
            }
        }
        let queries = scorers.into_iter().map(|(scorer, mark)| {
            let drives = mark & driving != 0;
            QueryCursor { cursor: OtherCursor::new(scorer, 0.0, drives), mark, drives, marked_before: 0 }
        });
        let queries = queries.collect();
        let required = check.required();
        let ids = reader.fast_fields().str("id")?;
        let group = |doc| {
            let document = || ids.as_ref().map_or(u64::MAX, |ids| document_of(ids, doc));
            grouping.group_of(DocAddress::new(ordinal, doc), document)
        };
        let mut segment = Segment {
            ordinal,
            reader,
            group: &group,
            clauses,
            queries,
            check: &check,
            driving,
            required,
            window,
            candidates,
        };
        segment.search(&mut best);
        (window, candidates) = (segment.window, segment.candidates);
    }
    Ok(best.finish())
}

fn prepare<'q>(clause: &'q WithStatistics, marks: Marks, searcher: &Searcher) -> tantivy::Result<Prepared<'q>> {
    let own = language_of(clause.field().chain());
    let inner = clause.inner();
    if let Some(query) = inner.downcast_ref::<TermQuery>() {
        let term = query.term();
        let kind = Kind::Term { term, bm25: clause.of_term(term, searcher)?, average: clause.average_length() };
        return Ok(Prepared { kind, language: own, marks: marks | mark_of(own) });
    }
    // Materialized patterns are in whatever fields they were collected from.
    if let Some(list) = inner.downcast_ref::<MaterializedQuery>()
        && let Some(bm25) = clause.of_pattern(list, searcher)?
    {
        return Ok(Prepared { kind: Kind::List { list, bm25 }, language: None, marks });
    }
    let weight = clause.weight(EnableScoring::enabled_from_searcher(searcher))?;
    match inner.downcast_ref::<PhraseQuery>() {
        Some(phrase) => {
            let kind = Kind::Other { weight, most: weight_of(&clause.of_phrase(phrase, searcher)?) };
            Ok(Prepared { kind, language: own, marks: marks | mark_of(own) })
        }
        None => Ok(Prepared { kind: Kind::Other { weight, most: Score::MAX }, language: None, marks }),
    }
}

/// The cursor of a clause in a segment; `None` if nothing of it is there.
fn open(
    index: &NewsIndex,
    ordinal: u32,
    reader: &SegmentReader,
    clause: &Prepared<'_>,
) -> tantivy::Result<Option<Cursor>> {
    Ok(match &clause.kind {
        Kind::Term { term, bm25, average } => {
            let inverted = reader.inverted_index(term.field())?;
            let Some(info) = inverted.get_term_info(term)? else {
                return Ok(None);
            };
            let blocks = inverted.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
            let skips = skips(index, ordinal, reader, (term, &info, &inverted), *average)?;
            let lengths = reader.get_fieldnorms_reader(term.field())?;
            Some(Cursor::Term(Box::new(TermCursor::new(blocks, skips, bm25.clone(), lengths))))
        }
        Kind::List { list, bm25 } => {
            let (matches, field) = (list.of_segment(reader), list.field());
            match field.filter(|_| !matches.is_empty()) {
                Some(field) => {
                    let lengths = reader.get_fieldnorms_reader(field)?;
                    Some(Cursor::List(ListCursor::new(matches, bm25.clone(), lengths)))
                }
                None => None,
            }
        }
        Kind::Other { weight, most } => {
            Some(Cursor::Other(OtherCursor::new(weight.scorer(reader, 1.0)?, *most, false)))
        }
    })
}

fn skips(
    index: &NewsIndex,
    ordinal: u32,
    reader: &SegmentReader,
    (term, info, inverted): (&Term, &TermInfo, &InvertedIndexReader),
    average: Score,
) -> tantivy::Result<Option<Skips>> {
    let field = term.field();
    let record = reader.schema().get_field_entry(field).field_type().index_record_option();
    let postings = index.postings_file(ordinal).and_then(|postings| postings.open_read(field));
    let (Some(record), Some(postings)) = (record, postings) else {
        return Ok(None);
    };
    let stored = inverted.total_num_tokens() as Score / reader.max_doc() as Score;
    Ok(Skips::read(&postings.read_bytes()?, info, record, Lengths { stored, scored: average }))
}
