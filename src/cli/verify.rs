//! `tradewire verify`: checks an index for damage.

use std::io::Write;

use anyhow::Result;
use tradewire::Index;

use crate::cli::target::Target;
use crate::cli::terminal::{write_verification_json, write_verification_lines};
use crate::cli::words::{advice, mend_command};
use crate::cli::{Outcome, ReportFormat};

/// Check the whole index: every file by its checksum, and that every document is stored once and complete. Exits with 0 if
/// nothing is damaged, else with 2; changes nothing.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    target: Target,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    format: ReportFormat,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let config = args.target.config()?;
    let mut found = Index::verify(args.target.index_dir()?, &config)?;
    for finding in &mut found.noted {
        if let Some(remedy) = &finding.remedy {
            finding.reason = format!("{}; {}", finding.reason, advice(remedy));
        }
    }
    let mend = found.remedy.as_ref().map(mend_command).unwrap_or_default();
    match args.format {
        ReportFormat::Json => write_verification_json(&found, &mend, out)?,
        ReportFormat::Terminal => write_verification_lines(&found, &mend, out)?,
    }
    Ok(if found.is_whole() { Outcome::Done } else { Outcome::Problems })
}
