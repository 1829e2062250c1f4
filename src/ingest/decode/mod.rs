//! Which characters? The encoding of bytes, as a document declares it (`declared`) or as judged from the bytes (`charset` by
//! `usual`, `wide`, `escapes`), and the bytes as UTF-8, as a stream (`encoding`) of blocks (`block`, by `double_byte`
//! where bytes are lost, by `escaped`, `code_page`, `utf32` where encoding_rs has no decoder); `text_encoding` knows the labels; `peek` looks at the beginning of an input.

pub(crate) mod binary;
pub(crate) mod block;
pub(crate) mod charset;
pub(crate) mod code_page;
pub(crate) mod declared;
pub(crate) mod double_byte;
pub(crate) mod encoding;
pub(crate) mod escaped;
pub(crate) mod escapes;
pub(crate) mod peek;
pub(crate) mod standard;
pub(crate) mod text_encoding;
pub(crate) mod usual;
pub(crate) mod utf32;
pub(crate) mod wide;

#[cfg(test)]
mod detection_tests;
#[cfg(test)]
mod tests;
