//! Headers of tar: where an entry begins, what it is called and how long it is, in each of the forms that tools write.
//!
//! In: blocks. Out: [`TarEntry`]. The fields of a block are read by the crate tar; its iterator ends at the first mistake and
//! holds names of any length, so the blocks are followed here.

use std::io::{self, Read};

use tar::{EntryType, Header, PaxExtensions};

/// Bytes of a block.
pub(crate) const BLOCK: usize = 512;
/// Bytes of a name, or of all that a header of pax says; what is longer is skipped.
const MAX_EXTENSION_BYTES: u64 = 1 << 20;
/// Blocks of the map of a sparse file that are read.
const MAX_MAP_BLOCKS: usize = 10_000;

/// An entry of an archive, whose content comes next.
#[derive(Debug, Default)]
pub(crate) struct TarEntry {
    pub(crate) name: Vec<u8>,
    /// Bytes of the content.
    pub(crate) size: u64,
    pub(crate) is_folder: bool,
    /// What it is, if it is no file.
    pub(crate) other: Option<&'static str>,
}

/// What comes next in an archive, and the bytes before it that are no entry.
pub(crate) struct NextEntry {
    pub(crate) damaged: u64,
    /// `None` at the end.
    pub(crate) entry: Option<TarEntry>,
}

/// What headers before the one of a file say of it.
#[derive(Default)]
struct Extension {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    /// True if the content begins with the map of a sparse file.
    has_map: bool,
}

/// True for an input that begins with a header of tar.
pub(crate) fn begins(head: &[u8]) -> bool {
    head.get(..BLOCK).is_some_and(|block| header(block).is_some() && !block[0].is_ascii_control())
}

/// Reads up to the content of the next entry.
pub(crate) fn next_entry(input: &mut impl Read) -> io::Result<NextEntry> {
    let mut extension = Extension::default();
    let mut damaged = 0;
    loop {
        let mut block = [0; BLOCK];
        match read_block(input, &mut block)? {
            0 => return Ok(NextEntry { damaged, entry: None }),
            // Zeros end an archive, but another may follow.
            length if block[..length].iter().all(|&byte| byte == 0) => continue,
            length if length < BLOCK => {
                damaged += length as u64;
                continue;
            }
            _ => {}
        }
        let Some((header, size)) = header(&block) else {
            damaged += BLOCK as u64;
            continue;
        };
        let kind = header.entry_type();
        match kind {
            EntryType::GNULongName => {
                let mut name = read_extension(input, size)?;
                name.truncate(name.iter().position(|&byte| byte == 0).unwrap_or(name.len()));
                extension.name = Some(name).filter(|name| !name.is_empty());
            }
            EntryType::XHeader => extension.read_pax(&read_extension(input, size)?),
            EntryType::GNULongLink | EntryType::XGlobalHeader => {
                skip(input, padded(size))?;
            }
            _ => {
                if kind.is_gnu_sparse() {
                    skip_map(input, header)?;
                }
                let mut entry = TarEntry {
                    name: extension.name.take().unwrap_or_else(|| header.path_bytes().into_owned()),
                    size: extension.size.unwrap_or(size),
                    ..TarEntry::default()
                };
                if kind.is_hard_link() || kind.is_symlink() {
                    // Some tools give them the size of what they lead to, and no content.
                    entry.size = if kind.is_symlink() { 0 } else { entry.size };
                    entry.other = Some(if kind.is_symlink() { "a symbolic link" } else { "a hard link" });
                } else if kind.is_block_special() || kind.is_character_special() || kind.is_fifo() {
                    entry.other = Some("neither a file nor a folder");
                }
                // Before POSIX a folder was known by its name.
                entry.is_folder = kind.is_dir() || entry.name.ends_with(b"/") || matches!(kind.as_byte(), b'D' | b'V');
                if extension.has_map {
                    entry.size = entry.size.saturating_sub(skip_text_map(input)?);
                }
                return Ok(NextEntry { damaged, entry: Some(entry) });
            }
        }
    }
}

