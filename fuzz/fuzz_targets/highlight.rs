//! Any bytes as a query, a title and a text.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tradewire_fuzz::Highlighter;

static HIGHLIGHTER: LazyLock<Highlighter> = LazyLock::new(|| Highlighter::new().expect("a temporary index"));

fuzz_target!(|bytes: &[u8]| {
    if let Err(error) = HIGHLIGHTER.check_case(&String::from_utf8_lossy(bytes)) {
        panic!("{error}");
    }
});
