//! `tradewire stats`: what an index holds.

use std::io::Write;

use anyhow::Result;
use indicatif::{HumanBytes, HumanCount};
use tradewire::internals::index::{Census, NewsIndex};
use tradewire::internals::output::escape_json;

use crate::cli::target::Target;
use crate::cli::{Outcome, ReportFormat};

/// Count what the index holds: documents, passages, and terms and bytes by field and language.
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
    let index = NewsIndex::open(&args.target.index_dir()?, &config.index())?;
    let census = Census::take(&index)?;
    match args.format {
        ReportFormat::Json => writeln!(out, "{}", escape_json(&serde_json::to_string_pretty(&census)?))?,
        ReportFormat::Terminal => write_table(&census, out)?,
    }
    Ok(Outcome::Done)
}

fn write_table(census: &Census, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "documents  {}", HumanCount(census.documents))?;
    writeln!(out, "passages   {}", HumanCount(census.passages))?;
    for (language, passages) in &census.languages {
        writeln!(out, "  {language:<8} {}", HumanCount(*passages))?;
    }
    writeln!(out, "stories    {} of two documents and more", HumanCount(census.stories))?;
    writeln!(out, "segments   {}", census.segments)?;
    writeln!(out, "on disk    {}", HumanBytes(census.bytes))?;
    writeln!(out, "stored     {}", HumanBytes(census.stored_bytes))?;
    writeln!(out)?;
    writeln!(out, "{:<12} {:>10} {:>10} {:>12} {:>12}", "field", "passages", "terms", "tokens", "bytes")?;
    for (name, field) in census.fields.iter().filter(|(_, field)| field.terms > 0) {
        writeln!(
            out,
            "{name:<12} {:>10} {:>10} {:>12} {:>12}",
            field.passages.map_or_else(|| "-".to_owned(), |passages| HumanCount(passages).to_string()),
            HumanCount(field.terms).to_string(),
            HumanCount(field.tokens).to_string(),
            HumanBytes(field.bytes).to_string()
        )?;
    }
    Ok(())
}
