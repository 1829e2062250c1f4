//! Any bytes as a text collection in SGML, to documents and passages.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tradewire_fuzz::Readers;

static READERS: LazyLock<Readers> = LazyLock::new(|| Readers::new().expect("the shipped configuration is valid"));

fuzz_target!(|bytes: &[u8]| {
    if let Err(error) = READERS.check_target("sgml", bytes) {
        panic!("{error:#}");
    }
});
