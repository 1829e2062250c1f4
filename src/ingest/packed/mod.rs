//! What is packed? Compression known by its first bytes (`compression`), unpacked as a stream within limits (`unpacked`,
//! `gunzip`), and archives entry by entry (`archive`, `directory`, `entry_name`).

pub(crate) mod archive;
pub(crate) mod compression;
pub(crate) mod directory;
pub(crate) mod entry_name;
pub(crate) mod gunzip;
pub(crate) mod unpacked;
