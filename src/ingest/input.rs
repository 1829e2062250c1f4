//! One input to its documents: unpacked as often as it is packed, decoded, and read by its format.

use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::ingest::columns::{Columns, Headings};
use crate::ingest::decode::declared;
use crate::ingest::decode::encoding::{Decoding, EncodingHints, TextEncoding};
use crate::ingest::decode::peek::{HEAD_BYTES, Peeked};
use crate::ingest::event::{Advice, Reason};
use crate::ingest::files::file_type::{is_readable, unknown_format, without_ending};
use crate::ingest::formats::format::InputFormat;
use crate::ingest::formats::html::words::PageWords;
use crate::ingest::formats::{FormatContext, read_format, report_decoded, warc};
use crate::ingest::limits::Limits;
use crate::ingest::meter::Counted;
use crate::ingest::origin::Origin;
use crate::ingest::packed::archive::{each_entry, spooled};
use crate::ingest::packed::compression::Compression;
use crate::ingest::packed::directory::ReadSeek;
use crate::ingest::packed::gunzip::Gunzip;
use crate::ingest::packed::unpacked::Unpacked;
use crate::ingest::sink::{Complete, FileSink};

/// Bytes that are read at a time, from a file or of what is unpacked.
pub(crate) const BUFFER_BYTES: usize = 64 << 10;

/// Statements of a user about all inputs.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The format of all files, whatever their names, and of standard input; packed files are unpacked first.
    pub format: Option<InputFormat>,
    /// The encoding of all files, whatever they seem to be in.
    pub encoding: Option<TextEncoding>,
}

/// A reader of inputs, whatever they come from.
pub(crate) struct InputReader {
    pub(crate) limits: Limits,
    pub(crate) options: ReadOptions,
    columns: Columns,
    headings: Headings,
    pages: PageWords,
}

impl InputReader {
    pub(crate) fn new(limits: Limits, columns: Columns, pages: PageWords, options: ReadOptions) -> InputReader {
        let headings = columns.headings();
        InputReader { limits, options, columns, headings, pages }
    }

    /// Reads an input, packed or not.
    pub(crate) fn read(
        &self,
        input: &mut dyn BufRead,
        origin: &Origin,
        sink: &mut FileSink<'_>,
    ) -> ControlFlow<(), Complete> {
        let mut input = Peeked::new(input, HEAD_BYTES);
        let Some(compression) = Compression::of(input.head()) else {
            return self.read_content(&mut input, origin, sink);
        };
        if origin.depth == self.limits.archive_depth {
            let reason = Reason::beyond_limit("it is packed more often: ", "archive_depth", self.limits.archive_depth);
            sink.lost(&origin.path, reason)?;
            return ControlFlow::Continue(true);
        }
        let (limits, meter) = (self.limits, Rc::clone(&sink.meter));
        let mut inside = Origin { depth: origin.depth + 1, ..origin.clone() };
        if compression == Compression::Zip {
            return match spooled(&mut input) {
                Ok(mut file) => self.read_archive(&mut file, &inside, sink),
                Err(error) => sink.lost(&origin.path, Reason::of_io(&error)).map_continue(|()| false),
            };
        }
        inside.name.truncate(without_ending(&inside.name, compression).len());
        inside.id.truncate(without_ending(&inside.id, compression).len());
        let input = Counted::new(input);
        let packed = input.count();
        match compression {
            Compression::Gzip => {
                let gunzip = Gunzip::new(input);
                if self.format_of(&inside.name).is_none()
                    && let Some(stored) = gunzip.name()
                {
                    inside.name = stored;
                }
                let content = Unpacked::new(gunzip, compression, limits, meter, packed);
                let mut content = BufReader::with_capacity(BUFFER_BYTES, content);
                let complete = self.read(&mut content, &inside, sink)?;
                if content.get_ref().inner().has_garbage() {
                    sink.noted(&origin.path, "what follows the gzip data is none, and skipped")?;
                }
                ControlFlow::Continue(complete)
            }
            _ => match zstd::Decoder::with_buffer(input) {
                Ok(decoder) => {
                    let content = Unpacked::new(decoder, compression, limits, meter, packed);
                    self.read(&mut BufReader::with_capacity(BUFFER_BYTES, content), &inside, sink)
                }
                Err(error) => sink.lost(&origin.path, Reason::of_io(&error)).map_continue(|()| false),
            },
        }
    }

    /// Reads the entries of an archive, each like a file.
    pub(crate) fn read_archive(
        &self,
        archive: &mut dyn ReadSeek,
        origin: &Origin,
        sink: &mut FileSink<'_>,
    ) -> ControlFlow<(), Complete> {
        let may_be_read = |name: &str| self.options.format.is_some() || is_readable(name);
        each_entry(archive, origin, &self.limits, sink, &may_be_read, &mut |content, entry, sink| {
            self.read(content, entry, sink)
        })
    }

    /// The format of an input of this name, unless the user stated it.
    fn format_of(&self, name: &str) -> Option<InputFormat> {
        self.options.format.or_else(|| InputFormat::of(name))
    }

    /// Reads an input that is not packed.
    fn read_content(
        &self,
        input: &mut Peeked<&mut dyn BufRead>,
        origin: &Origin,
        sink: &mut FileSink<'_>,
    ) -> ControlFlow<(), Complete> {
        let Some(format) = self.format_of(&origin.name) else {
            if origin.is_named {
                sink.lost(&origin.path, Reason::from(unknown_format()).advising(Advice::StateFormat))?;
            } else {
                sink.skipped(&origin.path, "unknown format")?;
            }
            return ControlFlow::Continue(true);
        };
        let given = self.options.encoding;
        let InputReader { limits, columns, headings, pages, .. } = self;
        let context = FormatContext { origin, limits, columns, headings, pages, encoding: given };
        if format == InputFormat::Warc {
            // Each of its pages has its own encoding.
            return warc::read_pages(input, &context, sink);
        }
        let head = input.head().to_vec();
        let hints = EncodingHints { given, transport: None, declared: declared::encoding(format.is_markup(), &head) };
        let mut input = Peeked::new(Decoding::new(input, &head, hints), HEAD_BYTES);
        let head = String::from_utf8_lossy(input.head()).into_owned();
        let format = if self.options.format.is_some() { format } else { format.of_content(&head) };
        let complete = read_format(format, &mut input, &head, &context, sink)?;
        report_decoded(input.inner().decoded(), &origin.path, sink)?;
        ControlFlow::Continue(complete)
    }
}
