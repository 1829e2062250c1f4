//! Elements of which nothing is shown, and which are never closed: in a fragment of a page they would hide the rest of it.

use std::borrow::Cow;

use memchr::memchr2_iter;

/// Elements whose content is no text, and which pages forget to close.
const NAMES: [&str; 12] = [
    "object", "applet", "iframe", "video", "audio", "canvas", "map", "select", "button", "textarea", "noscript",
    "noembed",
];

/// Markup without the start tags of these elements that have no end tag.
pub(super) fn without_unclosed(markup: &str) -> Cow<'_, str> {
    let signs: Vec<usize> = memchr2_iter(b'<', b'>', markup.as_bytes()).collect();
    let mut ends = [0_usize; NAMES.len()];
    let mut unclosed = Vec::new();
    // The end of the tag that begins before it.
    let mut tag_end = None;
    for &at in signs.iter().rev() {
        if markup.as_bytes()[at] == b'>' {
            tag_end = Some(at + 1);
            continue;
        }
        let rest = &markup.as_bytes()[at + 1..];
        let (is_end, rest) = rest.strip_prefix(b"/").map_or((false, rest), |rest| (true, rest));
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let Some(which) = NAMES.iter().position(|name| name.as_bytes().eq_ignore_ascii_case(&rest[..length])) else {
            continue;
        };
        if is_end {
            ends[which] += 1;
        } else if ends[which] > 0 {
            ends[which] -= 1;
        } else if let Some(end) = tag_end {
            unclosed.push(at..end);
        }
    }
    if unclosed.is_empty() {
        return Cow::Borrowed(markup);
    }
    let mut kept = String::with_capacity(markup.len());
    let mut from = 0;
    for tag in unclosed.into_iter().rev() {
        // A tag in an attribute of another ends with that.
        if tag.start >= from {
            kept.push_str(&markup[from..tag.start]);
            kept.push(' ');
            from = tag.end;
        }
    }
    kept.push_str(&markup[from..]);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_no_end_is_left_out() {
        assert_eq!(without_unclosed("a <object data='x'> b"), "a   b");
        assert_eq!(without_unclosed("a <OBJECT>x</object> b <iframe src=x>관세"), "a <OBJECT>x</object> b  관세");
        assert_eq!(without_unclosed("<object>a<object>b</object>c"), " a<object>b</object>c");
        for same in ["<p>a</p>", "<objects>a", "<object", "</object>", "<object>a</object>"] {
            assert_eq!(without_unclosed(same), same);
        }
    }
}
