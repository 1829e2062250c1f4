//! Lexicons (`sys.dic` and `unk.dic`): a header, a Darts double array of the surfaces, tokens, and feature strings.
//!
//! The double array is walked from its root, so that the surfaces, which are stored nowhere else, come back. A surface's
//! value packs the index of its first token and how many tokens it has; together the surfaces cover each token once.

use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};

use super::{i16_at, text_before_nul, u16_at, u32_at};

/// The magic number, which is XORed with the file's size in the header's first word.
const MAGIC: u32 = 0xef71_8f77;
/// The only layout version that MeCab 0.996 writes and reads.
const VERSION: u32 = 102;
/// Length of the header in bytes: ten u32 numbers, and 32 bytes with the name of the charset.
const HEADER_SIZE: usize = 72;
/// Length of a token in bytes: left id, right id, part-of-speech id (u16 each), cost (i16), feature offset and an unused number
/// (u32 each).
const TOKEN_SIZE: usize = 16;
/// Length of a unit of the double array in bytes: an i32 `base` and a u32 `check`.
const UNIT_SIZE: usize = 8;

/// The kind of a lexicon file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `sys.dic`: the words.
    System = 0,
    /// `unk.dic`: one or more entries for each character category.
    Unknown = 2,
}

/// A dictionary entry, with the fields of a line in the dictionary's source files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LexiconEntry<'a> {
    /// The word, or the name of the character category in `unk.dic`.
    pub(crate) surface: String,
    /// Left context id, which is matched with the word before.
    pub(crate) left_id: u16,
    /// Right context id, which is matched with the word after.
    pub(crate) right_id: u16,
    /// Cost of the word itself; lower is more likely.
    pub(crate) cost: i16,
    /// Features of the word, separated by commas, without quoting.
    pub(crate) feature: &'a str,
}

/// A lexicon: all entries of a file.
#[derive(Debug)]
pub(crate) struct Lexicon<'a> {
    /// The entries, sorted by surface (bytes), then in the order of the tokens.
    pub(crate) entries: Vec<LexiconEntry<'a>>,
    /// Number of right ids that the connection matrix must have (ids of the word before).
    pub(crate) left_size: u32,
    /// Number of left ids that the connection matrix must have (ids of the word after).
    pub(crate) right_size: u32,
}

impl<'a> Lexicon<'a> {
    /// Reads every entry of a dictionary file.
    ///
    /// # Errors
    ///
    /// Fails if the header contradicts the file, the charset is not UTF-8, or the double array does not lead to every
    /// token exactly once.
    pub(crate) fn read(bytes: &'a [u8], kind: Kind) -> Result<Self> {
        let sections = Sections::read(bytes, kind)?;
        let mut entries = Vec::with_capacity(sections.entry_count);
        let mut seen = vec![false; sections.entry_count];
        for (surface, tokens) in surfaces(sections.double_array)? {
            let surface = String::from_utf8(surface).context("a surface is not UTF-8")?;
            ensure!(tokens.end <= sections.entry_count, "`{surface}` points behind the last token");
            for token in tokens {
                ensure!(!seen[token], "token {token} belongs to `{surface}` and to another surface");
                seen[token] = true;
                entries.push(sections.entry(surface.clone(), token)?);
            }
        }
        if let Some(missed) = seen.iter().position(|&seen| !seen) {
            bail!("token {missed} belongs to no surface of the double array");
        }
        Ok(Self { entries, left_size: sections.left_size, right_size: sections.right_size })
    }
}

/// The sections of a file, by the sizes in its header.
struct Sections<'a> {
    entry_count: usize,
    left_size: u32,
    right_size: u32,
    double_array: &'a [u8],
    tokens: &'a [u8],
    features: &'a [u8],
}

impl<'a> Sections<'a> {
    fn read(bytes: &'a [u8], kind: Kind) -> Result<Self> {
        let field = |number: usize| u32_at(bytes, number * 4);
        let size = |number: usize| anyhow::Ok(usize::try_from(field(number)?)?);
        ensure!(field(0)? ^ MAGIC == u32::try_from(bytes.len())?, "the size in the header is not the file's size");
        ensure!(field(1)? == VERSION, "layout version {} is unknown", field(1)?);
        ensure!(field(2)? == kind as u32, "the file's kind is {}, not {}", field(2)?, kind as u32);
        let charset = text_before_nul(bytes.get(40..HEADER_SIZE).context("the header is cut")?)?;
        ensure!(charset.eq_ignore_ascii_case("utf-8"), "the charset is `{charset}`, not UTF-8");

        let entry_count = size(3)?;
        let (array_size, token_size, feature_size) = (size(6)?, size(7)?, size(8)?);
        ensure!(
            HEADER_SIZE + array_size + token_size + feature_size == bytes.len(),
            "the sections do not fill the file"
        );
        ensure!(token_size >= entry_count * TOKEN_SIZE, "{entry_count} tokens do not fit their section");
        let (double_array, rest) = bytes[HEADER_SIZE..].split_at(array_size);
        let (tokens, features) = rest.split_at(token_size);
        Ok(Self { entry_count, left_size: field(4)?, right_size: field(5)?, double_array, tokens, features })
    }

    /// Returns the token with this index as an entry of `surface`.
    fn entry(&self, surface: String, token: usize) -> Result<LexiconEntry<'a>> {
        let at = token * TOKEN_SIZE;
        let feature_at = usize::try_from(u32_at(self.tokens, at + 8)?)?;
        let feature = self
            .features
            .get(feature_at..)
            .with_context(|| format!("the features of `{surface}` lie outside the file"))?;
        Ok(LexiconEntry {
            left_id: u16_at(self.tokens, at)?,
            right_id: u16_at(self.tokens, at + 2)?,
            cost: i16_at(self.tokens, at + 6)?,
            feature: text_before_nul(feature).with_context(|| format!("features of `{surface}`"))?,
            surface,
        })
    }
}

