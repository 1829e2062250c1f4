//! One file to its documents: unpacked as often as it is packed, decoded, and read by its format.

use std::io::{self, BufRead, BufReader, Read as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;

use crate::ingest::decode::declared;
use crate::ingest::decode::encoding::{Decoded, Decoding, Hints};
use crate::ingest::decode::peek::Peeked;
use crate::ingest::files::name;
use crate::ingest::files::source::Source;
use crate::ingest::formats::format::{unknown_format, unwrapped};
use crate::ingest::formats::{html, markdown, text};
use crate::ingest::limits::{beyond, size_text};
use crate::ingest::packed::archive::spooled;
use crate::ingest::packed::unpack::{Gunzip, Unpacked, Wrapper, unpack_error};
use crate::ingest::sink::{Counted, Delivery, Meter};
use crate::ingest::{Deliver, DocumentReader, FileState, InputFormat, Read};
use crate::ingest::{describe_io, lost};
use crate::text::document::Document;

/// Bytes that are read at a time, from a file or of what is unpacked.
const BUFFER_BYTES: usize = 64 << 10;
/// Bytes by which a format and an encoding are known.
pub(crate) const HEAD_BYTES: usize = 4 << 10;

/// Where documents come from.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The id of a file that is one document.
    pub(crate) id: String,
    /// The file as it was reached, or the entry of an archive behind it, for problems and hits.
    pub(crate) path: String,
    /// The name that tells the format.
    pub(crate) name: String,
    /// How often it was packed.
    pub(crate) depth: usize,
    /// True for what the user named, who then wants to know that it cannot be read.
    pub(crate) is_named: bool,
}

impl Place {
    /// An input that the user named.
    pub(crate) fn named(name: &str) -> Place {
        let name = name.to_owned();
        Place { id: name.clone(), path: name.clone(), name, depth: 0, is_named: true }
    }
}

/// Whether an input was read to its end.
pub(crate) type Complete = bool;

impl DocumentReader {
    /// Reads a file unless it is as it is known.
    pub(crate) fn read_path(
        &self,
        path: &Path,
        key: String,
        id: &str,
        is_named: bool,
        known: &dyn Fn(&str) -> Option<FileState>,
        deliver: &mut Deliver<'_>,
    ) -> ControlFlow<()> {
        let shown = name::readable_path(path);
        // The id is as the file was named, which may be otherwise now.
        let settings = format!("{}\0{id}", self.settings);
        if let Some(state) = known(&key)
            && Source::open(path, &settings).and_then(|mut source| source.is_still(state)).unwrap_or(false)
        {
            deliver(Read::Unchanged(key))?;
            return deliver(Read::Progress(state.size));
        }
        let meter = Rc::new(Meter::default());
        let mut input = match Source::open(path, &settings) {
            Ok(source) => BufReader::with_capacity(BUFFER_BYTES, source.counted(Rc::clone(&meter))),
            Err(error) => {
                deliver(Read::Unread(key))?;
                return deliver(Read::Problem(lost(shown, &describe_io(&error))));
            }
        };
        deliver(Read::Begin(key))?;
        let mut delivery = Delivery::new(deliver, meter);
        let name = path.file_name().map(name::readable).unwrap_or_default();
        let place = Place { id: id.to_owned(), path: shown, name, depth: 0, is_named };
        let is_zip = input.fill_buf().is_ok_and(|head| Wrapper::of(head) == Some(Wrapper::Zip));
        let complete = if is_zip {
            // An archive is read from its end, so it is hashed first: what changes meanwhile has then changed.
            match input.get_mut().finish().and_then(|_| input.get_mut().rewound()) {
                Ok(mut file) => self.read_archive(&mut file, &Place { depth: 1, ..place.clone() }, &mut delivery)?,
                Err(error) => self.broken(&error, &place.path, &mut delivery).map_continue(|()| false)?,
            }
        } else {
            self.read_stream(&mut input, &place, &mut delivery)?
        };
        match input.get_mut().finish() {
            Ok(state) => {
                delivery.progress()?;
                delivery.event(Read::End(complete.then_some(state)))
            }
            Err(error) => {
                delivery.lost(&place.path, &describe_io(&error))?;
                delivery.event(Read::End(None))
            }
        }
    }

