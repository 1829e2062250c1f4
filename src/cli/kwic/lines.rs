//! The lines of a concordance, printed as they are found.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use anyhow::Result;
use tradewire::analytics_types::{Concordance, ConcordanceLine, ConcordanceOptions, ContextSize, Lines, Sample};
use tradewire::output::{ConcordanceCsv, ConcordanceHtml, ConcordanceJsonl, ConcordanceWriter};
use tradewire::search_types::QueryOptions;
use tradewire::{Query, Searcher};

use crate::cli::kwic::{Args, Format};
use crate::cli::query::say_cuts;
use crate::cli::terminal::concordance::{ConcordanceLines, Layout};

/// The columns of text on each side of a hit, in formats for programs.
const COLUMNS: usize = 60;
/// The words on each side, where they are given for the other side only.
const UNITS: usize = 10;
/// How long a line may wait for others before it is passed on.
const FLUSHED_EVERY: Duration = Duration::from_millis(40);

/// Prints the lines of a query, and returns how many there are.
pub(super) fn print_lines(
    args: &Args,
    searcher: &Searcher,
    (query, options): (&Query, &QueryOptions),
    out: &mut dyn Write,
) -> Result<Lines> {
    let page = args.screen.page();
    let layout = Layout::new(page.columns, args.width);
    let is_terminal = args.format == Format::Terminal;
    let (left, right) = match (args.left, args.right) {
        (None, None) if is_terminal => (ContextSize::Columns(layout.left), ContextSize::Columns(layout.right)),
        (None, None) => {
            let size = ContextSize::Columns(args.width.unwrap_or(COLUMNS));
            (size, size)
        }
        (left, right) => (ContextSize::Units(left.unwrap_or(UNITS)), ContextSize::Units(right.unwrap_or(UNITS))),
    };
    let options = ConcordanceOptions {
        query: options.clone(),
        left,
        right,
        sort: args.sort.clone(),
        sample: args.sample.map(|lines| Sample { lines, seed: args.seed }),
    };
    let concordance = searcher.concordance(query, &options)?;
    say_cuts(concordance.cuts());
    if is_terminal {
        args.screen.paged(out, None, |out| {
            let mut writer = ConcordanceLines::new(out, page, layout);
            let mut has_head = false;
            let lines = pass_on(&concordance, &mut writer, &mut |writer| {
                has_head = true;
                writer.expansions(concordance.expansions())
            })?;
            if has_head {
                writer.total(lines)?;
            }
            Ok(lines)
        })
    } else {
        let mut writer: Box<dyn ConcordanceWriter + '_> = match args.format {
            Format::Csv | Format::Terminal => Box::new(ConcordanceCsv::new(out)),
            Format::Jsonl => Box::new(ConcordanceJsonl::new(out)),
            Format::Html => Box::new(ConcordanceHtml::new(out, &args.query.join(" "))),
        };
        let lines = pass_on(&concordance, &mut *writer, &mut |_| Ok(()))?;
        writer.finish()?;
        Ok(lines)
    }
}

/// Writes all lines. `begin` is called before the first of them. The first lines are passed on at once, later ones when some time has
/// passed, so that a reader sees them early and no line costs a system call.
fn pass_on<W: ConcordanceWriter + ?Sized>(
    concordance: &Concordance,
    writer: &mut W,
    begin: &mut dyn FnMut(&mut W) -> io::Result<()>,
) -> Result<Lines> {
    let mut failed: Option<io::Error> = None;
    let mut flushed: Option<Instant> = None;
    let lines = concordance.each_line(&mut |line: ConcordanceLine| {
        let written = (|| {
            if flushed.is_none() {
                begin(writer)?;
            }
            writer.line(&line)?;
            if flushed.is_none_or(|at| at.elapsed() >= FLUSHED_EVERY) {
                writer.flush()?;
                flushed = Some(Instant::now());
            }
            Ok(())
        })();
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(lines),
    }
}
