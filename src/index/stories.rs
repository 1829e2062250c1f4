//! Stories: documents that are copies or light rewrites of one text, as found when indexing ends.
//!
//! In: the sketches of all living documents (`stories/sketch.rs` makes them, `clusters.rs` joins what `resemblance.rs` finds
//! alike). Out: by document its story, and by story its documents. Invariant: a function of the documents in the index alone.
//! Kept in the file `stories` with the segments and the options that it belongs to: a line of JSON, then three numbers a
//! document. A file that is missing, of other segments or damaged is replaced.

mod clusters;
#[cfg(test)]
mod detection;
mod options;
mod resemblance;
mod sketch;

use std::path::Path;
use std::{fs, io};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Searcher, SegmentOrdinal, SegmentReader};

use crate::index::manifest::replace_file;
use crate::index::schema::columns;
use crate::index::statistics::segment_name;
use crate::index::stories::clusters::{Sketches, cluster};

pub use crate::index::stories::options::StoryOptions;
pub(crate) use crate::index::stories::sketch::Sketcher;

pub(super) const FILE: &str = "stories";
/// Bytes of a document in the file.
const RECORD: usize = 12;

/// The stories of an index with two documents and more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stories {
    /// Story by story; in each by date, those without one last, then by id.
    members: Vec<Member>,
    /// The start of each story in `members`, and the end of the last.
    starts: Vec<u32>,
    /// The story of each document, or [`NONE`], by segment and ordinal of the document's id.
    of_documents: Vec<Vec<u32>>,
}

const NONE: u32 = u32::MAX;

/// A document of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Member {
    /// The segment of the document.
    pub segment: SegmentOrdinal,
    /// Its id, as an ordinal within the segment.
    pub document: u32,
    /// The first passage of the document.
    pub passage: DocId,
}

impl Member {
    /// The address of its first passage.
    pub(crate) fn address(&self) -> DocAddress {
        DocAddress::new(self.segment, self.passage)
    }
}

/// The first line of the file.
#[derive(Serialize, Deserialize, PartialEq)]
struct Header {
    /// The segments in the order by which the records count them.
    segments: Vec<String>,
    options: StoryOptions,
    /// Documents of each story.
    sizes: Vec<u32>,
}

