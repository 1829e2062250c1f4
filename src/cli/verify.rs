//! `tradewire verify`: checks an index for damage.

use std::io::Write;

use anyhow::Result;
use tradewire::internals::index::verify;
use tradewire::internals::output::write_verification_json;

use crate::cli::target::Target;
use crate::cli::terminal::write_verification_lines;
use crate::cli::{Outcome, ReportFormat};

/// Check the whole index: every file by its checksum, and that every document is there once and whole. Exits with 0 if
/// nothing is damaged, else with 2; nothing is changed.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    target: Target,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    format: ReportFormat,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let config = args.target.config()?;
    let found = verify(&args.target.index_dir()?, &config.index())?;
    match args.format {
        ReportFormat::Json => write_verification_json(&found, out)?,
        ReportFormat::Terminal => write_verification_lines(&found, out)?,
    }
    Ok(if found.is_whole() { Outcome::Done } else { Outcome::Problems })
}
