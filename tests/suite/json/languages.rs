//! Records in several languages: no text is lost, whatever says which language it is in.

use serde_json::{Value, json};

use crate::reading::read;

const TEXTS: [(&str, &str, &str); 4] = [
    ("en", "Panes get dearer", "Quotas open in spring."),
    ("de", "Scheiben werden teurer", "Kontingente öffnen im Frühjahr."),
    ("ko", "유리 값이 오른다", "쿼터는 봄에 열린다."),
    ("zh", "玻璃涨价", "配额春季开放。"),
];

/// A text of a record in one language.
type Text = fn(&(&str, &str, &str)) -> String;

fn by_language(text: Text) -> Value {
    TEXTS.iter().map(|texts| (texts.0.to_owned(), Value::String(text(texts)))).collect::<serde_json::Map<_, _>>().into()
}

fn listed(language: &str, value: &str, text: Text) -> Value {
    TEXTS.iter().map(|texts| json!({language: texts.0, value: text(texts)})).collect()
}

#[test]
fn titles_and_texts_in_the_same_languages_are_a_document_each() {
    let (title, body): (Text, Text) = (|texts| texts.1.to_owned(), |texts| texts.2.to_owned());
    let mut keys = serde_json::Map::new();
    for (tag, title, body) in TEXTS {
        keys.insert(format!("title_{tag}"), title.into());
        keys.insert(format!("body_{tag}"), body.into());
    }
    keys.insert("id".into(), "a".into());
    for record in [
        json!({"id": "a", "language": "en", "title": by_language(title), "body": by_language(body)}),
        json!({"id": "a", "title": listed("lang", "value", title), "text": listed("lang", "value", body)}),
        json!({"id": "a", "attributes": {"headline": listed("@language", "@value", title), "abstract": listed("@language", "@value", body)}}),
        json!({"id": "a", "title": by_language(title), "summary": by_language(body)}),
        Value::Object(keys),
    ] {
        let found = read("a.json", json!([record]).to_string().as_bytes());
        assert_eq!((found.documents.len(), found.lost()), (4, 0), "{record}: {}", found.lines());
        for (tag, title, body) in TEXTS {
            let document = found.documents.iter().find(|document| document.id == format!("a#{tag}"));
            let document = document.unwrap_or_else(|| panic!("{record}: {:?}", found.ids()));
            assert_eq!((document.title.as_str(), document.body.as_str()), (title, body), "{record}");
            assert_eq!(document.lang.map(|lang| lang.code()), Some(tag), "{record}");
        }
    }
}

#[test]
fn of_other_languages_every_text_is_kept_in_one_document() {
    for record in [
        json!({"id": "a", "title": {"en": "Panes", "de": "Scheiben"}, "body": "Quotas open in spring."}),
        json!({"id": "a", "title": {"en": "Panes", "de": "Scheiben"}, "body": {"en": "Quotas open in spring."}}),
        json!({"id": "a", "title": "Panes", "subtitle": "Scheiben", "body": {"en": "Quotas open in spring.", "ko": "쿼터"}}),
        json!({"id": "a", "title_en": "Panes", "title_de": "Scheiben", "text": "Quotas open in spring."}),
    ] {
        let found = read("a.json", record.to_string().as_bytes());
        assert_eq!(found.ids(), ["a"], "{record}: {}", found.lines());
        let document = &found.documents[0];
        let all = format!("{}\n{}", document.title, document.body);
        for text in ["Panes", "Scheiben", "Quotas open in spring."] {
            assert!(all.contains(text), "{record}: {all}");
        }
        assert!(!record.to_string().contains("쿼터") || all.contains("쿼터"), "{all}");
    }
    // An address of its own is id enough.
    let record = json!({"title": {"en": "Panes", "de": "Scheiben"}, "body": {"en": "Quotas", "de": "Kontingente"}, "url": {"en": "https://x.example/en", "de": "https://x.example/de"}});
    let mut ids: Vec<String> =
        read("a.json", record.to_string().as_bytes()).documents.into_iter().map(|document| document.id).collect();
    ids.sort();
    assert_eq!(ids, ["https://x.example/de", "https://x.example/en"]);
}

#[test]
fn columns_in_languages_are_read_as_records_are() {
    let found = read(
        "a.csv",
        "id,title_en,Titel (Deutsch),text_en,Text (Deutsch),date\n7,Panes,Scheiben,Quotas,Kontingente,2026-02-03\n"
            .as_bytes(),
    );
    assert_eq!(found.ids(), ["7#en", "7#deutsch"], "{}", found.lines());
    assert_eq!(found.documents[1].title, "Scheiben");
    let found = read("a.csv", "번호,제목(국문),제목(영문),본문\n1,유리 값,Panes,쿼터가 열린다\n".as_bytes());
    assert_eq!(found.documents.len(), 1);
    assert_eq!(found.documents[0].title, "유리 값");
    assert_eq!(found.documents[0].body, "Panes\n\n쿼터가 열린다");
}
