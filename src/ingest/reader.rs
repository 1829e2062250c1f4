//! The reader of documents: paths to read events, file by file.

use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use anyhow::Result;

use crate::ingest::date::DateReader;
use crate::ingest::decode::peek::HEAD_BYTES;
use crate::ingest::event::{Problem, ReadEvent, Reason};
use crate::ingest::files::name;
use crate::ingest::files::source_file::SourceFile;
use crate::ingest::files::walk::{FoundPath, each_path};
use crate::ingest::input::{BUFFER_BYTES, InputKind, InputReader, ReadOptions};
use crate::ingest::meter::{Counted, Meter};
use crate::ingest::options::Options;
use crate::ingest::origin::Origin;
use crate::ingest::packed::compression::Compression;
use crate::ingest::sink::{FileSink, ReadSink};
use crate::versions::{self, Version};

/// A reader of documents.
pub struct DocumentReader {
    dates: DateReader,
    inputs: InputReader,
    /// The settings that decide, beside the bytes of a file, what is read from it. A file is unchanged only if these are.
    settings: String,
    /// A folder that is skipped.
    except: Option<PathBuf>,
}

impl DocumentReader {
    /// Gets ready to read, within the limits of the options.
    ///
    /// # Errors
    ///
    /// When their `fields.toml` or `dates.toml` is not as it must be.
    pub fn new(given: &Options, options: ReadOptions) -> Result<DocumentReader> {
        let Version { number, crates } = versions::DOCUMENTS;
        let fields = given.field_names()?;
        let settings = format!("reader {number} {crates} {options:?} {}", given.described(&fields));
        let inputs = InputReader::new(given.limits, fields, Arc::clone(&given.pages), options);
        Ok(DocumentReader { dates: DateReader::new(given)?, inputs, settings, except: None })
    }

    /// Skips a folder wherever it is found in another, such as the index that is being written.
    pub fn except(self, folder: &Path) -> DocumentReader {
        DocumentReader { except: folder.canonicalize().ok(), ..self }
    }

    /// Reads every path and hands what it finds to `sink`, until that breaks off. A path can be a file, a folder
    /// (recursively; hidden files are skipped, and those of which neither name nor content tells a format) or `-` for standard input, which is JSON Lines
    /// unless the options say otherwise. A file whose state the sink knows, and which still has it, is not read again.
    pub fn read(&self, paths: &[PathBuf], sink: &mut dyn ReadSink) -> ControlFlow<()> {
        each_path(paths, self.except.as_deref(), &mut |found| match found {
            FoundPath::Stdin => {
                sink.event(ReadEvent::FileStarted("-".to_owned()))?;
                let origin = Origin { name: "-.jsonl".to_owned(), ..Origin::named("-") };
                self.read_unfiled(io::stdin().lock(), &origin, sink)?;
                sink.event(ReadEvent::FileEnded(None))
            }
            FoundPath::File { path, key, id, is_named } => self.read_file(path, key, id, is_named, sink),
            FoundPath::NotRead(key, problem) => {
                sink.event(ReadEvent::NotRead(key))?;
                sink.event(ReadEvent::Problem(problem))
            }
        })
    }

    /// Reads bytes as if they were a file of that name: as [`DocumentReader::read`] does, but for what is said of the file
    /// itself.
    pub fn read_bytes(&self, name: &str, bytes: &[u8], sink: &mut dyn ReadSink) -> ControlFlow<()> {
        self.read_unfiled(bytes, &Origin::named(name), sink)
    }

    /// Reads a file unless it is as it is known.
    fn read_file(
        &self,
        path: &Path,
        key: String,
        id: &str,
        is_named: bool,
        sink: &mut dyn ReadSink,
    ) -> ControlFlow<()> {
        let shown = name::readable_path(path);
        // The id is as the file was named, which may be otherwise now.
        let settings = format!("{}\0{id}", self.settings);
        if let Some(state) = sink.known_state(&key)
            && SourceFile::open(path, &settings).and_then(|mut file| file.is_still(state)).unwrap_or(false)
        {
            sink.event(ReadEvent::FileUnchanged(key))?;
            return sink.event(ReadEvent::Progress(state.size));
        }
        let meter = Rc::new(Meter::default());
        let mut input = match SourceFile::open(path, &settings) {
            Ok(file) => BufReader::with_capacity(BUFFER_BYTES, file.counted(Rc::clone(&meter))),
            Err(error) => {
                sink.event(ReadEvent::NotRead(key))?;
                return sink.event(ReadEvent::Problem(Problem::lost(shown, Reason::of_io(&error))));
            }
        };
        let name = path.file_name().map(name::readable).unwrap_or_default();
        let origin = Origin { id: id.to_owned(), path: shown, name, depth: 0, is_named };
        let head = input.fill_buf().map(|head| head[..head.len().min(HEAD_BYTES)].to_vec()).unwrap_or_default();
        // What is not read is not hashed either, however long it is.
        let kind = match self.inputs.kind(&origin, &head) {
            Ok(kind) => kind,
            Err(problem) => {
                sink.event(ReadEvent::NotRead(key))?;
                sink.event(ReadEvent::Problem(problem))?;
                return sink.event(ReadEvent::Progress(path.metadata().map_or(0, |metadata| metadata.len())));
            }
        };
        sink.event(ReadEvent::FileStarted(key))?;
        let mut sink = FileSink::new(sink, &self.dates, self.inputs.fields.bylines(), &self.inputs.limits, meter);
        let complete = if kind == InputKind::Packed(Compression::Zip) {
            // An archive is read from its end, so it is hashed first: what changes meanwhile has then changed.
            match input.get_mut().finish().and_then(|_| input.get_mut().rewound()) {
                Ok(mut file) => {
                    let inside = Origin { depth: 1, ..origin.clone() };
                    self.inputs.read_archive(&mut file, &inside, &mut sink)?
                }
                Err(error) => sink.lost(&origin.path, Reason::of_io(&error)).map_continue(|()| false)?,
            }
        } else {
            self.inputs.read(&mut input, &origin, &mut sink)?
        };
        match input.get_mut().finish() {
            Ok(state) => {
                sink.progress()?;
                sink.event(ReadEvent::FileEnded(complete.then_some(state)))
            }
            Err(error) => {
                sink.lost(&origin.path, Reason::of_io(&error))?;
                sink.event(ReadEvent::FileEnded(None))
            }
        }
    }

    /// Reads an input that has no file: standard input, or bytes as if they were one.
    fn read_unfiled(&self, input: impl BufRead, origin: &Origin, sink: &mut dyn ReadSink) -> ControlFlow<()> {
        let mut input = Counted::new(input);
        let meter = Rc::new(Meter { packed: input.count(), ..Meter::default() });
        let mut sink = FileSink::new(sink, &self.dates, self.inputs.fields.bylines(), &self.inputs.limits, meter);
        self.inputs.read(&mut input, origin, &mut sink)?;
        sink.progress()
    }
}