    /// Reads an input that has no file: standard input, or bytes as if they were one.
    pub(crate) fn read_unfiled(
        &self,
        input: impl BufRead,
        place: &Place,
        deliver: &mut Deliver<'_>,
    ) -> ControlFlow<()> {
        let mut input = Counted::new(input);
        let meter = Rc::new(Meter { packed: input.count(), ..Meter::default() });
        let mut delivery = Delivery::new(deliver, meter);
        self.read_stream(&mut input, place, &mut delivery)?;
        delivery.progress()
    }

    /// Reads an input, packed or not.
    pub(crate) fn read_stream(
        &self,
        input: &mut dyn BufRead,
        place: &Place,
        delivery: &mut Delivery<'_, '_>,
    ) -> ControlFlow<(), Complete> {
        let mut input = Peeked::new(input, HEAD_BYTES);
        let Some(wrapper) = Wrapper::of(input.head()) else {
            return self.read_content(&mut input, place, delivery);
        };
        if place.depth == self.limits.archive_depth {
            let reason = beyond("archive_depth", self.limits.archive_depth);
            delivery.lost(&place.path, &format!("it is packed more often: {reason}"))?;
            return ControlFlow::Continue(true);
        }
        let (limits, meter) = (self.limits, Rc::clone(&delivery.meter));
        let mut inside = Place { depth: place.depth + 1, ..place.clone() };
        if wrapper == Wrapper::Zip {
            return match spooled(&mut input) {
                Ok(mut file) => self.read_archive(&mut file, &inside, delivery),
                Err(error) => self.broken(&error, &place.path, delivery).map_continue(|()| false),
            };
        }
        inside.name.truncate(unwrapped(&inside.name, wrapper).len());
        inside.id.truncate(unwrapped(&inside.id, wrapper).len());
        let input = Counted::new(input);
        let packed = input.count();
        match wrapper {
            Wrapper::Gzip => {
                let gunzip = Gunzip::new(input);
                if self.format_of(&inside.name).is_none()
                    && let Some(stored) = gunzip.name()
                {
                    inside.name = stored;
                }
                let content = Unpacked::new(gunzip, wrapper, limits, meter, packed);
                let mut content = BufReader::with_capacity(BUFFER_BYTES, content);
                let complete = self.read_stream(&mut content, &inside, delivery)?;
                if content.get_ref().inner().has_garbage() {
                    delivery.noted(&place.path, "what follows the gzip data is none, and passed over")?;
                }
                ControlFlow::Continue(complete)
            }
            _ => match zstd::Decoder::with_buffer(input) {
                Ok(decoder) => {
                    let content = Unpacked::new(decoder, wrapper, limits, meter, packed);
                    self.read_stream(&mut BufReader::with_capacity(BUFFER_BYTES, content), &inside, delivery)
                }
                Err(error) => self.broken(&error, &place.path, delivery).map_continue(|()| false),
            },
        }
    }

    /// The format of what has this name, unless the user said it.
    fn format_of(&self, name: &str) -> Option<InputFormat> {
        self.options.format.or_else(|| InputFormat::of(name))
    }

