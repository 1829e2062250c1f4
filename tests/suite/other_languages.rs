//! Texts in other languages are kept as `und`: told by script, function words and what a document states, and found by
//! any word or phrase in their letters.

use tradewire::internals::config::Config;
use tradewire::internals::document::Document;
use tradewire::internals::ingest::{detect_language, split_passages};
use tradewire::internals::language::Language;

use crate::reading::read;
use crate::workspace::Workspace;

/// A language's code, a text, and words and phrases of it as somebody types them.
pub(crate) const TEXTS: [(&str, &str, &[&str]); 9] = [
    (
        "es",
        "El ministerio anunció que los nuevos aranceles al acero entrarán en vigor en marzo y durarán dos años. Los \
         importadores respondieron que las reservas alcanzan hasta mayo.",
        &["aranceles", "ARANCELES", "anuncio", "\"nuevos aranceles al acero\"", "importadores"],
    ),
    (
        "fr",
        "Le ministère a annoncé que les nouveaux droits sur l'acier entreront en vigueur au printemps. Les importateurs ont \
         répondu que leurs réserves sont épuisées.",
        &["importateurs", "\"droits sur l'acier\"", "epuisees"],
    ),
    (
        "nl",
        "Het ministerie maakte bekend dat de nieuwe heffingen op staal in maart van kracht worden. De importeurs zeggen dat hun \
         voorraden tot mei reiken en dat de prijzen daarna zullen stijgen.",
        &["heffingen", "\"nieuwe heffingen op staal\""],
    ),
    (
        "pl",
        "Ministerstwo ogłosiło, że nowe cła na stal wejdą w życie w marcu. Importerzy twierdzą, że zapasy nie wystarczą na dłużej \
         oraz że ceny wzrosną, ale nie od razu.",
        &["Importerzy", "\"nowe cła na stal\""],
    ),
    (
        "tr",
        "Bakanlık yeni gümrük vergilerinin mart ayında yürürlüğe gireceğini açıkladı ve bu karar ile fiyatlar daha da yükselecek. \
         İthalatçılar bir süre için stok yaptı.",
        &["gümrük", "\"yeni gümrük\""],
    ),
    (
        "ja",
        "経済産業省は鉄鋼への新しい関税を発表した。輸入業者は来年から負担が増えるという。",
        &["関税", "\"新しい関税\"", "という", "新"],
    ),
    (
        "ru",
        "Министерство объявило, что новые пошлины на сталь вступят в силу в марте. Импортёры ответили, что запасов хватит до мая.",
        &["пошлины", "ПОШЛИНЫ", "\"новые пошлины на сталь\""],
    ),
    (
        "ar",
        "أعلنت الوزارة أن الرسوم الجديدة على الصلب ستدخل حيز التنفيذ في مارس. وقال المستوردون إن المخزون يكفي حتى مايو.",
        &["الرسوم", "\"الرسوم الجديدة\""],
    ),
    ("el", "Το υπουργείο ανακοίνωσε νέους δασμούς στον χάλυβα από τον Μάρτιο.", &["δασμούς", "\"νέους δασμούς\""]),
];

const ENGLISH: &str = "The ministry said on Tuesday that the new duties on steel will take effect in March. Importers replied that \
                       their stocks will last until May, and that prices could rise after that.";
const GERMAN: &str = "Das Ministerium teilte mit, dass die neuen Zölle auf Stahl im März in Kraft treten. Die Importeure sagen, dass \
                      ihre Vorräte bis Mai reichen.";

fn languages(document: &Document) -> Vec<Language> {
    let config = Config::builtin().unwrap();
    split_passages(document, &config.passages, &config.analysis).iter().map(|passage| passage.lang).collect()
}

#[test]
fn a_text_in_another_language_is_undetermined_whatever_is_stated() {
    for (code, text, _) in TEXTS {
        for declared in [None, Some(code.to_owned()), Some("pt".to_owned())] {
            let document = Document { body: text.to_owned(), declared_lang: declared.clone(), ..Document::default() };
            assert_eq!(languages(&document), [Language::Undetermined], "{code} stated as {declared:?}");
        }
    }
}

