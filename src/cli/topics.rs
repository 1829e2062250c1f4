//! The arguments of `eval` and `bench` that say how the queries of topics are read.

use tradewire::internals::evaluation::TopicOptions;

/// Options for reading the queries of topics.
#[derive(clap::Args)]
pub(super) struct TopicArgs {
    /// Read the queries as plain words, without operators
    #[arg(long)]
    plain: bool,

    /// Search only for what was typed, without the other names that the glossary adds
    #[arg(long)]
    no_expand: bool,
}

impl TopicArgs {
    pub(super) fn options(&self) -> TopicOptions {
        TopicOptions { plain: self.plain, expand: !self.no_expand }
    }
}