/// Walks a Darts double array and returns every surface in byte order with the range of its tokens.
///
/// In a unit, `base` is the offset of its children: the child over byte `b` is unit `base + b + 1`, and has the
/// parent's `base` as its `check`. The unit at `base` itself, if its `check` is that `base`, ends a key and holds
/// `-value - 1`.
fn surfaces(double_array: &[u8]) -> Result<Vec<(Vec<u8>, Range<usize>)>> {
    let units: Vec<(i32, u32)> = double_array
        .chunks_exact(UNIT_SIZE)
        .map(|unit| {
            let word = |at: usize| [unit[at], unit[at + 1], unit[at + 2], unit[at + 3]];
            (i32::from_le_bytes(word(0)), u32::from_le_bytes(word(4)))
        })
        .collect();
    let child = |base: u32, offset: u32| {
        let index = base.checked_add(offset)?;
        let &(child_base, check) = units.get(index as usize)?;
        (check == base).then_some(child_base)
    };

    let mut found = Vec::new();
    let mut visited = 0;
    let root = units.first().context("the double array is empty")?.0;
    // The last element is visited next, so children are pushed from the highest byte down.
    let mut pending = vec![(Vec::new(), u32::try_from(root)?)];
    while let Some((key, base)) = pending.pop() {
        visited += 1;
        ensure!(visited <= units.len(), "the double array runs in a circle");
        if let Some(value) = child(base, 0).filter(|&value| value < 0) {
            let value = u32::try_from(-(i64::from(value) + 1))?;
            let first_token = usize::try_from(value >> 8)?;
            found.push((key.clone(), first_token..first_token + usize::try_from(value & 0xff)?));
        }
        for byte in (0..=u8::MAX).rev() {
            let next = child(base, u32::from(byte) + 1);
            if let Some(next_base) = next.and_then(|base| u32::try_from(base).ok()) {
                let mut next_key = key.clone();
                next_key.push(byte);
                pending.push((next_key, next_base));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Units of a double array with the keys `a` (tokens 0 and 1) and `ab` (token 2).
    ///
    /// Root base 1: `a` is unit 1 + 97 + 1 = 99 with base 2; its end is unit 2; `b` is unit 2 + 98 + 1 = 101 with base
    /// 3; its end is unit 3.
    fn double_array() -> Vec<u8> {
        let mut units = vec![(0_i32, 0_u32); 102];
        units[0] = (1, 0);
        units[99] = (2, 1);
        units[2] = (-3, 2); // value 2 = token 0, count 2
        units[101] = (3, 2);
        units[3] = (-(2 << 8 | 1) - 1, 3);
        let mut bytes = Vec::new();
        for (base, check) in units {
            bytes.extend(base.to_le_bytes());
            bytes.extend(check.to_le_bytes());
        }
        bytes
    }

    fn dictionary(tokens: u32) -> Vec<u8> {
        let array = double_array();
        let features = b"X,1\0Y,2\0";
        let mut bytes = Vec::new();
        let size = HEADER_SIZE + array.len() + tokens as usize * TOKEN_SIZE + features.len();
        let numbers = [
            u32::try_from(size).unwrap() ^ MAGIC,
            VERSION,
            0,
            tokens,
            7,
            9,
            u32::try_from(array.len()).unwrap(),
            tokens * 16,
            u32::try_from(features.len()).unwrap(),
            0,
        ];
        for number in numbers {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(b"UTF-8");
        bytes.resize(HEADER_SIZE, 0);
        bytes.extend(array);
        for token in 0..tokens {
            let token_bytes = u16::try_from(token).unwrap();
            bytes.extend((10 + token_bytes).to_le_bytes());
            bytes.extend((20 + token_bytes).to_le_bytes());
            bytes.extend(0_u16.to_le_bytes());
            bytes.extend((-5_i16).to_le_bytes());
            bytes.extend((token % 2 * 4).to_le_bytes());
            bytes.extend(0_u32.to_le_bytes());
        }
        bytes.extend(features);
        bytes
    }

    #[test]
    fn reads_every_entry_in_order() {
        let bytes = dictionary(3);
        let lexicon = Lexicon::read(&bytes, Kind::System).unwrap();
        let entry = |surface: &str, left_id, right_id, feature| LexiconEntry {
            surface: surface.to_owned(),
            left_id,
            right_id,
            cost: -5,
            feature,
        };
        assert_eq!((lexicon.left_size, lexicon.right_size), (7, 9));
        assert_eq!(lexicon.entries, [entry("a", 10, 20, "X,1"), entry("a", 11, 21, "Y,2"), entry("ab", 12, 22, "X,1")]);
    }

    #[test]
    fn refuses_what_does_not_add_up() {
        let fails = |bytes: &[u8], kind| Lexicon::read(bytes, kind).unwrap_err().to_string();
        assert_eq!(fails(&dictionary(4), Kind::System), "token 3 belongs to no surface of the double array");
        assert_eq!(fails(&dictionary(2), Kind::System), "`ab` points behind the last token");
        assert_eq!(fails(&dictionary(3), Kind::Unknown), "the file's kind is 0, not 2");
        let bytes = dictionary(3);
        assert_eq!(fails(&bytes[..bytes.len() - 1], Kind::System), "the size in the header is not the file's size");
        assert!(Lexicon::read(&[], Kind::System).is_err());
    }
}
