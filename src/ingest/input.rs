//! One input to its documents: unpacked as often as it is packed, decoded, and read by its format.

use std::io::{BufRead, BufReader, Read as _};
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::Arc;

use crate::ingest::column_parts::ColumnParts;
use crate::ingest::decode::binary;
use crate::ingest::decode::declared;
use crate::ingest::decode::encoding::{Decoding, EncodingHints, TextEncoding};
use crate::ingest::decode::peek::{HEAD_BYTES, Peeked};
use crate::ingest::event::{Advice, Problem, ProblemKind, ReadEvent, Reason, describe_io};
use crate::ingest::field_map::FieldMap;
use crate::ingest::field_names::FieldNames;
use crate::ingest::files::file_type::{unknown_format, without_ending};
use crate::ingest::formats::content::{is_mail, of_content, sniffed};
use crate::ingest::formats::format::{InputFormat, extension};
use crate::ingest::formats::html::words::PageWords;
use crate::ingest::formats::{FormatContext, mail, read_format, report_decoded, warc};
use crate::ingest::limits::Limits;
use crate::ingest::meter::Counted;
use crate::ingest::origin::Origin;
use crate::ingest::packed::archive::{each_entry, spooled};
use crate::ingest::packed::compression::Compression;
use crate::ingest::packed::directory::ReadSeek;
use crate::ingest::packed::gunzip::Gunzip;
use crate::ingest::packed::tarball::each_tar_entry;
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
    /// The parts of a document that the columns of all tables hold.
    pub columns: Option<ColumnParts>,
    /// Which keys of JSON and columns of tables hold the parts of an article.
    pub map: FieldMap,
}

/// A reader of inputs, whatever they come from.
pub(crate) struct InputReader {
    pub(crate) limits: Limits,
    pub(crate) options: ReadOptions,
    pub(crate) fields: FieldNames,
    pages: Arc<PageWords>,
}

/// What an input is, by its name and its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InputKind {
    Packed(Compression),
    /// Not packed, and of a format that its content may still correct.
    Plain(InputFormat),
}

impl InputReader {
    pub(crate) fn new(limits: Limits, fields: FieldNames, pages: Arc<PageWords>, options: ReadOptions) -> InputReader {
        InputReader { limits, options, fields, pages }
    }

    /// Reads an input, packed or not.
    pub(crate) fn read(
        &self,
        input: &mut dyn BufRead,
        origin: &Origin,
        sink: &mut FileSink<'_>,
    ) -> ControlFlow<(), Complete> {
        let mut input = Peeked::new(input, HEAD_BYTES);
        let compression = match self.kind(origin, input.head()) {
            Ok(InputKind::Packed(compression)) => compression,
            Ok(InputKind::Plain(format)) => return self.read_content(&mut input, format, origin, sink),
            Err(problem) => return sink.event(ReadEvent::Problem(problem)).map_continue(|()| true),
        };
        if origin.depth == self.limits.archive_depth {
            let reason = Reason::beyond_limit("it is packed more often: ", "archive_depth", self.limits.archive_depth);
            sink.lost(&origin.path, reason)?;
            return ControlFlow::Continue(true);
        }
        let (limits, meter) = (self.limits, Rc::clone(&sink.meter));
        let mut inside = Origin { depth: origin.depth + 1, ..origin.clone() };
        match compression {
            Compression::Zip => {
                return match spooled(&mut input) {
                    Ok(mut file) => self.read_archive(&mut file, &inside, sink),
                    Err(error) => sink.lost(&origin.path, Reason::of_io(&error)).map_continue(|()| false),
                };
            }
            Compression::Tar => {
                return each_tar_entry(&mut input, &inside, &self.limits, sink, &mut |content, entry, sink| {
                    self.read(content, entry, sink)
                });
            }
            Compression::Gzip
            | Compression::Zstd
            | Compression::Bzip2
            | Compression::Xz
            | Compression::Lzma
            | Compression::Brotli => {}
        }
        inside.name.truncate(without_ending(&inside.name, compression).len());
        inside.id.truncate(without_ending(&inside.id, compression).len());
        let input = Counted::new(input);
        let packed = input.count();
        if compression == Compression::Gzip {
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
            return ControlFlow::Continue(complete);
        }
        match compression.decoder(input) {
            Ok(Some(decoder)) => {
                let content = Unpacked::new(decoder, compression, limits, meter, packed);
                self.read(&mut BufReader::with_capacity(BUFFER_BYTES, content), &inside, sink)
            }
            Ok(None) => ControlFlow::Continue(true),
            Err(error) => {
                let reason = format!("the {} data is damaged: {}", compression.name(), describe_io(&error));
                sink.lost(&origin.path, reason).map_continue(|()| false)
            }
        }
    }

