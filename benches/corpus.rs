//! What the benches share: the sample articles, indexed into a temporary folder.

use std::path::{Path, PathBuf};

use tradewire::config::Config;
use tradewire::index::{IndexOptions, Report, index_paths};

/// The four files of sample articles.
pub(crate) fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join("news")
}

/// Indexes the sample articles into `dir`.
pub(crate) fn index_seeds(dir: &Path, config: &Config) -> Report {
    let options = IndexOptions { rebuild: true, threads: 1, strict: true };
    index_paths(dir, &[seeds()], config, &options, &mut |_| {}).expect("the sample articles can be indexed")
}
