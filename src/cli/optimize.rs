//! `tradewire optimize`: merges an index into one segment.

use anyhow::Result;
use indicatif::HumanBytes;
use tradewire::Index;
use tradewire::index_types::Optimized;

use crate::cli::target::Target;
use crate::cli::{Outcome, complain, count};

/// Merge the index into one segment, without replaced and removed documents, and rewrite all other files. Indexing keeps an
/// index in good shape by itself; use this on an index that will not change any more.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    target: Target,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let config = args.target.config()?;
    let Optimized { segments, bytes } = Index::optimize(args.target.index_dir()?, &config)?;
    complain(&format!(
        "{} before, {} now; {} before, {} now",
        count(segments.0 as u64, "segment", "segments"),
        segments.1,
        HumanBytes(bytes.0),
        HumanBytes(bytes.1)
    ));
    Ok(Outcome::Done)
}
