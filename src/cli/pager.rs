//! The pager: the program by which long output is read on a terminal, chosen as git chooses it.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::Result;

/// The pager where none is named: it ends by itself if all fits the screen (F), passes colours and links through (R), and leaves the
/// text on the screen (X).
const DEFAULT: &str = "less -FRX";
/// The options of less by its environment, for a `less` that is named without options.
const LESS: (&str, &str) = ("LESS", "FRX");
/// Characters by which a command line needs a shell.
const SHELL_SIGNS: &str = "|&;<>()$`\\\"'*?[#~=%";

/// A pager that is running.
pub(super) struct Pager {
    child: Child,
}

impl Pager {
    /// Starts the pager of the environment: TRADEWIRE_PAGER, else PAGER, else less. `line` is the line to open at, which less knows.
    /// `None` if the variable is empty or `cat`, or if there is no such program.
    pub(super) fn start(line: Option<usize>) -> Option<Pager> {
        let named = ["TRADEWIRE_PAGER", "PAGER"].into_iter().find_map(|name| std::env::var(name).ok());
        let named = named.unwrap_or_else(|| DEFAULT.to_owned());
        let named = named.trim();
        if named.is_empty() || named == "cat" {
            return None;
        }
        let program = named.split_whitespace().next()?;
        let needs_shell = cfg!(unix) && named.contains(|sign| SHELL_SIGNS.contains(sign));
        let mut command = if needs_shell {
            let mut shell = Command::new("sh");
            shell.args(["-c", named]);
            shell
        } else {
            let mut command = Command::new(program);
            command.args(named.split_whitespace().skip(1));
            let is_less = Path::new(program).file_stem().is_some_and(|stem| stem == "less");
            if let Some(line) = line.filter(|_| is_less) {
                // The line stands at a third of the screen.
                command.args(["-j.3", &format!("+{line}")]);
            }
            command
        };
        if std::env::var_os(LESS.0).is_none() {
            command.env(LESS.0, LESS.1);
        }
        let child = command.stdin(Stdio::piped()).spawn().ok()?;
        // An interrupt is for the pager, which stays until its user leaves it.
        let _ = ctrlc::set_handler(|| ());
        Some(Pager { child })
    }

    /// Prints into the pager, and waits until its user has left it. A user who leaves before the end is no error.
    ///
    /// # Errors
    ///
    /// Those of `print`.
    pub(super) fn print<T>(mut self, print: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
        let result = match self.child.stdin.take() {
            Some(input) => {
                let mut input = BufWriter::new(input);
                let result = print(&mut input).and_then(|printed| {
                    input.flush()?;
                    Ok(printed)
                });
                // Taken apart, so that a failed write is not tried again.
                drop(input.into_parts());
                result
            }
            None => print(&mut std::io::sink()),
        };
        let _ = self.child.wait();
        result
    }
}