    /// Reads what is not packed.
    fn read_content(
        &self,
        input: &mut Peeked<&mut dyn BufRead>,
        place: &Place,
        delivery: &mut Delivery<'_, '_>,
    ) -> ControlFlow<(), Complete> {
        let Some(format) = self.format_of(&place.name) else {
            if place.is_named {
                delivery.lost(&place.path, &unknown_format())?;
            } else {
                delivery.skipped(&place.path, "unknown format")?;
            }
            return ControlFlow::Continue(true);
        };
        if format == InputFormat::Warc {
            return self.read_warc(input, place, delivery);
        }
        let head = input.head().to_vec();
        let hints =
            Hints { given: self.options.encoding, transport: None, declared: declared::encoding(format, &head) };
        let mut input = Peeked::new(Decoding::new(input, &head, hints), HEAD_BYTES);
        let head = String::from_utf8_lossy(input.head()).into_owned();
        let format = if self.options.format.is_some() { format } else { format.of_content(&head) };
        let complete = match format {
            InputFormat::JsonLines => self.read_lines(&mut input, place, delivery)?,
            InputFormat::Json => self.read_json(&mut input, place, delivery)?,
            InputFormat::Csv | InputFormat::Tsv => self.read_table(&mut input, format, &head, place, delivery)?,
            InputFormat::Text | InputFormat::Markdown | InputFormat::Html | InputFormat::Feed | InputFormat::Warc => {
                self.read_whole(&mut input, format, place, delivery)?
            }
        };
        report_decoded(input.inner().decoded(), &place.path, delivery)?;
        ControlFlow::Continue(complete)
    }

    /// Reads an input that is held in memory as a whole.
    fn read_whole(
        &self,
        input: &mut dyn BufRead,
        format: InputFormat,
        place: &Place,
        delivery: &mut Delivery<'_, '_>,
    ) -> ControlFlow<(), Complete> {
        let (name, limit) = match format {
            InputFormat::Html | InputFormat::Feed => ("markup", self.limits.markup),
            _ => ("document", self.limits.document),
        };
        let mut bytes = Vec::new();
        let error = input.take(limit as u64 + 1).read_to_end(&mut bytes).err();
        if bytes.len() > limit {
            let reason = beyond(name, size_text(limit as u64));
            delivery.lost(&place.path, &format!("the text is longer: {reason}"))?;
            return ControlFlow::Continue(true);
        }
        if let Some(error) = &error {
            self.broken(error, &place.path, delivery)?;
            // What a damaged file still has is kept; a disk that fails has the rest another time.
            if unpack_error(error).is_none() || bytes.trim_ascii().is_empty() {
                return ControlFlow::Continue(false);
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        if text.trim().is_empty() {
            delivery.noted(&place.path, "the file is empty, so there is nothing to index")?;
            return ControlFlow::Continue(true);
        }
        if format == InputFormat::Feed {
            self.read_entries(&text, place, delivery)?;
            return ControlFlow::Continue(error.is_none());
        }
        let mut document = Document { id: place.id.clone(), path: place.path.clone(), ..Document::default() };
        let (stated, unusable) = match format {
            InputFormat::Markdown => markdown::read_markdown(&text, &mut document),
            InputFormat::Html => html::read_html(&text, &self.limits, &mut document),
            _ => {
                text::read_text(&text, &mut document);
                (None, Vec::new())
            }
        };
        delivery.document(self, &place.path, document, stated.as_deref(), unusable)?;
        ControlFlow::Continue(error.is_none())
    }

    /// Reports an input that could not be read to its end.
    pub(crate) fn broken(&self, error: &io::Error, place: &str, delivery: &mut Delivery<'_, '_>) -> ControlFlow<()> {
        delivery.lost(place, &unpack_error(error).map_or_else(|| describe_io(error), ToString::to_string))
    }
}

/// Says which encoding an input was in, and what could not be read.
pub(crate) fn report_decoded(decoded: Decoded, place: &str, delivery: &mut Delivery<'_, '_>) -> ControlFlow<()> {
    let Decoded { encoding, undecodable, first } = decoded;
    let encoding = encoding.name();
    if let Some(first) = first {
        let places = if undecodable == 1 { "1 place".to_owned() } else { format!("{undecodable} places") };
        let reason = format!(
            "{places} could not be read as {encoding}, the first at byte {first}; shown as \u{FFFD}, the rest is indexed; \
             --encoding names another encoding"
        );
        delivery.noted(place, &reason)?;
    }
    delivery.event(Read::Decoded { encoding, undecodable })
}
