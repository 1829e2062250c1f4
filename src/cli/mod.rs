//! The command line: one file a command, each with its arguments and a `run` that calls the library and prints.

mod advice;
mod analyze;
mod batch;
mod bench;
mod benchmark;
mod completions;
mod delete;
mod demo;
mod eval;
mod glossary;
mod guarded;
mod help;
mod index;
mod interrupt;
mod kwic;
mod man;
mod optimize;
mod pager;
mod per;
mod query;
mod screen;
mod search;
mod show;
mod stats;
mod target;
mod terminal;
mod timeline;
mod topics;
mod user_config;
mod verify;
mod words;

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use indicatif::HumanCount;
use tradewire::output::one_line;

/// The line width, in columns, where there is no terminal.
const DEFAULT_WIDTH: usize = 80;
/// The largest line width, in columns: wider lines are hard to read.
const MAX_WIDTH: usize = 110;
/// Exit code of an interrupted run, as shells report SIGINT.
const INTERRUPTED: u8 = 130;

/// Full-text search over bilateral trade news in English, German, Korean and Chinese.
#[derive(Parser)]
#[command(
    name = "tradewire",
    version,
    arg_required_else_help = true,
    max_term_width = 100,
    disable_help_subcommand = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Leave out the defaults in tradewire/config.toml of the user's configuration directory
    #[arg(long, global = true)]
    no_config: bool,
}

#[derive(Subcommand)]
enum Command {
    Index(index::Args),
    Search(search::Args),
    Show(show::Args),
    Kwic(kwic::Args),
    Timeline(timeline::Args),
    Analyze(analyze::Args),
    Glossary(glossary::Args),
    Stats(stats::Args),
    Delete(delete::Args),
    Optimize(optimize::Args),
    Verify(verify::Args),
    Eval(eval::Args),
    Bench(bench::Args),
    Demo(demo::Args),
    Completions(completions::Args),
    Man(man::Args),
    Help(help::Args),
}

/// Output format of the commands that do not print hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For reading
    Terminal,
    /// One JSON object
    Json,
}

/// The outcome of a command, which decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Success; for a search, there are hits.
    Done,
    /// Success, but without a hit.
    NoHit,
    /// Finished, with problems that have been reported.
    Problems,
    /// Ended early by an interrupt.
    Interrupted,
}

/// When to colour what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ColorChoice {
    fn is_on(self) -> bool {
        match self {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
                !refused && !dumb && io::stdout().is_terminal()
            }
        }
    }
}

/// Runs the command line and returns the exit code.
pub(crate) fn main() -> ExitCode {
    match completions::answer() {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(error) => {
            complain(&words::describe(&error));
            return ExitCode::from(2);
        }
    }
    let command = match user_config::with_defaults(Cli::command()) {
        Ok(command) => command,
        Err(error) => {
            complain(&words::describe(&error));
            return ExitCode::from(2);
        }
    };
    let parsed = command.try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    // The file was left out before the rest was read.
    let Cli { command, no_config: _ } = match parsed {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let result = guarded::guarded(|| match command {
        Command::Index(args) => index::run(&args, &mut out),
        Command::Search(args) => search::run(&args, &mut out),
        Command::Show(args) => show::run(&args, &mut out),
        Command::Kwic(args) => kwic::run(&args, &mut out),
        Command::Timeline(args) => timeline::run(&args, &mut out),
        Command::Analyze(args) => analyze::run(&args, &mut out),
        Command::Glossary(args) => glossary::run(&args, &mut out),
        Command::Stats(args) => stats::run(&args, &mut out),
        Command::Eval(args) => eval::run(&args, &mut out),
        Command::Bench(args) => bench::run(&args, &mut out),
        Command::Demo(args) => demo::run(&args, &mut out),
        Command::Delete(args) => delete::run(&args, &mut out),
        Command::Optimize(args) => optimize::run(&args),
        Command::Verify(args) => verify::run(&args, &mut out),
        Command::Completions(args) => completions::run(&args, &mut out),
        Command::Man(args) => man::run(&args, &mut out),
        Command::Help(args) => help::run(&args, &mut out),
    });
    let result = result.and_then(|outcome| {
        out.flush()?;
        Ok(outcome)
    });
    // Taken apart, so that a failed write is not tried again when the buffer is dropped.
    let _ = out.into_parts();
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NoHit) => ExitCode::from(1),
        Ok(Outcome::Problems) => ExitCode::from(2),
        Ok(Outcome::Interrupted) => ExitCode::from(INTERRUPTED),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&words::describe(&error));
            ExitCode::from(2)
        }
    }
}

/// Prints the help that was asked for, or what is wrong with the arguments. Arguments are quoted in messages, so each line is made
/// safe for a terminal first; clap would print them as they are.
fn refuse(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    for line in error.render().to_string().lines() {
        let _ = writeln!(io::stderr(), "{}", one_line(line));
    }
    ExitCode::from(2)
}

/// True if the reader of the output has closed the pipe, as `head` does.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let csv = cause.downcast_ref::<csv::Error>().and_then(|error| match error.kind() {
            csv::ErrorKind::Io(error) => Some(error.kind()),
            _ => None,
        });
        io.or(csv) == Some(io::ErrorKind::BrokenPipe)
    })
}

/// Writes one line to standard error, safe for a terminal.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "tradewire: {}", one_line(message));
}

/// A number with its noun.
fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", HumanCount(number), if number == 1 { one } else { many })
}

/// Reads a whole file, or standard input for `-`. `what` names its content in the error message.
fn read_input(path: &Path, what: &str) -> Result<Vec<u8>> {
    let read = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    read.with_context(|| format!("reading the {what} in `{}`", path.display()))
}

/// The line width of the terminal in columns, at most [`MAX_WIDTH`].
fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let columns = columns.or_else(|| terminal_size::terminal_size().map(|(columns, _)| usize::from(columns.0)));
    columns.unwrap_or(DEFAULT_WIDTH).min(MAX_WIDTH)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
