//! What is packed? Compression known by its first bytes (`compression`), unpacked as a stream within limits (`unpacked`,
//! `gunzip`), and archives entry by entry: zip (`archive`, `directory`) and tar (`tarball`, `tar_header`), with `entry_name`
//! and `bomb_guard`.

pub(crate) mod archive;
pub(crate) mod bomb_guard;
pub(crate) mod compression;
pub(crate) mod directory;
pub(crate) mod entry_name;
pub(crate) mod gunzip;
pub(crate) mod tar_header;
pub(crate) mod tarball;
pub(crate) mod unpacked;
