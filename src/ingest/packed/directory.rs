//! The directory of a zip archive, and the packed bytes of its entries, by the crate rawzip.

use std::cell::RefCell;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use rawzip::extra_fields::ExtraFieldId;
use rawzip::{
    CompressionMethod, Error, ErrorKind, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder, ZipFileHeaderRecord,
};

/// Bytes that are read from an entry at a time.
const BUFFER_BYTES: usize = 32 << 10;
/// Records that look like the end of a directory and are none, of which an archive may have as many.
const MAX_FALSE_ENDS: usize = 16;

/// The compression methods that are supported.
pub(crate) const METHODS: [CompressionMethod; 3] =
    [CompressionMethod::STORE, CompressionMethod::DEFLATE, CompressionMethod::ZSTD];

/// An input that can be read from anywhere in it.
pub(crate) trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// An archive and its entries, which are read in turn from one file.
pub(crate) type Archive<'a> = ZipArchive<Shared<'a>>;

/// A file that is read at any place by everyone who has it.
pub(crate) struct Shared<'a>(RefCell<&'a mut dyn ReadSeek>);

impl ReaderAt for Shared<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut file = self.0.borrow_mut();
        file.seek(SeekFrom::Start(offset))?;
        file.read(buffer)
    }
}

/// Finds the directory of an archive. The buffer is for the directory, of which no more is in memory.
pub(crate) fn open<'a>(file: &'a mut dyn ReadSeek, buffer: &mut [u8]) -> Result<Archive<'a>, Error> {
    let mut end = file.seek(SeekFrom::End(0))?;
    let mut file = Shared(RefCell::new(file));
    let mut first = None;
    for _ in 0..MAX_FALSE_ENDS {
        let error =
            match ZipArchive::with_max_search_space(u64::from(u16::MAX) + 22).locate_in_reader(file, buffer, end) {
                Ok(archive) => return Ok(archive),
                Err((back, error)) => {
                    file = back;
                    error
                }
            };
        // A comment may hold what looks like the end of a directory; the true one is before it.
        let false_end = error.eocd_offset();
        first.get_or_insert(error);
        let Some(at) = false_end else { break };
        end = at;
    }
    Err(first.unwrap_or_else(|| ErrorKind::MissingEndOfCentralDirectory.into()))
}

/// The names of an archive's entries as bytes, up to the first entry that cannot be read.
pub(crate) fn names<'a>(archive: &'a Archive<'_>, buffer: &'a mut [u8]) -> impl Iterator<Item = Vec<u8>> + 'a {
    let mut entries = archive.entries(buffer);
    std::iter::from_fn(move || entries.next_entry().ok().flatten().map(|record| name_of(&record)))
}

/// An entry of the directory, apart from the buffer that the directory is read in.
pub(crate) struct Entry {
    /// The name as bytes, in whatever encoding.
    pub(crate) name: Vec<u8>,
    pub(crate) is_symlink: bool,
    pub(crate) is_encrypted: bool,
    pub(crate) method: CompressionMethod,
    /// Packed bytes, as the directory says.
    pub(crate) packed: u64,
    place: ZipArchiveEntryWayfinder,
    checksum: u32,
}

impl Entry {
    pub(crate) fn new(record: &ZipFileHeaderRecord<'_>) -> Entry {
        Entry {
            name: name_of(record),
            is_symlink: record.mode().is_symlink(),
            is_encrypted: record.flags().is_encrypted(),
            method: record.compression_method(),
            packed: record.compressed_size_hint(),
            place: record.wayfinder(),
            checksum: record.crc32(),
        }
    }

    pub(crate) fn is_folder(&self) -> bool {
        matches!(self.name.last(), Some(b'/' | b'\\'))
    }

    /// The content, unpacked by one of [`METHODS`] and checked when it ends.
    pub(crate) fn content<'a>(&self, archive: &'a Archive<'_>) -> Result<Box<dyn Read + 'a>, Error> {
        let packed = BufReader::with_capacity(BUFFER_BYTES, archive.get_entry(self.place)?.reader());
        let content: Box<dyn Read + 'a> = match self.method {
            CompressionMethod::DEFLATE => Box::new(flate2::bufread::DeflateDecoder::new(packed)),
            CompressionMethod::ZSTD => Box::new(zstd::Decoder::with_buffer(packed)?),
            _ => Box::new(packed),
        };
        Ok(Box::new(Checked { content, found: crc32fast::Hasher::new(), expected: self.checksum }))
    }
}

/// The name of an entry: that in UTF-8 beside it, unless it is of an earlier name (APPNOTE.TXT of PKWARE, 4.6.9).
fn name_of(record: &ZipFileHeaderRecord<'_>) -> Vec<u8> {
    let name = record.file_path().as_bytes();
    let mut fields = record.extra_fields();
    let unicode = fields.find(|(field, _)| *field == ExtraFieldId::INFO_ZIP_UNICODE_PATH).map(|(_, data)| data);
    match unicode.and_then(|data| data.get(1..)).and_then(|data| data.split_first_chunk()) {
        Some((checksum, unicode))
            if u32::from_le_bytes(*checksum) == crc32fast::hash(name) && std::str::from_utf8(unicode).is_ok() =>
        {
            unicode.to_vec()
        }
        _ => name.to_vec(),
    }
}

/// Content that has to have a checksum. It fails at its end, so what comes before is read.
struct Checked<R> {
    content: R,
    found: crc32fast::Hasher,
    expected: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        self.found.update(&buffer[..count]);
        if count == 0 && !buffer.is_empty() && self.found.clone().finalize() != self.expected {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the checksum does not match"));
        }
        Ok(count)
    }
}
