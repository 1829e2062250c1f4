//! `tradewire help`: the help page of a command, or the reference of the query language.

use std::io::Write;

use anyhow::{Result, bail};
use clap::CommandFactory;
use tradewire::Query;

use crate::cli::{Cli, Outcome};

/// Show the help page of a command, or with `query` the reference of the query language
#[derive(clap::Args)]
pub(super) struct Args {
    /// A command, or `query`
    #[arg(value_name = "TOPIC")]
    topic: Option<String>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let mut cli = Cli::command();
    // Built, so that a command's page shows its full name.
    cli.build();
    let page = match args.topic.as_deref() {
        None => cli.render_long_help().to_string(),
        Some("query") => Query::REFERENCE.to_owned(),
        Some(name) => match cli.find_subcommand_mut(name) {
            Some(command) => command.render_long_help().to_string(),
            None => {
                let names: Vec<&str> = cli.get_subcommands().map(clap::Command::get_name).collect();
                bail!("no help on `{name}`, expected query or one of {}", names.join(", "));
            }
        },
    };
    write!(out, "{page}")?;
    Ok(Outcome::Done)
}
