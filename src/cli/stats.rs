//! `tradewire stats`: counts what an index holds.

use std::io::Write;

use anyhow::Result;
use indicatif::{HumanBytes, HumanCount};
use tradewire::Index;
use tradewire::index_types::IndexStats;
use tradewire::output::escape_json;

use crate::cli::target::Target;
use crate::cli::{Outcome, ReportFormat};

/// Count what the index holds: documents, passages, and terms and bytes by field and language.
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
    let stats = Index::open(args.target.index_dir()?, &config)?.stats()?;
    match args.format {
        ReportFormat::Json => writeln!(out, "{}", escape_json(&serde_json::to_string_pretty(&stats)?))?,
        ReportFormat::Terminal => write_table(&stats, out)?,
    }
    Ok(Outcome::Done)
}

fn write_table(stats: &IndexStats, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "documents  {}", HumanCount(stats.documents))?;
    writeln!(out, "passages   {}", HumanCount(stats.passages))?;
    for (language, passages) in &stats.languages {
        writeln!(out, "  {language:<8} {}", HumanCount(*passages))?;
    }
    writeln!(out, "stories    {} of two or more documents", HumanCount(stats.stories))?;
    writeln!(out, "segments   {}", stats.segments)?;
    writeln!(out, "on disk    {}", HumanBytes(stats.bytes))?;
    writeln!(out, "stored     {}", HumanBytes(stats.stored_bytes))?;
    writeln!(out)?;
    writeln!(out, "{:<12} {:>10} {:>10} {:>12} {:>12}", "field", "passages", "terms", "tokens", "bytes")?;
    for (name, field) in stats.fields.iter().filter(|(_, field)| field.terms > 0) {
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
