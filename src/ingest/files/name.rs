//! Names of files as texts: different names stay different, and a name that is text stays as it is.
//!
//! A byte that is no text is written `\xFF`, and a backslash that would read like that is written `\x5C`. Control characters
//! stay: whoever prints a name escapes it.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::Path;

/// A file name as text.
pub(crate) fn readable(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        push_text(chunk.valid(), &mut text);
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}

fn push_text(name: &str, text: &mut String) {
    // Where it separates folders, a backslash is no part of a name.
    if std::path::MAIN_SEPARATOR == '\\' {
        text.push_str(name);
        return;
    }
    let mut rest = name;
    while let Some(at) = rest.find("\\x") {
        let is_hex = |byte: &u8| byte.is_ascii_digit() || (b'A'..=b'F').contains(byte);
        let digits = rest.as_bytes()[at + 2..].iter().take(2).filter(|byte| is_hex(byte)).count();
        text.push_str(&rest[..at]);
        text.push_str(if digits == 2 { "\\x5Cx" } else { "\\x" });
        rest = &rest[at + 2..];
    }
    text.push_str(rest);
}

/// A path as text, its parts separated as the system does.
pub(crate) fn readable_path(path: &Path) -> String {
    readable(path.as_os_str())
}

/// A path as text that names the same place from wherever a command is run, and is still the user's own way to it.
pub(crate) fn absolute(path: &Path) -> String {
    readable_path(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// The key of a file, by which it is known from run to run: its one absolute path, without symbolic links, `.` and `..`. The key of a file that is not there
/// any more is the path in the folder where it was.
pub(crate) fn key(path: &Path) -> String {
    let in_its_folder = || {
        let folder = path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        Some(folder?.canonicalize().ok()?.join(path.file_name()?))
    };
    path.canonicalize().ok().or_else(in_its_folder).map_or_else(|| absolute(path), |path| readable_path(&path))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn different_names_stay_different() {
        use std::os::unix::ffi::OsStrExt;
        let names: [&[u8]; 8] = [
            b"a\xFF.txt",
            b"a\xFE.txt",
            b"a\\xFF.txt",
            b"a\\x5CxFF.txt",
            b"a\\x.txt",
            "a\u{FFFD}.txt".as_bytes(),
            b"a\\xF",
            b"\xEC\x95",
        ];
        let mut texts: Vec<String> = names.iter().map(|name| readable(OsStr::from_bytes(name))).collect();
        assert_eq!(texts[0], "a\\xFF.txt");
        assert_eq!(texts[2], "a\\x5CxFF.txt");
        assert_eq!(texts[4], "a\\x.txt");
        assert_eq!(texts[5], "a\u{FFFD}.txt");
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), names.len(), "{texts:?}");
    }
}
