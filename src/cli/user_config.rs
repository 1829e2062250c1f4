//! The user's own defaults: `tradewire/config.toml` in the user's configuration directory (XDG), never a file of the working directory.
//!
//! In: the text of the file. Out: the command line with these values as the defaults of its options. So an option on the command
//! line comes first, then an environment variable, then the file, then what is built in.

use std::fs;
use std::io;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use clap::builder::ValueParser;
use clap::error::{ContextKind, ContextValue};
use clap::{Arg, ArgAction, Command};
use etcetera::BaseStrategy;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The option that leaves the file out.
const NO_CONFIG: &str = "--no-config";
/// Options without a default of one's own, and why.
const REFUSED: [(&str, &str); 5] = [
    ("yes", "it deletes documents"),
    ("prune", "it deletes documents"),
    ("rebuild", "it rebuilds the index"),
    ("format", "programs read what is printed"),
    ("output", "it writes files"),
];
/// Commands to which keys above all sections do not apply, since they write, measure, or have files as arguments.
const BY_SECTION_ONLY: [&str; 7] = ["index", "delete", "optimize", "verify", "eval", "bench", "demo"];
/// Keys above all sections that apply to every command that has the option.
const FOR_ALL: [&str; 2] = ["index", "config"];

/// The command line with the user's defaults.
///
/// # Errors
///
/// When the file cannot be read, or has a key or value that is wrong; the message names the file and the line.
pub(super) fn with_defaults(command: Command) -> Result<Command> {
    if std::env::args_os().take_while(|argument| argument != "--").any(|argument| argument == NO_CONFIG) {
        return Ok(command);
    }
    let Some(path) = path() else {
        return Ok(command);
    };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(command),
        Err(error) => {
            return Err(anyhow!(error)).with_context(|| format!("reading `{}`", path.display()));
        }
    };
    apply(command, &text)
        .map_err(|(line, error)| anyhow!("{}, line {line}: {error:#}; {NO_CONFIG} leaves the file out", path.display()))
}

/// The path of the file.
fn path() -> Option<PathBuf> {
    let base = etcetera::base_strategy::Xdg::new().ok()?;
    Some(base.config_dir().join("tradewire").join("config.toml"))
}

/// Applies the text of a file; an error has the number of its line.
fn apply(mut command: Command, text: &str) -> Result<Command, (usize, anyhow::Error)> {
    let line_at = |byte: usize| text[..byte.min(text.len())].matches('\n').count() + 1;
    let table = DeTable::parse(text)
        .map_err(|error| (error.span().map_or(1, |span| line_at(span.start)), anyhow!("{}", error.message())))?;
    for (key, value) in in_order(table.get_ref()) {
        let at = |key: &Spanned<std::borrow::Cow<'_, str>>| line_at(key.span().start);
        match value.get_ref() {
            DeValue::Table(section) => {
                check_section(&command, key.get_ref()).map_err(|error| (at(key), error))?;
                for (inner, value) in in_order(section) {
                    command = set(command, &[key.get_ref()], inner.get_ref(), value.get_ref())
                        .map_err(|error| (at(inner), error))?;
                }
            }
            value => {
                let commands = commands_with(&command, key.get_ref()).map_err(|error| (at(key), error))?;
                let commands: Vec<&str> = commands.iter().map(String::as_str).collect();
                command = set(command, &commands, key.get_ref(), value).map_err(|error| (at(key), error))?;
            }
        }
    }
    Ok(command)
}

/// The entries of a table in the order of the file.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Spanned<std::borrow::Cow<'i, str>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn check_section(command: &Command, name: &str) -> Result<()> {
    if command.find_subcommand(name).is_some() {
        return Ok(());
    }
    let names = command.get_subcommands().map(Command::get_name);
    bail!("[{name}] is no command of tradewire{}", nearest(name, names))
}

