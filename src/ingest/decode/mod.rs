//! Characters: which encoding bytes are in, as declared (`declared`), or as judged from them (`charset`), and bytes to UTF-8 as a
//! stream (`encoding`); `peek` looks at the beginning of an input.

pub(crate) mod charset;
pub(crate) mod declared;
pub(crate) mod encoding;
pub(crate) mod peek;
