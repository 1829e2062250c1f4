//! Work over many passages in two threads, with results in the order of the passages.

use std::ops::ControlFlow;
use std::sync::mpsc::sync_channel;
use std::thread;

use anyhow::{Result, anyhow};

use crate::engine::PassageKey;
use crate::guard::guarded;

/// Number of threads that do the work.
const THREADS: usize = 2;
/// Number of passages in the first chunk, so that the first result comes early; the next ones are larger.
const FIRST_CHUNK: usize = 4;
/// Greatest number of passages in a chunk.
const MAX_CHUNK: usize = 64;
/// Number of results that may wait for each thread, which bounds memory.
const WAITING: usize = 4;

/// Does `work` for chunks of passages and passes the results to `found`, in the order of the passages, until it breaks off.
///
/// # Errors
///
/// The first error of `work` or `found`, in the order of the passages.
pub(crate) fn each_in_order<T: Send>(
    keys: &[PassageKey],
    work: &(dyn Fn(&[PassageKey]) -> Result<T> + Sync),
    found: &mut dyn FnMut(T) -> Result<ControlFlow<()>>,
) -> Result<ControlFlow<()>> {
    let chunks = chunks_of(keys);
    // For a few passages, starting threads takes longer than the work.
    if chunks.len() < THREADS {
        for chunk in chunks {
            if found(work(chunk)?)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        return Ok(ControlFlow::Continue(()));
    }
    thread::scope(|scope| {
        let mut receivers = Vec::new();
        for first in 0..THREADS {
            let (send, receive) = sync_channel(WAITING);
            receivers.push(receive);
            let chunks = chunks.iter().skip(first).step_by(THREADS);
            scope.spawn(move || {
                for chunk in chunks {
                    let done = guarded(|| work(chunk));
                    let failed = done.is_err();
                    // Nobody receives any more once `found` has broken off.
                    if send.send(done).is_err() || failed {
                        return;
                    }
                }
            });
        }
        for number in 0..chunks.len() {
            let done = receivers[number % THREADS].recv().map_err(|_| anyhow!("a thread ended early"))??;
            if found(done)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    })
}

fn chunks_of(keys: &[PassageKey]) -> Vec<&[PassageKey]> {
    let mut chunks = Vec::with_capacity(keys.len() / MAX_CHUNK + 8);
    let (mut rest, mut length) = (keys, FIRST_CHUNK);
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(length.min(rest.len()));
        chunks.push(chunk);
        rest = after;
        length = (length + length / 2).min(MAX_CHUNK);
    }
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_errors_in_their_place() {
        let keys: Vec<PassageKey> = (0..1000).map(PassageKey::new).collect();
        for length in [0, 1, 5, 1000] {
            let mut seen = Vec::new();
            let work = |chunk: &[PassageKey]| Ok(chunk.to_vec());
            let end = each_in_order(&keys[..length], &work, &mut |chunk| {
                seen.extend(chunk);
                Ok(ControlFlow::Continue(()))
            });
            assert!(end.unwrap().is_continue());
            assert_eq!(seen, keys[..length]);
        }
        let mut seen = 0;
        let work = |chunk: &[PassageKey]| match chunk.contains(&keys[500]) {
            true => Err(anyhow!("damaged")),
            false => Ok(chunk.len()),
        };
        let error = each_in_order(&keys, &work, &mut |number| {
            seen += number;
            Ok(ControlFlow::Continue(()))
        });
        assert!(error.is_err() && seen <= 500 && seen > 500 - MAX_CHUNK, "{seen}");
        let work = |chunk: &[PassageKey]| if chunk.contains(&keys[500]) { panic!("bug") } else { Ok(()) };
        assert!(each_in_order(&keys, &work, &mut |()| Ok(ControlFlow::Continue(()))).is_err());
        let work = |_: &[PassageKey]| Ok(());
        assert!(each_in_order(&keys, &work, &mut |()| Ok(ControlFlow::Break(()))).unwrap().is_break());
    }
}
