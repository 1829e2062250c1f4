//! Sorting more lines than memory has room for: runs that fit are sorted and written to temporary files, which are merged at the end.
//! Lines with equal keys stay in the order in which they came.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::ops::ControlFlow;

use anyhow::{Context, Result};

/// Bytes of lines that are held in memory.
const RUN_BYTES: usize = 8 << 20;
/// What a line in memory takes beside its bytes.
const LINE_OVERHEAD: usize = 64;
/// Greatest number of files that are merged at once: each is open, and has a buffer.
const MAX_RUNS: usize = 64;

/// A key and its line.
type KeyedLine = (Box<[u8]>, Box<[u8]>);

/// What takes each line with its key, in order, until it breaks off.
type TakeLine<'f> = dyn FnMut(&[u8], &[u8]) -> Result<ControlFlow<()>> + 'f;

/// Sorts lines by their keys.
pub(crate) struct ExternalSort {
    run_bytes: usize,
    held: Vec<KeyedLine>,
    held_bytes: usize,
    /// Sorted files, in the order of their lines; the level of a file is how often its lines were merged.
    runs: Vec<(u32, File)>,
}

impl Default for ExternalSort {
    fn default() -> ExternalSort {
        ExternalSort::with_runs_of(RUN_BYTES)
    }
}

impl ExternalSort {
    fn with_runs_of(run_bytes: usize) -> ExternalSort {
        ExternalSort { run_bytes, held: Vec::new(), held_bytes: 0, runs: Vec::new() }
    }

    /// Adds a line with its key.
    ///
    /// # Errors
    ///
    /// When a temporary file cannot be written.
    pub(crate) fn push(&mut self, key: Vec<u8>, line: Vec<u8>) -> Result<()> {
        self.held_bytes += key.len() + line.len() + LINE_OVERHEAD;
        self.held.push((key.into(), line.into()));
        if self.held_bytes >= self.run_bytes {
            self.write_run().context("writing lines that are sorted to a temporary file")?;
        }
        Ok(())
    }

    /// Passes all lines to `found`, in order, until it breaks off.
    ///
    /// # Errors
    ///
    /// When a temporary file cannot be read or written, and those of `found`.
    pub(crate) fn finish(mut self, found: &mut dyn FnMut(&[u8]) -> Result<ControlFlow<()>>) -> Result<ControlFlow<()>> {
        if self.runs.is_empty() {
            self.held.sort_by(|left, right| left.0.cmp(&right.0));
            for (_, line) in &self.held {
                if found(line)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            return Ok(ControlFlow::Continue(()));
        }
        self.write_run().context("writing lines that are sorted to a temporary file")?;
        merge(self.runs.into_iter().map(|(_, run)| run).collect(), &mut |_, line| found(line))
    }

    fn write_run(&mut self) -> Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        self.held.sort_by(|left, right| left.0.cmp(&right.0));
        let mut run = RunWriter::new()?;
        for (key, line) in self.held.drain(..) {
            run.write(&key, &line)?;
        }
        self.held_bytes = 0;
        self.runs.push((0, run.finish()?));
        // As many neighbours of one level as may be open become one of the next, so that each line is written a few times at most.
        loop {
            let level = self.runs.last().map_or(0, |(level, _)| *level);
            let first = self.runs.iter().position(|(of, _)| *of == level).unwrap_or(0);
            if self.runs.len() - first < MAX_RUNS / 2 {
                return Ok(());
            }
            let mut merged = RunWriter::new()?;
            let runs = self.runs.drain(first..).map(|(_, run)| run).collect();
            _ = merge(runs, &mut |key, line| merged.write(key, line).map(ControlFlow::Continue))?;
            self.runs.push((level + 1, merged.finish()?));
        }
    }
}

struct RunWriter(BufWriter<File>);

impl RunWriter {
    fn new() -> Result<RunWriter> {
        Ok(RunWriter(BufWriter::with_capacity(1 << 16, tempfile::tempfile().context("making a temporary file")?)))
    }

    fn write(&mut self, key: &[u8], line: &[u8]) -> Result<()> {
        for part in [key, line] {
            self.0.write_all(&u32::try_from(part.len())?.to_le_bytes())?;
            self.0.write_all(part)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<File> {
        let mut file = self.0.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(file)
    }
}

struct RunReader(BufReader<File>);

impl RunReader {
    /// The next line with its key; none at the end.
    fn next(&mut self) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
        let Some(key) = self.part()? else {
            return Ok(None);
        };
        Ok(Some((key, self.part()?.unwrap_or_default())))
    }

    fn part(&mut self) -> Result<Option<Vec<u8>>> {
        let mut length = [0; 4];
        match self.0.read_exact(&mut length) {
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        let mut part = vec![0; u32::from_le_bytes(length) as usize];
        self.0.read_exact(&mut part)?;
        Ok(Some(part))
    }
}

/// Merges sorted files. Of equal keys, those of earlier files come first.
fn merge(runs: Vec<File>, found: &mut TakeLine<'_>) -> Result<ControlFlow<()>> {
    let mut runs: Vec<RunReader> =
        runs.into_iter().map(|run| RunReader(BufReader::with_capacity(1 << 15, run))).collect();
    let mut next = BinaryHeap::new();
    for (number, run) in runs.iter_mut().enumerate() {
        next.extend(run.next()?.map(|(key, line)| Reverse((key, number, line))));
    }
    while let Some(Reverse((key, number, line))) = next.pop() {
        if found(&key, &line)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        next.extend(runs[number].next()?.map(|(key, line)| Reverse((key, number, line))));
    }
    Ok(ControlFlow::Continue(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(64))]

        /// However many files there are, the order is that of a stable sort in memory.
        #[test]
        fn sorts_as_memory_does(keys in proptest::collection::vec("[ab]{0,3}", 0..400), run_bytes in 60..4_000_usize) {
            let mut sort = ExternalSort::with_runs_of(run_bytes);
            let mut expected: Vec<(String, String)> =
                keys.iter().enumerate().map(|(at, key)| (key.clone(), at.to_string())).collect();
            for (key, line) in &expected {
                sort.push(key.clone().into_bytes(), line.clone().into_bytes()).unwrap();
            }
            proptest::prop_assert!(sort.runs.len() < 2 * MAX_RUNS);
            expected.sort_by(|left, right| left.0.cmp(&right.0));
            let mut sorted = Vec::new();
            let end = sort.finish(&mut |line| {
                sorted.push(String::from_utf8(line.to_vec()).unwrap());
                Ok(ControlFlow::Continue(()))
            });
            proptest::prop_assert!(end.unwrap().is_continue());
            let expected: Vec<String> = expected.into_iter().map(|(_, line)| line).collect();
            proptest::prop_assert_eq!(sorted, expected);
        }
    }
}