impl Extension {
    fn read_pax(&mut self, data: &[u8]) {
        let is_version = |value: &[u8]| value == b"1";
        for field in PaxExtensions::new(data).flatten() {
            let value = field.value_bytes();
            match field.key_bytes() {
                b"path" if self.name.is_none() => self.name = Some(value.to_vec()),
                b"GNU.sparse.name" => self.name = Some(value.to_vec()),
                b"size" => self.size = std::str::from_utf8(value).ok().and_then(|size| size.trim().parse().ok()),
                b"GNU.sparse.major" => self.has_map = is_version(value),
                _ => {}
            }
        }
    }
}

/// The header in a block, with the size that it states; `None` if its checksum is that of another.
fn header(block: &[u8]) -> Option<(&Header, u64)> {
    const CHECKSUM: std::ops::Range<usize> = 148..156;
    let header = Header::from_byte_slice(block);
    let stated = header.cksum().ok()?;
    let bytes = block.iter().enumerate().map(|(at, &byte)| if CHECKSUM.contains(&at) { b' ' } else { byte });
    let (unsigned, signed) =
        bytes.fold((0_u32, 0_i32), |(one, other), byte| (one + u32::from(byte), other + i32::from(byte.cast_signed())));
    // Some old tools added them up with signs.
    let is_right = stated == unsigned || i64::from(stated) == i64::from(signed);
    is_right.then_some(header).and_then(|header| Some((header, header.entry_size().ok()?)))
}

/// Reads a block, or what is left.
fn read_block(input: &mut impl Read, block: &mut [u8; BLOCK]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < BLOCK {
        match input.read(&mut block[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The content of a header that says something of the next, or nothing if it is too long.
fn read_extension(input: &mut impl Read, size: u64) -> io::Result<Vec<u8>> {
    let mut data = Vec::new();
    if size <= MAX_EXTENSION_BYTES {
        input.by_ref().take(size).read_to_end(&mut data)?;
    }
    skip(input, padded(size) - data.len() as u64)?;
    Ok(data)
}

/// The map of a sparse file behind its header. Its holes are no text, so that where they are does not matter.
fn skip_map(input: &mut impl Read, header: &Header) -> io::Result<()> {
    const IS_EXTENDED: usize = 504;
    let mut is_extended = header.as_gnu().is_some_and(tar::GnuHeader::is_extended);
    for _ in 0..MAX_MAP_BLOCKS {
        if !is_extended {
            break;
        }
        let mut block = [0; BLOCK];
        is_extended = read_block(input, &mut block)? == BLOCK && block[IS_EXTENDED] == 1;
    }
    Ok(())
}

/// The map of a sparse file as pax writes it: how many stretches there are, and two numbers of each, a line each.
fn skip_text_map(input: &mut impl Read) -> io::Result<u64> {
    let (mut lines, mut expected, mut number, mut read) = (0_u64, None, 0_u64, 0);
    for _ in 0..MAX_MAP_BLOCKS {
        let mut block = [0; BLOCK];
        read += read_block(input, &mut block)? as u64;
        for byte in block {
            match byte {
                b'0'..=b'9' if expected.is_none() => number = number.saturating_mul(10) + u64::from(byte - b'0'),
                b'\n' if expected.is_none() => expected = Some(number.saturating_mul(2)),
                b'\n' => lines += 1,
                _ => {}
            }
        }
        if expected.is_none_or(|expected| lines >= expected) {
            break;
        }
    }
    Ok(read)
}

/// A size with what fills up its last block.
pub(crate) fn padded(size: u64) -> u64 {
    size.checked_next_multiple_of(BLOCK as u64).unwrap_or(size)
}

/// Skips bytes without keeping them, as many as there are.
pub(crate) fn skip(input: &mut impl Read, bytes: u64) -> io::Result<u64> {
    io::copy(&mut input.take(bytes), &mut io::sink())
}
