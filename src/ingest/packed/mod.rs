//! Packed files: compression as a stream (`unpack`), and archives entry by entry (`archive`).

pub(crate) mod archive;
pub(crate) mod unpack;
