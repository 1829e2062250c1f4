//! Addresses of the web, as documents state them.

/// True for what begins as an address of the web does, in whatever case.
pub(crate) fn is_address(text: &str) -> bool {
    let begins = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    begins("https://") || begins("http://")
}
