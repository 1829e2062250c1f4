//! Any bytes as a text, through every chain.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tradewire_fuzz::Analyzers;

static ANALYZERS: LazyLock<Analyzers> = LazyLock::new(|| Analyzers::new().expect("embedded dictionaries"));

fuzz_target!(|bytes: &[u8]| {
    if let Err(error) = ANALYZERS.check_text(&String::from_utf8_lossy(bytes)) {
        panic!("{error}");
    }
});
