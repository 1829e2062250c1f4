//! Cold latencies: one process per query, from start to exit. The pages of the program and the index are in memory, as
//! nothing empties the system's file cache; dictionaries, analysers and the open index are not.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::latency::nanoseconds;
use super::rounds::{MeasuredQuery, Measurements, RefusedQuery, measure_rounds};
use super::warm::expect_answer;
use tradewire::internals::evaluation::Topic;

/// The program that is started for each query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Program {
    /// The executable.
    pub(crate) executable: PathBuf,
    /// The arguments before the query. They must end with `--` or the like, so that no query is read as an option. The
    /// environment is passed on.
    pub(crate) arguments: Vec<OsString>,
}

/// The result of a process that has ended.
struct Ended {
    took: Duration,
    status: ExitStatus,
    stderr: String,
    /// Peak memory of the process; `None` where the system does not report it.
    peak_bytes: Option<u64>,
}

/// Measures one process per query: one round to fill the system's file cache, then whole rounds for at least `at_least`. Exit
/// codes 0 and 1 (no hit) are answers; a query whose first process ends with another is refused, with that process's
/// standard error as the reason. Hits are not counted, and there is no throughput.
///
/// On Linux, the peak memory of a process is never below that of the calling process when it started it, so the caller should
/// not have searched before.
///
/// # Errors
///
/// When the program cannot be started, or ends with another exit code than before.
pub(crate) fn measure_cold(program: &Program, topics: &[Topic], at_least: Duration) -> Result<Measurements> {
    let mut measured = Measurements::default();
    for topic in topics {
        match run(program, topic)?.and_then(|ended| ended.check(topic)) {
            Ok(()) => measured.queries.push(MeasuredQuery::new(topic)),
            Err(reason) => measured.refused.push(RefusedQuery::new(topic, reason)),
        }
    }
    let (rounds, _) = measure_rounds(&mut measured.queries, at_least, &mut |query| {
        let ended = run(program, &query.topic)?;
        if let Ok(ended) = &ended {
            query.latencies.push(nanoseconds(ended.took));
            query.peak_bytes.extend(ended.peak_bytes);
        }
        expect_answer(ended.and_then(|ended| ended.check(&query.topic)))
    })?;
    measured.rounds = rounds;
    Ok(measured)
}

/// Runs a process to its end; the inner error says why there can be none for this query.
fn run(program: &Program, topic: &Topic) -> Result<Result<Ended, String>> {
    let refuse = |reason: &str| Ok(Err(format!("query `{}` {reason}", topic.query)));
    if topic.query.contains('\0') {
        return refuse("holds a NUL character, which no argument of a process can");
    }
    let mut command = Command::new(&program.executable);
    command.args(&program.arguments).arg(&topic.query);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::ArgumentListTooLong => {
            return refuse("is too long for an argument of a process");
        }
        Err(error) => {
            return Err(error).with_context(|| format!("starting `{}`", program.executable.display()));
        }
    };
    let describe = || format!("waiting for the process of query `{}`", topic.id);
    let mut stderr = Vec::new();
    // Read to its end first: a process that fills the pipe would never end.
    if let Some(mut pipe) = child.stderr.take() {
        pipe.read_to_end(&mut stderr).with_context(describe)?;
    }
    let (status, peak_bytes) = wait(&mut child).with_context(describe)?;
    let took = start.elapsed();
    Ok(Ok(Ended { took, status, stderr: String::from_utf8_lossy(&stderr).into_owned(), peak_bytes }))
}

impl Ended {
    /// Checks the exit code; the error is what a failed process printed, as a message that names the query once.
    fn check(&self, topic: &Topic) -> Result<(), String> {
        if matches!(self.status.code(), Some(0 | 1)) {
            return Ok(());
        }
        let query = format!("query `{}`", topic.query);
        let said = self.stderr.trim_end();
        let said = said.strip_prefix("tradewire: ").unwrap_or(said);
        match self.status.code() {
            Some(2) if said.starts_with(&query) => Err(said.to_owned()),
            Some(2) => Err(format!("{query}: {said}")),
            _ => Err(format!("{query}: the process ended with {}: {said}", self.status)),
        }
    }
}

#[cfg(any(target_os = "linux", target_os = "macos", target_os = "freebsd"))]
fn wait(child: &mut Child) -> io::Result<(ExitStatus, Option<u64>)> {
    use wait4::Wait4;
    loop {
        match child.wait4() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            ended => return ended.map(|ended| (ended.status, Some(ended.rusage.maxrss))),
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "freebsd")))]
fn wait(child: &mut Child) -> io::Result<(ExitStatus, Option<u64>)> {
    Ok((child.wait()?, None))
}