impl Stories {
    /// Reads the stories of an index folder, or finds them where the file is missing, not to be trusted, or does not belong to this state
    /// of the index.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn load(dir: &Path, searcher: &Searcher, config: &StoryOptions, trusted: bool) -> Result<Stories> {
        let kept =
            trusted.then(|| fs::read(dir.join(FILE)).ok()).flatten().and_then(|bytes| parse(&bytes, searcher, config));
        match kept {
            Some(groups) => Stories::of_groups(groups, searcher),
            None => Stories::find(searcher, config),
        }
    }

    /// Finds and keeps the stories.
    ///
    /// # Errors
    ///
    /// When the index cannot be read or the folder not written to.
    pub(crate) fn save(dir: &Path, searcher: &Searcher, config: &StoryOptions) -> Result<()> {
        let stories = Stories::find(searcher, config)?;
        let header = Header {
            segments: searcher.segment_readers().iter().map(segment_name).collect(),
            options: *config,
            sizes: stories.starts.windows(2).map(|pair| pair[1] - pair[0]).collect(),
        };
        let mut bytes = serde_json::to_vec(&header).context("writing the stories")?;
        bytes.push(b'\n');
        for Member { segment, document, passage } in &stories.members {
            [segment, document, passage].iter().for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
        }
        replace_file(&dir.join(FILE), &bytes)
    }

    /// Number of stories with two documents and more.
    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The story of a document, by its segment and the ordinal of its id; `None` if it is its only document.
    pub(crate) fn of_document(&self, segment: SegmentOrdinal, document: u64) -> Option<u32> {
        let story = *self.of_documents.get(segment as usize)?.get(usize::try_from(document).ok()?)?;
        (story != NONE).then_some(story)
    }

    /// The documents of a story: by date, those without one last, then by id.
    pub(crate) fn members(&self, story: u32) -> &[Member] {
        let at = story as usize;
        &self.members[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    fn find(searcher: &Searcher, config: &StoryOptions) -> Result<Stories> {
        let mut sketches = Sketches::new(config);
        let mut documents: Vec<Member> = Vec::new();
        let segments = searcher.segment_readers().iter().map(Columns::open).collect::<tantivy::Result<Vec<Columns>>>();
        let segments = segments.context("reading the sketches of the documents")?;
        for ((segment, columns), reader) in (0..).zip(&segments).zip(searcher.segment_readers()) {
            let (Some(kept), Some(ids)) = (&columns.sketches, &columns.ids) else {
                continue;
            };
            for passage in reader.doc_ids_alive() {
                // Only the first passage of a document has one.
                if kept.first(passage).is_some()
                    && let Some(document) = ids.term_ords(passage).next()
                {
                    sketches.push(kept.values_for_doc(passage).map(|hash| hash as u32));
                    documents.push(Member { segment, document: document as u32, passage });
                }
            }
        }
        let mut groups = Vec::new();
        for found in cluster(&sketches, config) {
            let mut group: Vec<Member> = found.into_iter().map(|at| documents[at]).collect();
            put_in_order(&mut group, &segments).context("reading the ids of the documents")?;
            groups.push(group);
        }
        Stories::of_groups(groups, searcher)
    }

    fn of_groups(groups: Vec<Vec<Member>>, searcher: &Searcher) -> Result<Stories> {
        let mut of_documents = Vec::new();
        for reader in searcher.segment_readers() {
            let ids = reader.fast_fields().str(columns::ID).context("reading the ids of the documents")?;
            of_documents.push(vec![NONE; ids.map_or(0, |ids| ids.num_terms())]);
        }
        let mut stories = Stories { members: Vec::new(), starts: vec![0], of_documents };
        for (story, group) in (0..).zip(groups) {
            for member in &group {
                let of_document = stories.of_documents.get_mut(member.segment as usize);
                if let Some(of_document) = of_document.and_then(|segment| segment.get_mut(member.document as usize)) {
                    *of_document = story;
                }
            }
            stories.members.extend(group);
            stories.starts.push(stories.members.len() as u32);
        }
        Ok(stories)
    }
}

/// The columns of a segment by which stories are found.
struct Columns {
    sketches: Option<Column<u64>>,
    dates: Option<Column<i64>>,
    ids: Option<StrColumn>,
}

impl Columns {
    fn open(reader: &SegmentReader) -> tantivy::Result<Columns> {
        let fast = reader.fast_fields();
        Ok(Columns {
            sketches: fast.column_opt(columns::SKETCH)?,
            dates: fast.column_opt(columns::DATE)?,
            ids: fast.str(columns::ID)?,
        })
    }

    /// For the order by date: what has none comes last.
    fn date(&self, passage: DocId) -> (bool, Option<i64>) {
        let date = self.dates.as_ref().and_then(|dates| dates.first(passage));
        (date.is_none(), date)
    }

    fn id(&self, document: u32) -> io::Result<String> {
        let mut id = String::new();
        if let Some(ids) = &self.ids {
            ids.ord_to_str(u64::from(document), &mut id)?;
        }
        Ok(id)
    }
}

/// Sorts a story by date, then by id. Within a segment ordinals sort as ids do, so ids are only read where there are several.
fn put_in_order(story: &mut [Member], segments: &[Columns]) -> io::Result<()> {
    let date = |member: &Member| segments[member.segment as usize].date(member.passage);
    let same_segment = story.windows(2).all(|pair| pair[0].segment == pair[1].segment);
    if same_segment {
        story.sort_by_cached_key(|member| (date(member), member.document));
        return Ok(());
    }
    let mut keyed = Vec::with_capacity(story.len());
    for member in story.iter() {
        keyed.push((date(member), segments[member.segment as usize].id(member.document)?, *member));
    }
    keyed.sort_by(|left, right| (left.0, &left.1).cmp(&(right.0, &right.1)));
    for (place, (.., member)) in story.iter_mut().zip(keyed) {
        *place = member;
    }
    Ok(())
}

/// The documents of each story in a file; `None` if it is of another state of the index or damaged.
fn parse(bytes: &[u8], searcher: &Searcher, config: &StoryOptions) -> Option<Vec<Vec<Member>>> {
    let line = bytes.iter().position(|&byte| byte == b'\n')?;
    let header: Header = serde_json::from_slice(&bytes[..line]).ok()?;
    let names: Vec<String> = searcher.segment_readers().iter().map(segment_name).collect();
    // The same segments may come in another order.
    let segments: Option<Vec<u32>> =
        header.segments.iter().map(|name| Some(names.iter().position(|other| other == name)? as u32)).collect();
    let segments = segments.filter(|segments| segments.len() == names.len() && header.options == *config)?;
    let mut records = bytes[line + 1..].chunks(RECORD);
    let number = |bytes: &[u8]| Some(u32::from_le_bytes(bytes.try_into().ok()?));
    let mut member = || {
        let record = records.next().filter(|record| record.len() == RECORD)?;
        let segment = *segments.get(number(&record[..4])? as usize)?;
        let (document, passage) = (number(&record[4..8])?, number(&record[8..])?);
        let is_there = passage < searcher.segment_reader(segment).max_doc();
        is_there.then_some(Member { segment, document, passage })
    };
    let mut groups = Vec::with_capacity(header.sizes.len());
    for size in header.sizes {
        groups.push((0..size).map(|_| member()).collect::<Option<Vec<Member>>>()?);
    }
    records.next().is_none().then_some(groups)
}
