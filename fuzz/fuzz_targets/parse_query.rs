//! Any bytes as a query.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(error) = tradewire_fuzz::check_query(&String::from_utf8_lossy(bytes)) {
        panic!("{error}");
    }
});
