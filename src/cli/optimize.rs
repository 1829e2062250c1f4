//! `tradewire optimize`: makes one segment of an index.

use anyhow::Result;
use indicatif::HumanBytes;
use tradewire::internals::index::{Optimized, optimize};

use crate::cli::target::Target;
use crate::cli::{Outcome, complain, count};

/// Make one segment of the whole index, without what was replaced or removed, and write all files beside it anew. Indexing
/// keeps an index in order by itself; this makes the most of one that is not going to change.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    target: Target,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let config = args.target.config()?;
    let Optimized { segments, bytes } = optimize(&args.target.index_dir()?, &config)?;
    complain(&format!(
        "{} before, {} now; {} before, {} now",
        count(segments.0 as u64, "segment", "segments"),
        segments.1,
        HumanBytes(bytes.0),
        HumanBytes(bytes.1)
    ));
    Ok(Outcome::Done)
}
