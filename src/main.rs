//! The `tradewire` command. Parses the command line, runs one command, and turns its outcome into an exit code:
//! 0 hits or done, 1 no hit, 2 error.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