    /// Reads the entries of an archive, each like a file.
    pub(crate) fn read_archive(
        &self,
        archive: &mut dyn ReadSeek,
        origin: &Origin,
        sink: &mut FileSink<'_>,
    ) -> ControlFlow<(), Complete> {
        each_entry(archive, origin, &self.limits, sink, &mut |content, entry, sink| self.read(content, entry, sink))
    }

    /// The format of an input of this name, unless the user stated it.
    fn format_of(&self, name: &str) -> Option<InputFormat> {
        self.options.format.or_else(|| InputFormat::of(name))
    }

    /// What an input is that begins so.
    ///
    /// # Errors
    ///
    /// When it is not read: it is no text, or neither its name nor its beginning tells a format.
    pub(crate) fn kind(&self, origin: &Origin, head: &[u8]) -> Result<InputKind, Problem> {
        let problem = |fault: &str, reason: Reason| match origin.is_named {
            true => Problem::new(ProblemKind::Lost, origin.path.clone(), reason),
            false => Problem::skipped(origin.path.clone(), fault),
        };
        if self.options.format.is_none()
            && let Some(kind) = binary::kind(head)
        {
            let reason = format!("{kind}; convert it to text or HTML, or unpack it, to index it");
            return Err(problem(kind, reason.into()));
        }
        if let Some(compression) = compression_of(&origin.name, head) {
            return Ok(InputKind::Packed(compression));
        }
        let format = self.known_format(origin, head).map(InputKind::Plain);
        format.ok_or_else(|| problem("unknown format", Reason::from(unknown_format()).advising(Advice::StateFormat)))
    }

    /// The format by the name of an input or by its beginning.
    fn known_format(&self, origin: &Origin, head: &[u8]) -> Option<InputFormat> {
        let Origin { name, is_named, .. } = origin;
        if let Some(known) = self.format_of(name) {
            return Some(known);
        }
        if warc::begins(head) {
            return Some(InputFormat::Warc);
        }
        // An ending by which an input is packed says that what is in it may be of any format, if it is not packed at all.
        if !binary::is_text(head) {
            return None;
        }
        if is_mail(name, *is_named, head) {
            return Some(InputFormat::Mail);
        }
        let hints =
            EncodingHints { given: self.options.encoding, transport: None, declared: declared::encoding(true, head) };
        let mut text = Vec::new();
        // Reading from memory does not fail.
        let _ = Decoding::new(head, head, hints).read_to_end(&mut text);
        sniffed(name, *is_named, &String::from_utf8_lossy(&text))
    }

    /// Reads an input that is not packed.
    fn read_content(
        &self,
        input: &mut Peeked<&mut dyn BufRead>,
        format: InputFormat,
        origin: &Origin,
        sink: &mut FileSink<'_>,
    ) -> ControlFlow<(), Complete> {
        let head = input.head().to_vec();
        let given = self.options.encoding;
        let InputReader { limits, fields, pages, .. } = self;
        let columns = self.options.columns.as_ref();
        let context = FormatContext { origin, limits, fields, pages, map: &self.options.map, encoding: given, columns };
        match format {
            // Each of their pages and parts has its own encoding.
            InputFormat::Warc => return warc::read_pages(input, &context, sink),
            InputFormat::Mail => return mail::read_messages(input, &context, sink),
            _ => {}
        }
        let hints = EncodingHints { given, transport: None, declared: declared::encoding(format.is_markup(), &head) };
        let stated = declared::label(format.is_markup() && given.is_none(), &head);
        let mut input = Peeked::new(Decoding::new(input, &head, hints), HEAD_BYTES);
        let head = String::from_utf8_lossy(input.head()).into_owned();
        let format = if self.options.format.is_some() { format } else { of_content(format, &head) };
        let complete = read_format(format, &mut input, &context, sink)?;
        report_decoded(input.inner().decoded(), stated, &origin.path, sink)?;
        ControlFlow::Continue(complete)
    }
}

/// How an input is packed: by its first bytes, or where these do not tell, by its name.
fn compression_of(name: &str, head: &[u8]) -> Option<Compression> {
    let by_name = || extension(name).and_then(|extension| Compression::of_name(&extension, head));
    Compression::of(head).or_else(by_name)
}
