//! `tradewire glossary`: shows what the glossary has.

use std::io::Write;

use anyhow::{Result, bail};
use tradewire::glossary::{Column, FoundConcept, Glossary};
use tradewire::output::{one_line, write_glossary_json};

use crate::cli::target::Target;
use crate::cli::{Outcome, ReportFormat, complain};

/// Show concepts of the glossary with their names in four languages; exits with 0 when there are any, 1 when there are none.
///
/// The text is the id of a concept or one of its names, in any language and inflection; where it is none, concepts with a name that
/// has these words in it are shown. The id is what the filter `concept:ID` takes.
#[derive(clap::Args)]
pub(super) struct Args {
    /// An id or a name: rare-earths, "Seltene Erden", 희토류, 稀土
    #[arg(required = true, value_name = "WORD|ID")]
    what: Vec<String>,

    #[command(flatten)]
    target: Target,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    format: ReportFormat,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let glossary = Glossary::of(&args.target.config()?);
    let what = args.what.join(" ");
    if what.trim().is_empty() {
        bail!("the text is empty; expected the id or a name of a concept, such as rare-earths or Seltene Erden");
    }
    let found = glossary.look_up(&what)?;
    if found.is_empty() {
        let nearest: Vec<String> = glossary.nearest(&what).iter().map(|id| format!("`{id}`")).collect();
        let near = match nearest.as_slice() {
            [] => String::new(),
            [only] => format!("; nearest is {only}"),
            several => format!("; nearest are {}", several.join(", ")),
        };
        complain(&format!("the glossary has no concept with the id or name `{what}`{near}"));
    }
    match args.format {
        ReportFormat::Terminal => write_concepts(&found, out)?,
        ReportFormat::Json => write_glossary_json(&found, out)?,
    }
    Ok(if found.is_empty() { Outcome::NoHit } else { Outcome::Done })
}

/// Writes concepts for reading: the id, and a line of names for each column that has any.
fn write_concepts(found: &[FoundConcept], out: &mut dyn Write) -> Result<()> {
    for (at, FoundConcept { concept, found_by }) in found.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let codes: Vec<String> = concept.countries.iter().map(ToString::to_string).collect();
        let codes = codes.join(",");
        let about = match (concept.kind.is_filtered_by(), codes.is_empty()) {
            (true, true) => String::new(),
            (true, false) => format!(", names {codes}"),
            (false, true) => ", no filter".to_owned(),
            (false, false) => format!(", filter country:{codes}"),
        };
        let by = found_by.as_ref().map(|name| format!(", found by {}", one_line(&name.text))).unwrap_or_default();
        writeln!(out, "{}  ({}{about}{by})", one_line(&concept.id), concept.kind.name())?;
        for column in Column::ALL {
            let names = concept.names.iter().filter(|name| name.column == column);
            let names: Vec<String> = names
                .map(|name| {
                    format!("{}{}", one_line(&name.text), if name.is_as_written { " (so written)" } else { "" })
                })
                .collect();
            if !names.is_empty() {
                writeln!(out, "  {:<8}{}", column.name(), names.join(", "))?;
            }
        }
    }
    Ok(())
}
