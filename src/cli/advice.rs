//! The words of the command line for what a user can do about a problem: its options.

use tradewire::internals::ingest::Advice;

/// The option that follows an advice.
pub(crate) fn word(advice: Advice) -> String {
    match advice {
        Advice::RaiseLimit(name) => format!("--limit {name}=VALUE raises it"),
        Advice::RaiseUnpackLimit => "--limit NAME=VALUE raises one".to_owned(),
        Advice::StateFormat => "or say it by --format".to_owned(),
        Advice::StateEncoding => "--encoding names another encoding".to_owned(),
    }
}
