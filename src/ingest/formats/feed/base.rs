//! The base address of a feed, which its links are relative to.
//!
//! In: `xml:base` of the elements around them (RFC 4287, 2), or else the address of the site. Out: whole addresses.

use url::Url;

/// An address, as far as one is known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Base(Option<Url>);

impl Base {
    /// The base within an element that states one, itself perhaps relative.
    pub(crate) fn within(&self, stated: Option<String>) -> Base {
        stated.and_then(|stated| parse(self, &stated)).map_or_else(|| self.clone(), |base| Base(Some(base)))
    }

    /// Takes an address where none is known.
    pub(crate) fn or(&mut self, address: &str) {
        self.0 = self.0.take().or_else(|| Url::parse(address).ok());
    }

    /// A link as a whole address; one that is whole, or that nothing is known for, as it is.
    pub(crate) fn join(&self, link: String) -> String {
        if self.0.is_none() || Url::parse(&link).is_ok() {
            return link;
        }
        parse(self, &link).map_or(link, String::from)
    }
}

fn parse(base: &Base, address: &str) -> Option<Url> {
    base.0.as_ref().map_or_else(|| Url::parse(address), |base| base.join(address)).ok()
}
