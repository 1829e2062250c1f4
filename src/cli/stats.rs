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
///
/// The bytes of a field are those of its terms, postings, positions, lengths and column; its share is that in all files of the index.
/// `stored` are the compressed texts and records, `other` stories, deletions and the lists of files.
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
    write_row(out, ["field", "passages", "terms", "tokens", "bytes", "share"])?;
    let mut of_fields = 0;
    for (name, field) in &stats.fields {
        of_fields += field.bytes;
        // The fields of languages that no text is in have a few bytes.
        if field.bytes > 0 && (field.terms > 0 || field.chain.is_empty()) {
            let counted = |count: u64| if field.terms > 0 { HumanCount(count).to_string() } else { "-".to_owned() };
            let passages = field.passages.map_or_else(|| "-".to_owned(), |passages| HumanCount(passages).to_string());
            write_size(out, [name, &passages, &counted(field.terms), &counted(field.tokens)], field.bytes, stats)?;
        }
    }
    write_size(out, ["stored", "-", "-", "-"], stats.stored_bytes, stats)?;
    let other = stats.bytes.saturating_sub(of_fields + stats.stored_bytes);
    write_size(out, ["other", "-", "-", "-"], other, stats)
}

/// Writes a row with the size of a field and its share in the index.
fn write_size(
    out: &mut dyn Write,
    [name, passages, terms, tokens]: [&str; 4],
    bytes: u64,
    of: &IndexStats,
) -> Result<()> {
    let share = format!("{:.2} %", 100.0 * bytes as f64 / of.bytes.max(1) as f64);
    write_row(out, [name, passages, terms, tokens, &HumanBytes(bytes).to_string(), &share])
}

fn write_row(out: &mut dyn Write, [name, passages, terms, tokens, bytes, share]: [&str; 6]) -> Result<()> {
    writeln!(out, "{name:<13} {passages:>10} {terms:>10} {tokens:>12} {bytes:>12} {share:>8}")?;
    Ok(())
}