/// The commands that a key above all sections applies to.
fn commands_with(command: &Command, key: &str) -> Result<Vec<String>> {
    let of_key = command.get_subcommands().filter(|sub| option(sub, key).is_some());
    let of_key = of_key.filter(|sub| FOR_ALL.contains(&key) || !BY_SECTION_ONLY.contains(&sub.get_name()));
    let names: Vec<String> = of_key.map(|sub| sub.get_name().to_owned()).collect();
    if names.is_empty() {
        let sections: Vec<String> = command
            .get_subcommands()
            .filter(|sub| option(sub, key).is_some())
            .map(|sub| format!("[{}]", sub.get_name()))
            .collect();
        if !sections.is_empty() {
            bail!("`{key}` belongs to a command; write it below {}", sections.join(" or "));
        }
        let options = command.get_subcommands().flat_map(Command::get_arguments).filter_map(Arg::get_long);
        bail!("no command has the option `{key}`{}", nearest(key, options));
    }
    Ok(names)
}

/// The option of a command with a long name.
fn option<'c>(command: &'c Command, key: &str) -> Option<&'c Arg> {
    command.get_arguments().find(|arg| arg.get_long() == Some(key))
}

/// Makes a value the default of an option of some commands.
fn set(mut command: Command, names: &[&str], key: &str, value: &DeValue<'_>) -> Result<Command> {
    if let Some((_, why)) = REFUSED.iter().find(|(refused, _)| *refused == key) {
        bail!("`{key}` cannot have a default, since {why}; give it on the command line");
    }
    for name in names {
        let Some(sub) = command.find_subcommand(name) else {
            continue;
        };
        let Some(arg) = option(sub, key) else {
            let options = sub.get_arguments().filter_map(Arg::get_long);
            bail!("`{key}` is no option of `tradewire {name}`{}", nearest(key, options));
        };
        let values = values_for(arg, key, value)?;
        for value in &values {
            check(arg.get_value_parser(), value).with_context(|| format!("`{key}` of `tradewire {name}`"))?;
        }
        let id = arg.get_id().clone();
        command = command.mut_subcommand(name, |sub| sub.mut_arg(id, |arg| arg.default_values(values)));
    }
    Ok(command)
}

/// The values as they would be typed.
fn values_for(arg: &Arg, key: &str, value: &DeValue<'_>) -> Result<Vec<String>> {
    let is_flag = matches!(arg.get_action(), ArgAction::SetTrue | ArgAction::SetFalse);
    let takes_several = matches!(arg.get_action(), ArgAction::Append) || arg.get_value_delimiter().is_some();
    let typed = |value: &DeValue<'_>| -> Result<String> {
        Ok(match value {
            DeValue::String(text) => text.clone().into_owned(),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Float(number) => number.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Boolean(is_on) => is_on.to_string(),
            DeValue::Array(_) | DeValue::Table(_) => bail!("`{key}` takes one value"),
        })
    };
    match value {
        DeValue::Boolean(_) if !is_flag => bail!("`{key}` takes a value, and not true or false"),
        DeValue::Boolean(is_on) => Ok(vec![is_on.to_string()]),
        _ if is_flag => bail!("`{key}` is true or false"),
        DeValue::Array(values) if takes_several => values.iter().map(|value| typed(value.get_ref())).collect(),
        DeValue::Array(_) => bail!("`{key}` takes one value, and not a list"),
        value => {
            let typed = typed(value)?;
            let delimiter = arg.get_value_delimiter();
            Ok(match delimiter {
                Some(delimiter) => typed.split(delimiter).map(str::to_owned).collect(),
                None => vec![typed],
            })
        }
    }
}

/// Checks a value as the option itself would.
fn check(parser: &ValueParser, value: &str) -> Result<()> {
    let probe = Arg::new("value").long("value").value_parser(parser.clone()).action(ArgAction::Append);
    let probe = Command::new("probe").no_binary_name(true).arg(probe.allow_hyphen_values(true));
    let Err(error) = probe.try_get_matches_from([format!("--value={value}")]) else {
        return Ok(());
    };
    let expected = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => format!(", expected {}", values.join(", ")),
        _ => std::error::Error::source(&error).map(|source| format!(": {source}")).unwrap_or_default(),
    };
    bail!("`{value}` is no value of it{expected}")
}

fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let near = known.map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
    near.filter(|(distance, _)| *distance <= 2.max(name.len() / 3))
        .map(|(_, near)| format!("; nearest is `{near}`"))
        .unwrap_or_default()
}
