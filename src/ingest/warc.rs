//! Placeholder: web archives are read by the reader that takes this file's place.

use std::io::BufRead;
use std::ops::ControlFlow;

use crate::config::Limits;

/// One page.
pub(crate) struct WarcPage {
    pub(crate) url: String,
    pub(crate) date: Option<String>,
    pub(crate) charset: Option<String>,
    pub(crate) is_html: bool,
    pub(crate) body: Vec<u8>,
    pub(crate) offset: u64,
}

/// Reads all of it as one page of text.
pub(crate) fn read_warc(
    input: &mut dyn BufRead,
    _limits: &Limits,
    each: &mut dyn FnMut(Result<WarcPage, String>) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, String> {
    let mut body = Vec::new();
    input.read_to_end(&mut body).map_err(|error| error.to_string())?;
    let url = "https://example.org/".to_owned();
    Ok(each(Ok(WarcPage { url, date: None, charset: None, is_html: false, body, offset: 0 })))
}
