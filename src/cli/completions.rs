//! `tradewire completions`: what a shell completes, values of the index included.
//!
//! The script of a shell asks the program itself, by an environment variable, what could stand at the cursor. So options are never out
//! of date, and sources, authors, sections, countries and concepts are completed from the index and the glossary.

use std::env;
use std::ffi::OsStr;
use std::io::{self, Write};

use anyhow::{Context, Result, anyhow};
use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};
use tradewire::glossary::Glossary;
use tradewire::output::is_unsafe;
use tradewire::search_types::{FacetField, ResultUnit};
use tradewire::{Config, Index, Language, Query, SearchOptions};

use crate::cli::target::usual_index_dir;
use crate::cli::{Cli, Outcome};

/// The variable by which a shell asks for completions.
const VARIABLE: &str = "TRADEWIRE_COMPLETE";
/// Every passage, to count values over.
const EVERYTHING: &str = "lang:en,de,ko,zh,und";

/// Print the completions of a shell, to be read when it starts; `tradewire help completions` says how
///
/// bash: echo 'source <(tradewire completions bash)' >> ~/.bashrc
/// zsh:  echo 'source <(tradewire completions zsh)' >> ~/.zshrc
/// fish: tradewire completions fish > ~/.config/fish/completions/tradewire.fish
///
/// Commands and options are completed, and values: languages, concepts of the glossary, and the sources, authors, sections and countries
/// of the index (that of TRADEWIRE_INDEX or the usual one).
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Args {
    /// The shell
    #[arg(value_name = "SHELL", value_parser = PossibleValuesParser::new(["bash", "zsh", "fish", "elvish", "powershell"]))]
    shell: String,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let shells = Shells::builtins();
    let shell = shells.completer(&args.shell).ok_or_else(|| anyhow!("`{}` is no shell that is known", args.shell))?;
    shell.write_registration(VARIABLE, "tradewire", "tradewire", "tradewire", out)?;
    Ok(Outcome::Done)
}

/// Answers a shell, if it is one that asks; false for an ordinary run.
///
/// # Errors
///
/// When the shell asks for something that is not known, or the answer cannot be written.
pub(super) fn answer() -> Result<bool> {
    let Some(shell) = env::var_os(VARIABLE) else {
        return Ok(false);
    };
    let is_bash = shell == "bash";
    let complete = CompleteEnv::with_factory(|| with_values(Cli::command(), is_bash)).var(VARIABLE);
    let folder = env::current_dir().ok();
    complete
        .try_complete(env::args_os(), folder.as_deref())
        .map_err(|error| anyhow!(io::Error::other(error.to_string())))
        .context("completing")
}

/// Where the values of an option come from.
#[derive(Clone, Copy)]
enum Values {
    Languages,
    Concepts,
    OfIndex(FacetField),
}

const VALUES: [(&str, Values); 6] = [
    ("lang", Values::Languages),
    ("concept", Values::Concepts),
    ("source", Values::OfIndex(FacetField::Source)),
    ("author", Values::OfIndex(FacetField::Author)),
    ("section", Values::OfIndex(FacetField::Section)),
    ("country", Values::OfIndex(FacetField::Country)),
];

/// The command line with completers for the values of its options.
fn with_values(mut command: Command, is_bash: bool) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, |mut sub| {
            for (long, values) in VALUES {
                let id = sub.get_arguments().find(|arg| arg.get_long() == Some(long)).map(|arg| arg.get_id().clone());
                if let Some(id) = id {
                    let complete = move |typed: &OsStr| candidates(values, typed, is_bash);
                    sub = sub.mut_arg(id, |arg| arg.add(ArgValueCompleter::new(complete)));
                }
            }
            sub
        });
    }
    command
}

/// The values that begin with what was typed. Bash needs spaces in them escaped.
fn candidates(values: Values, typed: &OsStr, is_bash: bool) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy().replace('\\', "").to_lowercase();
    let known = match values {
        Values::Languages => Ok(Language::ALL.map(|language| language.code().to_owned()).into()),
        Values::Concepts => Config::builtin().and_then(|config| Ok(Glossary::of(&config).filter_ids()?)),
        Values::OfIndex(field) => values_of_index(field),
    };
    // A shell can show no error here.
    let known: Vec<String> = known.unwrap_or_default();
    let is_safe = |value: &&String| !value.chars().any(is_unsafe) && value.to_lowercase().starts_with(&typed);
    let shown = |value: &String| CompletionCandidate::new(if is_bash { escaped(value) } else { value.clone() });
    known.iter().filter(is_safe).map(shown).collect()
}

fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars() {
        if character.is_ascii() && !character.is_ascii_alphanumeric() && !"-_./:@%+,".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// The values that articles of the index have in a field, the most frequent first.
fn values_of_index(field: FacetField) -> Result<Vec<String>> {
    let config = Config::builtin()?;
    let searcher = Index::open(usual_index_dir()?, &config)?.searcher();
    let options = SearchOptions {
        limit: 0,
        unit: ResultUnit::Passage,
        facets: vec![field],
        facet_limit: 0,
        ..SearchOptions::default()
    };
    let results = searcher.search(&Query::parse(EVERYTHING)?, &options)?;
    Ok(results.facets.into_iter().flat_map(|facet| facet.values).map(|found| found.value).collect())
}
