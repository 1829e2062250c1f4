//! The options of the command line that help with a problem of reading.

use tradewire::ingest_types::Advice;

/// Names the option that follows an advice.
pub(crate) fn word(advice: Advice) -> String {
    match advice {
        Advice::RaiseLimit(name) => format!("--limit {name}=VALUE raises it"),
        Advice::RaiseUnpackLimit => "--limit NAME=VALUE raises one".to_owned(),
        Advice::StateFormat => "or state it with --format".to_owned(),
        Advice::MapFields => "--map PART=FIELD reads one, as in --map title=headline,body=content.text".to_owned(),
        Advice::StateEncoding => "--encoding names another encoding".to_owned(),
        Advice::NameColumns => "--columns says otherwise, such as --columns id,title,body,date,-,url".to_owned(),
    }
}
