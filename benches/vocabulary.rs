//! Growth of the vocabulary: distinct terms after a thousand, ten thousand, … tokens of each language, as its chain analyses the
//! corpus. Nothing is timed. `TRADEWIRE_BENCH_CORPUS=FOLDER` takes the texts in a folder instead.

mod corpus;

use std::collections::BTreeSet;
use std::io::{Result, Write, stdout};

use tradewire::internals::analysis::{Analyzer, Chain};
use tradewire::internals::config::Config;

/// The number of points per tenfold growth.
const STEPS: f64 = 2.0;

fn main() -> Result<()> {
    let config = Config::builtin().expect("the shipped configuration is valid");
    let analyzer = Analyzer::for_indexing(&config.analysis);
    let sizes = corpus::sizes();
    let largest = sizes.iter().max().expect("TRADEWIRE_BENCH_PASSAGES has a number");
    let documents = corpus::documents(&corpus::mixed(*largest));
    let mut out = stdout().lock();
    writeln!(out, "| language | tokens | distinct | growth |\n|---|---|---|---|")?;
    for chain in [Chain::English, Chain::German, Chain::Korean, Chain::Chinese] {
        let mut distinct = BTreeSet::new();
        let (mut tokens, mut next) = (0_u64, 1000.0);
        let mut before: Option<(f64, f64)> = None;
        let of_language = |code: Option<&str>| code == Some(chain.name());
        for document in documents.iter().filter(|document| of_language(document.lang.map(|lang| lang.code()))) {
            for token in analyzer.tokens(chain, &document.body).expect("the dictionaries are whole") {
                // Parts of compounds come with their words and are left out.
                if token.term.starts_with('+') {
                    continue;
                }
                tokens += 1;
                distinct.insert(token.term);
                if tokens as f64 >= next {
                    next *= 10_f64.powf(1.0 / STEPS);
                    let now = ((tokens as f64).ln(), (distinct.len() as f64).ln());
                    let growth = before.map(|before| format!("{:.2}", (now.1 - before.1) / (now.0 - before.0)));
                    before = Some(now);
                    let growth = growth.unwrap_or_default();
                    writeln!(out, "| {} | {tokens} | {} | {growth} |", chain.name(), distinct.len())?;
                }
            }
        }
    }
    Ok(())
}
