//! The hash of a document: of everything of it that is indexed or stored, and of the file that it is from. A document
//! whose hash the index has under its id need not be analysed again.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use crate::text::document::Document;

/// The hash of a document from a file, which is an absolute path, or `-` for standard input. The same on every machine.
pub(super) fn document_hash(document: &Document, file: &str) -> u64 {
    let Document { id, title, body, lang, declared_lang, date, source, authors, sections, url, path } = document;
    let mut hasher = SipHasher13::new_with_keys(0x7472_6164_6577_6972, 0x636f_6e74_656e_7400);
    let texts = [Some(id.as_str()), Some(title), Some(body), lang.map(|lang| lang.code()), date.as_deref()];
    let more = [source.as_deref(), url.as_deref(), Some(path), Some(file), declared_lang.as_deref()];
    let lists = [authors, sections].map(|texts| texts.len() as u64);
    lists.iter().for_each(|length| hasher.write(&length.to_le_bytes()));
    let several = authors.iter().chain(sections).map(|text| Some(text.as_str()));
    for text in texts.into_iter().chain(more).chain(several) {
        // With its length, so that no two rows of texts are one; what is missing has one that no text has.
        let length = text.map_or(u64::MAX, |text| text.len() as u64);
        hasher.write(&length.to_le_bytes());
        hasher.write(text.unwrap_or_default().as_bytes());
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::Language;

    #[test]
    fn every_part_counts() {
        let document = Document { id: "a".into(), title: "b".into(), body: "c".into(), ..Document::default() };
        let one = document_hash(&document, "/x");
        assert_eq!(one, document_hash(&document.clone(), "/x"));
        let others = [
            document_hash(&document, "/y"),
            document_hash(&Document { id: "ab".into(), title: String::new(), ..document.clone() }, "/x"),
            document_hash(&Document { body: "cc".into(), ..document.clone() }, "/x"),
            document_hash(&Document { lang: Some(Language::Korean), ..document.clone() }, "/x"),
            document_hash(&Document { declared_lang: Some("es".into()), ..document.clone() }, "/x"),
            document_hash(&Document { date: Some("2025-01-01".into()), ..document.clone() }, "/x"),
            document_hash(&Document { source: Some(String::new()), ..document.clone() }, "/x"),
            document_hash(&Document { authors: vec!["x".into()], ..document.clone() }, "/x"),
            document_hash(&Document { sections: vec!["x".into()], ..document.clone() }, "/x"),
            document_hash(&Document { url: Some(String::new()), ..document.clone() }, "/x"),
            document_hash(&Document { path: "p".into(), ..document.clone() }, "/x"),
        ];
        for (at, other) in others.iter().enumerate() {
            assert_ne!(*other, one, "{at}");
            assert!(!others[..at].contains(other), "{at}");
        }
    }
}
