//! Archives of tar: each entry is read like a file, in the order of the archive, as a stream.
//!
//! In: a stream. Out: its documents, with ids below the archive's. Links and devices are skipped, whatever they lead to, and
//! nothing is ever written by the name of an entry. A damaged header costs the entries up to the next sound one.

use std::io::{BufRead, BufReader, Read as _};
use std::ops::ControlFlow;

use crate::ingest::event::Reason;
use crate::ingest::limits::Limits;
use crate::ingest::origin::Origin;
use crate::ingest::packed::archive::ReadEntry;
use crate::ingest::packed::bomb_guard::BombGuard;
use crate::ingest::packed::entry_name::EntryNames;
use crate::ingest::packed::tar_header::{NextEntry, next_entry, padded, skip};
use crate::ingest::packed::unpacked::bomb_reason;
use crate::ingest::sink::{Complete, FileSink};

/// Bytes of an entry's content that are read at a time.
const BUFFER_BYTES: usize = 32 << 10;

/// Has the entries of an archive read in their order.
pub(crate) fn each_tar_entry(
    mut input: &mut dyn BufRead,
    origin: &Origin,
    limits: &Limits,
    sink: &mut FileSink<'_>,
    read: &mut ReadEntry<'_>,
) -> ControlFlow<(), Complete> {
    let mut names = EntryNames::new(None);
    let (mut is_complete, mut count) = (true, 0);
    let mut guard = BombGuard::new(limits, &sink.meter);
    loop {
        let NextEntry { damaged, entry } = match next_entry(&mut input) {
            Ok(next) => next,
            Err(error) => {
                sink.lost(&origin.path, Reason::of_io(&error))?;
                return ControlFlow::Continue(false);
            }
        };
        if damaged > 0 {
            let reason = format!("{damaged} bytes of the archive after {count} entries are no entry; they are skipped");
            sink.lost(&origin.path, reason)?;
            is_complete = false;
        }
        let Some(entry) = entry else { break };
        if count == limits.archive_entries {
            let limit = limits.archive_entries;
            let reason = Reason::beyond_limit("it has ".to_owned(), "archive_entries", format!("{limit} entries"));
            sink.lost(&origin.path, reason.then("the first ones are read"))?;
            break;
        }
        count += 1;
        guard.begin();
        let mut content = input.take(entry.size);
        if let Some(inside) = names.origin(&entry.name, entry.is_folder, origin) {
            let path = &inside.origin.path;
            if let Some(other) = &inside.renamed {
                let reason = format!("another entry has the same name; the documents of this one are below `{other}`");
                sink.noted(path, reason)?;
            }
            if let Some(other) = entry.other {
                sink.skipped(path, other)?;
            } else {
                let mut buffered = BufReader::with_capacity(BUFFER_BYTES, &mut content);
                is_complete &= read(&mut buffered, &inside.origin, sink)?;
            }
        }
        if !guard.may_go_on() {
            sink.lost(&origin.path, bomb_reason(limits).then("the rest of the archive is not read"))?;
            return ControlFlow::Continue(is_complete);
        }
        let left = content.limit();
        input = content.into_inner();
        let read_on = skip(&mut input, left).and_then(|skipped| {
            skip(&mut input, padded(entry.size) - entry.size)?;
            Ok(skipped == left)
        });
        let reason = match read_on {
            Ok(true) => continue,
            Ok(false) => format!("the archive ends too early, in its entry {count}; what came before is kept").into(),
            Err(error) => Reason::of_io(&error),
        };
        sink.lost(&origin.path, reason)?;
        return ControlFlow::Continue(false);
    }
    if count == 0 {
        sink.noted(&origin.path, "the archive is empty, so there is nothing to index")?;
    }
    ControlFlow::Continue(is_complete)
}
