//! Hyperlinks of the terminal (OSC 8): a title that leads to its article. Only addresses of http and https and files that are there
//! become links, and what is not printable ASCII in them is percent-encoded, so that no document controls a terminal.

use std::path::Path;

use url::Url;

/// The target of a link, percent-encoded, and a number that tells it from others on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hyperlink {
    target: String,
    number: usize,
}

impl Hyperlink {
    /// The link to an article: its address if that is one of http or https, else the file that it was read from, or the archive with
    /// the file; none if there is no such file.
    pub(crate) fn to(url: Option<&str>, path: &str, number: usize) -> Option<Hyperlink> {
        let target = url.and_then(web_address).or_else(|| file_address(path))?;
        Some(Hyperlink { target, number })
    }

    /// A line as this link. Lines of one link belong together by its number.
    pub(crate) fn around(&self, line: &str) -> String {
        let Hyperlink { target, number } = self;
        format!("\x1b]8;id={number};{target}\x1b\\{line}\x1b]8;;\x1b\\")
    }
}

/// An address of http or https, percent-encoded; none for any other.
pub(crate) fn web_address(url: &str) -> Option<String> {
    let url = Url::parse(url.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| encoded(url.as_str()))
}

fn file_address(path: &str) -> Option<String> {
    let path = std::path::absolute(Path::new(path)).ok()?;
    let file = path.ancestors().find(|path| path.is_file())?;
    Some(encoded(Url::from_file_path(file).ok()?.as_str()))
}

/// An address without any character but printable ASCII. The library encodes nearly all of them.
fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'!'..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_percent_encoded_and_nothing_else_is_linked() {
        let linked = |url: &str| web_address(url).unwrap_or_default();
        assert_eq!(
            linked(" https://example.org/무역?q=a b#ä\u{1b}"),
            "https://example.org/%EB%AC%B4%EC%97%AD?q=a%20b#%C3%A4"
        );
        assert_eq!(linked("http://bücher.example/\u{9b}2J\u{202e}"), "http://xn--bcher-kva.example/%C2%9B2J%E2%80%AE");
        for url in ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "mailto:a@b", "/a", "", "https://"]
        {
            assert_eq!(web_address(url), None, "{url}");
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("Zölle 관세.txt");
        std::fs::write(&file, "").unwrap();
        for path in [file.clone(), file.join("member.txt")] {
            let link = Hyperlink::to(None, path.to_str().unwrap(), 1).unwrap();
            assert!(link.target.ends_with("/Z%C3%B6lle%20%EA%B4%80%EC%84%B8.txt"), "{link:?}");
            assert!(link.target.starts_with("file:///"), "{link:?}");
        }
        assert_eq!(Hyperlink::to(Some("ftp://a/b"), "-", 1), None);
        assert_eq!(
            Hyperlink::to(Some("https://a/"), "-", 3).unwrap().around("x"),
            "\x1b]8;id=3;https://a/\x1b\\x\x1b]8;;\x1b\\"
        );
    }

    proptest::proptest! {
        #[test]
        fn links_are_printable_ascii(url in "(https?://[a-z.]{1,5}/)?\\PC{0,12}[\\x00-\\x1f\\x7f-\\u{a0}]{0,3}\\PC{0,4}") {
            let linked = web_address(&url).unwrap_or_default();
            proptest::prop_assert!(linked.bytes().all(|byte| byte.is_ascii_graphic()), "{linked:?}");
        }
    }
}
