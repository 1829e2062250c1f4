//! `tradewire analyze`: shows the tokens that the analysis chains make of a text.

use std::io::Write;

use anyhow::Result;
use tradewire::Language;
use tradewire::internals::analysis::{Analyzer, Chain, Segmented};
use tradewire::output::one_line;

use crate::cli::target::Target;
use crate::cli::{Outcome, complain};

/// Show the tokens of a text for each analysis chain that applies: chain, position, byte range, term, original text.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The text
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,

    #[command(flatten)]
    target: Target,

    /// Only the chain of this language: en, de, ko, zh; und for any other, with CJK bigrams
    #[arg(long, value_name = "LANG")]
    lang: Option<Language>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let config = args.target.config()?;
    let analyzer = Analyzer::for_queries(&config.analysis);
    let text = args.text.join(" ");
    let segmented = Segmented::new(&text);
    let chains: Vec<Chain> = match args.lang {
        Some(Language::Undetermined) if segmented.has_chars() => vec![Chain::Undetermined, Chain::Characters],
        Some(language) => vec![Chain::of(language)],
        None => Chain::ALL.into_iter().filter(|&chain| chain.applies_to(&segmented)).collect(),
    };
    let mut found = false;
    for chain in chains {
        for token in analyzer.tokens_of(chain, &segmented, false)? {
            found = true;
            let behind = one_line(token.range.slice(&text)).into_owned();
            let (start, end) = (token.range.start, token.range.end);
            writeln!(out, "{}\t{}\t{start}..{end}\t{}\t{behind}", chain.name(), token.position, token.term)?;
        }
    }
    if !found {
        complain("the text has no word or character to search for");
        return Ok(Outcome::NoHit);
    }
    Ok(Outcome::Done)
}
