//! Which characters? The encoding of bytes, as a document declares it (`declared`) or as judged from the bytes (`charset`), and
//! the bytes as UTF-8, as a stream (`encoding`) of blocks (`block`); `peek` looks at the beginning of an input.

pub(crate) mod binary;
pub(crate) mod block;
pub(crate) mod charset;
pub(crate) mod declared;
pub(crate) mod encoding;
pub(crate) mod peek;