#[test]
fn a_template_does_not_make_a_text_foreign() {
    let korean = "정부는 철강 관세를 낮추기로 했다. 업계는 유예 기간을 요구했다.";
    let chinese = "海关总署表示，前十一个月进出口总值同比增长。机电产品占比超过六成。";
    for (text, lang) in [
        (ENGLISH, Language::English),
        (GERMAN, Language::German),
        (korean, Language::Korean),
        (chinese, Language::Chinese),
    ] {
        for code in ["es", "fr", "ja", "nl"] {
            // With a line that is too short to tell.
            let body = format!("{text}\n\nReuters, Tokyo\n\n{text}");
            let document = Document { body, declared_lang: Some(code.to_owned()), ..Document::default() };
            let found = languages(&document);
            assert!(found.iter().all(|&found| found == lang), "{lang} stated as {code}: {found:?}");
        }
    }
    // Names of places are no function words of a text.
    let config = Config::builtin().unwrap();
    for text in [
        "Los Angeles, Las Vegas and El Paso are the ports of entry for the trade of la Plata and de la Rue with the South.",
        "Ports of Rio de Janeiro and Los Angeles report higher volumes",
    ] {
        assert_eq!(detect_language(text, &config.analysis), Some(Language::English), "{text}");
    }
}

#[test]
fn japanese_lines_without_kana_belong_to_their_text() {
    let (_, japanese, _) = TEXTS[5];
    let body = format!("{japanese}\n\n鉄鋼関税発表、輸入業者反発\n\n{japanese}");
    let document = Document { body, declared_lang: Some("ja".to_owned()), ..Document::default() };
    assert!(languages(&document).iter().all(|&lang| lang == Language::Undetermined));
}

#[test]
fn each_is_found_by_its_words_and_phrases() {
    let workspace = Workspace::new();
    let articles: Vec<(&str, &str, &str)> = TEXTS.iter().map(|&(code, text, _)| (code, "", text)).collect();
    let file = workspace.write_articles("articles.jsonl", &articles);
    workspace.index(&[file]);
    for (code, _, queries) in TEXTS {
        for query in queries {
            assert!(workspace.documents(query).contains(&code.to_owned()), "{code}: {query}");
            assert!(!workspace.marks(query).is_empty(), "{code}: nothing is marked by {query}");
            let both = format!("{query} AND lang:und");
            assert!(workspace.documents(&both).contains(&code.to_owned()), "{both}");
        }
    }
    assert_eq!(workspace.documents("lang:und").len(), TEXTS.len());
    assert_eq!(workspace.documents("lang:en,de,ko,zh"), [""; 0]);
    let stats = workspace.run(&["stats", "--format", "json"]);
    let stats: serde_json::Value = serde_json::from_str(&stats.stdout).unwrap();
    assert_eq!(stats["languages"], serde_json::json!({ "und": TEXTS.len() }));
}

#[test]
fn every_format_states_a_language_and_json_has_it() {
    let (code, text, _) = TEXTS[0];
    let record = serde_json::json!({"id": "a", "title": "Aranceles", "body": text, "lang": "es-ES"});
    let files = [
        ("a.html", format!("<html lang=\"es-MX\"><head><title>A</title></head><body><p>{text}</p></body></html>")),
        ("a.md", format!("---\ntitle: A\nlang: es\n---\n\n{text}\n")),
        ("a.csv", format!("id,lang,body\na,es,\"{text}\"\n")),
        ("a.jsonl", record.to_string()),
        ("a.json", format!("[{record}]")),
        (
            "a.xml",
            format!(
                "<rss version=\"2.0\"><channel><language>es</language><item><title>A</title><description>{text}</description>\
                 </item></channel></rss>"
            ),
        ),
    ];
    for (name, content) in files {
        let found = read(name, content.as_bytes());
        let document = &found.documents[0];
        assert_eq!((document.declared_lang.as_deref(), document.lang), (Some(code), None), "{name}");
        assert_eq!(languages(document), [Language::Undetermined], "{name}");
    }
    let workspace = Workspace::new();
    workspace
        .write("a.jsonl", record.to_string() + "\n{\"id\": \"b\", \"lang\": \"en\", \"body\": \"duties on steel\"}\n");
    assert_eq!(workspace.run(&["index", "a.jsonl"]).code, 0);
    let run = workspace.run(&["search", "--format", "jsonl", "aranceles OR duties"]);
    let stated: Vec<serde_json::Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for hit in stated {
        let document = &hit["document"];
        let expected = if document["id"] == "a" { (Some("es"), "und") } else { (None, "en") };
        assert_eq!((document["declared_lang"].as_str(), document["lang"].as_str().unwrap()), expected, "{document}");
    }
}

#[test]
fn tags_of_other_languages_are_codes() {
    for (tag, code) in [("es", "es"), ("es-419", "es"), ("pt_BR", "pt"), ("JA", "ja"), (" fra ", "fra")] {
        assert_eq!(Language::other_code(tag).as_deref(), Some(code), "{tag}");
    }
    for tag in ["en", "de-AT", "ko_KR", "zh-Hant", "zho", "und", "mul", "", "x", "spanish", "12", "español"] {
        assert_eq!(Language::other_code(tag), None, "{tag}");
    }
}
