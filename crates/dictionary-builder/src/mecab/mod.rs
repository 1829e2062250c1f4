//! A reader of mecab-ko-dic in the binary form that `mecab-dict-index` writes.
//!
//! In go the bytes of `sys.dic`, `unk.dic`, `matrix.bin` and `char.bin`; out come plain entries, costs and character
//! ranges, the same that the dictionary's source files had. Nothing is interpreted here: `korean.rs` decides which fields
//! are kept. Invariant: every reader accounts for each byte and each count of the file's header, and fails otherwise. The
//! layouts are those of MeCab 0.996 (`dictionary.cpp`, `connector.cpp`, `char_property.cpp`, `darts.h`); all numbers are
//! little-endian.

mod characters;
mod lexicon;
mod matrix;

use anyhow::{Context, Result};

pub(crate) use characters::CharacterTable;
pub(crate) use lexicon::{Kind, Lexicon, LexiconEntry};
pub(crate) use matrix::Matrix;

/// Returns the `N` bytes at `at`.
///
/// # Errors
///
/// Fails if they do not all lie inside `bytes`.
fn bytes_at<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N]> {
    at.checked_add(N)
        .and_then(|end| bytes.get(at..end))
        .and_then(|slice| slice.try_into().ok())
        .with_context(|| format!("the file ends before byte {at} + {N}"))
}

/// Returns the u16 at byte `at`.
fn u16_at(bytes: &[u8], at: usize) -> Result<u16> {
    Ok(u16::from_le_bytes(bytes_at(bytes, at)?))
}

/// Returns the i16 at byte `at`.
fn i16_at(bytes: &[u8], at: usize) -> Result<i16> {
    Ok(i16::from_le_bytes(bytes_at(bytes, at)?))
}

/// Returns the u32 at byte `at`.
fn u32_at(bytes: &[u8], at: usize) -> Result<u32> {
    Ok(u32::from_le_bytes(bytes_at(bytes, at)?))
}

/// Returns the text before the first NUL of `bytes`, or all of it where there is none.
///
/// # Errors
///
/// Fails if that is not UTF-8.
fn text_before_nul(bytes: &[u8]) -> Result<&str> {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    std::str::from_utf8(&bytes[..end]).context("a text is not UTF-8")
}
