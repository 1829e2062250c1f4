//! Formats: which one a file has (`format`), and one reader each, which hands documents to the sink.

pub(crate) mod feed;
pub(crate) mod format;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod jsonl;
pub(crate) mod markdown;
pub(crate) mod pages;
pub(crate) mod record;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod warc;
