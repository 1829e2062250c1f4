//! Words of languages without rules of their own: each is found as it stands, however it is written, and by nothing else.

use tradewire::internals::query::QueryOptions;
use tradewire::internals::search::SearchOptions;

use crate::workspace::{Workspace, as_typed};

/// Articles that have words of English and German among their own.
const ARTICLES: [(&str, &str, &str); 10] = [
    (
        "fr",
        "L’accord sur l’acier",
        "Le ministère a annoncé que l'accord de libre-échange sera signé au printemps. Les releases du constructeur et les \
         importateurs de l’Île-de-France attendent ; qu'aujourd'hui rien ne soit sûr, die Zölle le disent. Le prix de l’or baisse.",
    ),
    (
        "es",
        "Los aranceles de España",
        "El gobierno anunció que los nuevos aranceles al acero entrarán en vigor en marzo. La vergüenza de los exportadores es que \
         la administración no respondió a las negotiations ni a los peajes.",
    ),
    (
        "pl",
        "Cła na stal",
        "Ministerstwo ogłosiło, że nowe cła na stal wejdą w życie w marcu. Importerzy twierdzą, że zapasy nie wystarczą na dłużej \
         oraz że ceny wzrosną, ale nie od razu; łódź płynie.",
    ),
    (
        "tr",
        "Gümrük vergileri",
        "Bakanlık yeni gümrük vergilerinin mart ayında yürürlüğe gireceğini açıkladı ve bu karar ile fiyatlar daha da yükselecek. \
         İthalatçılar bir süre için stok yaptı; ışık sanayisi de Türkiye'de büyüyor.",
    ),
    (
        "vi",
        "Thuế thép",
        "Bộ Công Thương cho biết thuế nhập khẩu mới đối với thép sẽ có hiệu lực từ tháng ba. Các nhà nhập khẩu nói rằng \
         thương mại có thể chậm lại và giá sẽ tăng.",
    ),
    (
        "ru",
        "Пошлины на сталь",
        "Министерство объявило, что новые пошлины на сталь вступят в силу в марте. Импортёры Китая ответили, что запасов хватит \
         до мая. Компания Samsung и ее releases тут ни при чём.",
    ),
    (
        "uk",
        "Мита на сталь",
        "Міністерство оголосило, що нові мита на сталь наберуть чинності в березні. Об'єднання імпортерів каже, що запасів \
         вистачить до травня.",
    ),
    (
        "ar",
        "رسوم الصلب",
        "أعلنت الوزارة أن الرسوم الجديدة على الصلب ستدخل حيز التنفيذ في مارس. وقال المستوردون إن المخزون يكفي حتى مايو.",
    ),
    ("el", "Δασμοί", "Το υπουργείο ανακοίνωσε νέους δασμούς στον χάλυβα από τον Μάρτιο, λένε οι εισαγωγείς της χώρας."),
    (
        "ja",
        "鉄鋼の関税",
        "経済産業省は鉄鋼への新しい関税を発表した。Nikkeiによると、輸入業者のDataCenterは来年から負担が増えるという。",
    ),
];

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    let lines = ARTICLES.map(|(lang, title, body)| {
        serde_json::json!({ "id": lang, "lang": lang, "title": title, "body": body }).to_string()
    });
    let file = workspace.write("articles.jsonl", lines.join("\n"));
    workspace.index(&[file]);
    assert_eq!(workspace.documents("lang:und").len(), ARTICLES.len());
    workspace
}

