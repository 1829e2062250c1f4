//! Files to documents.
//!
//! In: paths, as the user gave them. Out: documents in a fixed order (arguments as given, folders by name), each with
//! where it came from, and problems that name file and line. Bad input never stops the run here; the caller decides.
//!
//! Each folder answers one question: `files` which files there are and whether they have changed, `packed` what is packed in
//! them, `decode` which characters their bytes are, `formats` which documents are in them, `date` on which day a document was
//! published. None of them imports another that comes before it here. `input` leads one input through them, `reader` all
//! paths; what is found goes to a `sink` as an `event`.

pub(crate) mod bylines;
pub(crate) mod column_parts;
pub(crate) mod date;
pub(crate) mod decode;
pub(crate) mod event;
pub(crate) mod field_lists;
pub(crate) mod field_map;
pub(crate) mod field_names;
pub(crate) mod files;
pub(crate) mod formats;
pub(crate) mod input;
pub(crate) mod limits;
pub(crate) mod meter;
pub(crate) mod options;
pub(crate) mod origin;
pub(crate) mod outlets;
pub(crate) mod packed;
pub(crate) mod part;
pub(crate) mod reader;
pub(crate) mod sink;

pub use crate::ingest::column_parts::ColumnParts;
pub use crate::ingest::date::DateReader;
pub use crate::ingest::decode::encoding::TextEncoding;
pub use crate::ingest::event::{Advice, FileState, Problem, ProblemKind, ReadEvent, Reason};
pub use crate::ingest::field_map::FieldMap;
pub use crate::ingest::field_names::FieldNames;
pub(crate) use crate::ingest::files::name::{absolute, key as path_key};
pub use crate::ingest::files::walk::total_bytes;
pub use crate::ingest::formats::format::InputFormat;
pub use crate::ingest::formats::html::words::PageWords;
pub use crate::ingest::input::ReadOptions;
pub use crate::ingest::limits::Limits;
pub use crate::ingest::options::Options;
pub use crate::ingest::reader::DocumentReader;
pub use crate::ingest::sink::ReadSink;
