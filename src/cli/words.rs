//! The wording of the library's typed values for the command line: errors, remedies, and what emptied a result.

use std::path::Path;

use tradewire::search_types::Relaxation;
use tradewire::{Error, IndexSource, Remedy};

/// An error with its causes and its remedy, as one line.
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

/// The wording of a remedy, as the end of a sentence.
pub(super) fn advice(remedy: &Remedy) -> String {
    match remedy {
        Remedy::CreateIndex => "build one with `tradewire index PATH...`, or name another with --index".to_owned(),
        Remedy::Rebuild(source) => format!("rebuild it: {}", rebuild_command(source)),
        Remedy::VerifyOrRebuild(source) => format!(
            "`tradewire verify` checks the index in `{}`, and this rebuilds it: {}",
            source.index.display(),
            rebuild_command(source)
        ),
        Remedy::Verify => "`tradewire verify` shows the details".to_owned(),
        Remedy::VerifyOrIndexAnew => {
            "`tradewire verify` checks the index, and `tradewire index --rebuild PATH...` rebuilds it".to_owned()
        }
        Remedy::DeleteAndRebuild { index } => format!("delete `{}` and build the index again", index.display()),
        Remedy::Optimize(_) => "`tradewire optimize` rewrites it".to_owned(),
        Remedy::NextRun => "the next `tradewire index` or `tradewire optimize` writes it".to_owned(),
        Remedy::Wait => "wait until it is done".to_owned(),
        Remedy::Retry => "try again".to_owned(),
    }
}

/// The command that repairs a damaged index.
pub(super) fn mend_command(remedy: &Remedy) -> String {
    match remedy {
        Remedy::Optimize(source) => command("optimize", source),
        Remedy::Rebuild(source) | Remedy::VerifyOrRebuild(source) => rebuild_command(source),
        other => advice(other),
    }
}

/// What emptied a result: a clause as it stands in the query, or the option that the suggestion drops.
pub(super) fn emptied_by(relaxation: &Relaxation) -> &str {
    match relaxation {
        Relaxation::Clause(clause) => clause,
        Relaxation::AnyLanguage => "--lang",
        Relaxation::AnyDate => "--since or --until",
        Relaxation::AnySource => "--source",
        Relaxation::AnyAuthor => "--author",
        Relaxation::AnySection => "--section",
        Relaxation::AnyLength => "--words",
        Relaxation::AnyConcept => "--concept",
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
    // Documents from standard input have to be piped in again by the user.
    if paths().next().is_none() {
        command.push_str(" PATH...");
    }
    command
}

/// A command with the options of its index.
fn command(name: &str, source: &IndexSource) -> String {
    let word = |path: &Path| shell_word(&path.display().to_string());
    let mut command = format!("tradewire {name} --index {}", word(&source.index));
    if let Some(config) = &source.config {
        command.push_str(&format!(" --config {}", word(config)));
    }
    command
}

/// A word, quoted for a POSIX shell where it must be.
fn shell_word(word: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "/._-+=:,@%".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
