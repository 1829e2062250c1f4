//! What the library says in values, worded for who typed a command: errors, what mends them, and what emptied a result.

use std::path::Path;

use tradewire::search_types::Relaxation;
use tradewire::{Error, IndexSource, Remedy};

/// An error with its causes and what mends it, as one line.
pub(super) fn describe(error: &anyhow::Error) -> String {
    let causes = error.chain().map(|cause| match cause.downcast_ref::<Error>() {
        Some(error) => match error.remedy() {
            Some(remedy) => format!("{error}; {}", advice(&remedy)),
            None => error.to_string(),
        },
        None => cause.to_string(),
    });
    causes.collect::<Vec<_>>().join(": ")
}

/// What to do, as the end of a sentence.
pub(super) fn advice(remedy: &Remedy) -> String {
    match remedy {
        Remedy::CreateIndex => "build one with `tradewire index PATH...`, or name another with --index".to_owned(),
        Remedy::Rebuild(source) => format!("build it anew: {}", rebuild_command(source)),
        Remedy::VerifyOrRebuild(source) => format!(
            "`tradewire verify` checks the index in `{}`, and this builds it anew: {}",
            source.index.display(),
            rebuild_command(source)
        ),
        Remedy::Verify => "`tradewire verify` says more".to_owned(),
        Remedy::VerifyOrIndexAnew => {
            "`tradewire verify` checks the index, and `tradewire index --rebuild PATH...` builds it anew".to_owned()
        }
        Remedy::DeleteAndRebuild { index } => format!("delete `{}` and build the index anew", index.display()),
        Remedy::Optimize(_) => "`tradewire optimize` renews it".to_owned(),
        Remedy::NextRun => "the next `tradewire index` or `tradewire optimize` writes it".to_owned(),
        Remedy::Wait => "wait until it is done".to_owned(),
        Remedy::Retry => "try again".to_owned(),
    }
}

/// The command that mends a damaged index.
pub(super) fn mend_command(remedy: &Remedy) -> String {
    match remedy {
        Remedy::Optimize(source) => command("optimize", source),
        Remedy::Rebuild(source) | Remedy::VerifyOrRebuild(source) => rebuild_command(source),
        other => advice(other),
    }
}

/// What emptied a result: a clause as it stands in the query, or the option that the suggestion does without.
pub(super) fn emptied_by(relaxation: &Relaxation) -> &str {
    match relaxation {
        Relaxation::Clause(clause) => clause,
        Relaxation::AnyLanguage => "--lang",
        Relaxation::AnyDate => "--since or --until",
        Relaxation::AnySource => "--source",
        Relaxation::AnyCountry => "--country",
        Relaxation::AnyPair => "--pair",
        Relaxation::Expand => "--no-expand",
        Relaxation::AnyWord => "--require all",
    }
}

fn rebuild_command(source: &IndexSource) -> String {
    let mut command = command("index --rebuild", source);
    let paths = || source.paths.iter().filter(|path| *path != "-");
    for path in paths() {
        command.push(' ');
        command.push_str(&shell_word(path));
    }
    // What came by standard input has to come again in its own way.
    if paths().next().is_none() {
        command.push_str(" PATH...");
    }
    command
}

/// A command with the options that say which index.
fn command(name: &str, source: &IndexSource) -> String {
    let word = |path: &Path| shell_word(&path.display().to_string());
    let mut command = format!("tradewire {name} --index {}", word(&source.index));
    if let Some(config) = &source.config {
        command.push_str(&format!(" --config {}", word(config)));
    }
    command
}

/// A word as a POSIX shell reads it back.
fn shell_word(word: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "/._-+=:,@%".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
