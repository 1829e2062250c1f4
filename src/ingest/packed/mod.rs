//! Packed files: compression as a stream (`unpack`), and archives entry by entry (`archive`, `directory`).

pub(crate) mod archive;
pub(crate) mod directory;
pub(crate) mod unpack;