fn check(cases: &[(&str, &str)]) {
    let workspace = workspace();
    let mut wrong = Vec::new();
    for &(query, expected) in cases {
        let hits = workspace.search(query, &SearchOptions { limit: 100, ..as_typed() }).hits;
        let mut found: Vec<&str> = hits.iter().map(|hit| hit.document.id.as_str()).collect();
        found.sort_unstable();
        if found.join(" ") != expected {
            wrong.push(format!("{query}: {found:?} for [{expected}]"));
        }
        if hits.iter().any(|hit| hit.highlights.is_empty() && hit.title_highlights.is_empty()) {
            wrong.push(format!("{query}: nothing is marked"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_word_is_stemmed() {
    check(&[
        ("releases", "fr ru"),
        ("release", ""),
        ("\"release\"", ""),
        ("negotiation", ""),
        ("negotiations", "es"),
        ("arancel", ""),
        ("aranceles", "es"),
        ("importateur", ""),
        ("пошлина", ""),
        ("пошлины", "ru"),
        // No parts of German compounds, no plural of German.
        ("Zoll", ""),
        ("Zölle", "fr"),
        ("Китай", ""),
        ("Китая", "ru"),
    ]);
}

#[test]
fn stop_words_of_english_and_german_are_words() {
    check(&[
        ("die", "fr"),
        ("\"die Zölle\"", "fr"),
        ("die Министерство", "fr ru"),
        ("+de +los", "es"),
        ("a NEAR/1 los", "es"),
        ("на", "ru uk"),
    ]);
    let workspace = workspace();
    let all = |query: &str| -> Vec<String> {
        let query_options = QueryOptions { require_all: true, ..as_typed().query };
        let options = SearchOptions { query: query_options, limit: 100, ..as_typed() };
        let mut ids: Vec<String> =
            workspace.search(query, &options).hits.into_iter().map(|hit| hit.document.id).collect();
        ids.sort();
        ids
    };
    assert_eq!(all("die releases"), ["fr"]);
    assert_eq!(all("releases"), ["fr", "ru"]);
    assert_eq!(all("на сталь"), ["ru", "uk"]);
    assert_eq!(all("the releases"), [""; 0]);
}

#[test]
fn every_operator_reads_them() {
    check(&[
        ("\"les releases du constructeur\"", "fr"),
        ("\"du les releases\"", ""),
        ("релиз*", ""),
        ("импорт*", "ru"),
        ("імпорт*", "uk"),
        ("aranzeles~", "es"),
        ("пошлиннь~2", "ru"),
        ("=aranceles", "es"),
        ("=\"новые пошлины\"", "ru"),
        ("запасов NEAR/4 мая", "ru"),
        ("мая NEAR/1 запасов", ""),
        ("\"мая запасов\"~4", "ru"),
        ("title:пошлины", "ru"),
        ("title:новые", ""),
        ("title:(aranceles OR gümrük)", "es tr"),
        ("releases AND lang:und NOT Samsung", "fr"),
        ("пошлины OR aranceles", "es ru"),
        ("lang:en releases", ""),
    ]);
}

#[test]
fn however_they_are_written() {
    check(&[
        ("ADMINISTRACIÓN", "es"),
        ("administracion", "es"),
        ("verguenza", "es"),
        ("VERGU\u{308}ENZA", "es"),
        ("España", "es"),
        ("espan\u{303}a", "es"),
        ("lodz", "pl"),
        ("ŁÓDŹ", "pl"),
        ("wzrosna", "pl"),
        ("İTHALATÇILAR", "tr"),
        ("ithalatçılar", "tr"),
        ("ithalatcilar", "tr"),
        ("i\u{307}thalatc\u{327}ılar", "tr"),
        ("IŞIK", "tr"),
        ("ışık", "tr"),
        ("gumruk", "tr"),
        ("GÜMRÜK", "tr"),
        ("thép", "vi"),
        ("the\u{301}p", "vi"),
        ("\"thương mại\"", "vi"),
        ("\"thu\u{31b}o\u{31b}ng ma\u{323}i\"", "vi"),
        ("\"THUONG MAI\"", "vi"),
        ("импортёры", "ru"),
        ("ИМПОРТЁРЫ", "ru"),
        ("импорте\u{308}ры", "ru"),
        ("об’єднання", "uk"),
        ("об'єднання", "uk"),
        ("ΔΑΣΜΟΎΣ", "el"),
        ("δασμούς", "el"),
        ("الرسوم", "ar"),
        ("\"الرسوم الجديدة على الصلب\"", "ar"),
    ]);
}

#[test]
fn what_an_apostrophe_separates_is_no_part_of_a_word() {
    check(&[
        ("accord", "fr"),
        ("\"l'accord\"", "fr"),
        ("l’accord", "fr"),
        ("=accord", "fr"),
        ("accor*", "fr"),
        ("acord~", "fr"),
        ("title:accord", "fr"),
        ("title:acier", "fr"),
        ("accord NEAR/3 libre", "fr"),
        ("\"Ile-de-France\"", "fr"),
        ("\"Île de France\"", "fr"),
        // What is as short as this may be a word of its own.
        ("or", ""),
        ("l'or", "fr"),
        ("єднання", ""),
    ]);
    check(&[
        ("Türkiye", "tr"),
        ("TURKIYE", "tr"),
        ("Tuerkiye", "tr"),
        ("\"de Türkiye\"", "tr"),
        ("=türkiye", "tr"),
        ("Türkiye’de", "tr"),
        ("turkiyede", "tr"),
        ("turkiy*", "tr"),
        ("turkije~", "tr"),
    ]);
    let workspace = workspace();
    assert_eq!(workspace.marks("accord"), ["fr l'accord"]);
    assert_eq!(workspace.marks("=Türkiye"), ["tr Türkiye'de"]);
    assert_eq!(workspace.marks("=accord"), workspace.marks("accord"));
    assert_eq!(workspace.marks("accord*"), workspace.marks("accord"));
}

#[test]
fn words_of_other_scripts_among_kana() {
    check(&[
        ("Nikkei", "ja"),
        ("nikkei", "ja"),
        ("\"Nikkeiによると\"", "ja"),
        ("=DataCenter", "ja"),
        ("datac*", "ja"),
        ("Nikei~", "ja"),
        ("Nikkei NEAR/9 DataCenter", "ja"),
        ("発表 NEAR/9 Nikkei", "ja"),
        ("関税 Nikkei", "ja"),
        ("\"業者のDataCenterは来年\"", "ja"),
        ("によると", "ja"),
        ("title:関税", "ja"),
    ]);
}

#[test]
fn names_are_found_as_the_glossary_has_them() {
    let workspace = workspace();
    assert_eq!(workspace.documents("country:es"), [""; 0], "names of countries in other languages are not known");
    let expanded = workspace.search("삼성전자", &SearchOptions { limit: 100, ..SearchOptions::default() });
    let ids: Vec<&str> = expanded.hits.iter().map(|hit| hit.document.id.as_str()).collect();
    assert_eq!(ids, ["ru"], "{:?}", expanded.hits);
}

#[test]
fn what_is_indexed_of_them() {
    let workspace = workspace();
    let run = workspace.run(&["analyze", "--lang", "und", "L’accord İthalat Größe thu\u{31b}o\u{31b}ng 関税EU"]);
    insta::assert_snapshot!(run.stdout);
    let index = workspace.open();
    use tradewire::internals::analysis::Chain;
    let with_any: Vec<&str> =
        Chain::ALL.into_iter().filter(|&chain| index.statistics().text[chain].passages > 0).map(Chain::name).collect();
    assert_eq!(with_any, ["und", "chars"]);
    assert_eq!(index.statistics().text[Chain::Undetermined].passages, 10);
    assert_eq!(index.statistics().text[Chain::Characters].passages, 1);
}
