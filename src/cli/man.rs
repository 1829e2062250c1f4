//! `tradewire man`: the manual pages.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::CommandFactory;
use clap_mangen::Man;

use crate::cli::{Cli, Outcome};

/// Print a manual page, as `tradewire man search | man -l -`; with --dir, write all of them
#[derive(clap::Args)]
pub(super) struct Args {
    /// A command; without it, the page of tradewire itself
    #[arg(value_name = "COMMAND")]
    command: Option<String>,

    /// Write the pages of all commands into this folder, which is made
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let mut cli = Cli::command();
    // Built, so that a command's page shows its full name.
    cli.build();
    if let Some(dir) = &args.dir {
        fs::create_dir_all(dir).with_context(|| format!("making `{}`", dir.display()))?;
        for command in cli.get_subcommands().chain([&cli]) {
            let page = page_of(command.clone());
            page.generate_to(dir).with_context(|| format!("writing manual pages into `{}`", dir.display()))?;
        }
        return Ok(Outcome::Done);
    }
    let page = match &args.command {
        None => cli,
        Some(name) => match cli.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                let names: Vec<&str> = cli.get_subcommands().map(clap::Command::get_name).collect();
                bail!("there is no command `{name}`, expected one of {}", names.join(", "));
            }
        },
    };
    page_of(page).render(out)?;
    Ok(Outcome::Done)
}

fn page_of(command: clap::Command) -> Man {
    Man::new(command).source(concat!("tradewire ", env!("CARGO_PKG_VERSION"))).manual("tradewire")
}
