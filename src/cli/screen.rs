//! The arguments of commands that print for reading: colours, links, the pager.

use std::io::{self, IsTerminal, Write};

use anyhow::Result;
use clap::ValueEnum;
use tradewire::output::Page;

use crate::cli::{ColorChoice, pager, width};

/// How something is shown on a terminal.
#[derive(clap::Args)]
pub(super) struct ScreenArgs {
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,

    /// When titles are links (OSC 8) to the address of their article, or to its file
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    hyperlinks: HyperlinkChoice,

    /// Print long output to the terminal itself, without TRADEWIRE_PAGER, PAGER or less
    #[arg(long)]
    no_pager: bool,
}

/// When titles are links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum HyperlinkChoice {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl ScreenArgs {
    /// The page that is printed on.
    pub(super) fn page(&self) -> Page {
        let hyperlinks = match self.hyperlinks {
            HyperlinkChoice::Always => true,
            HyperlinkChoice::Never => false,
            HyperlinkChoice::Auto => is_screen(),
        };
        Page { colour: self.color.is_on(), columns: width(), hyperlinks }
    }

    /// Prints through a pager if the output is a terminal and a pager is wanted, else to `out`. `line` is the line at which the
    /// pager opens.
    pub(super) fn paged<T>(
        &self,
        out: &mut dyn Write,
        line: Option<usize>,
        print: impl FnOnce(&mut dyn Write) -> Result<T>,
    ) -> Result<T> {
        let pager = (!self.no_pager && is_screen()).then(|| pager::Pager::start(line)).flatten();
        match pager {
            Some(pager) => pager.print(print),
            None => print(out),
        }
    }
}

/// True if the output is a terminal that can move its cursor.
fn is_screen() -> bool {
    io::stdout().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
