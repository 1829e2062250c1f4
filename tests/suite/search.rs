//! What is found, and in which order: which chains a query is fanned out to, phrases, single characters, stop words,
//! filters, pages, documents, totals, and scores that depend on their own language only.

use tradewire::internals::language::Language;
use tradewire::internals::query::{Filters, QueryOptions};
use tradewire::internals::search::{Hit, ResultUnit, SearchOptions};

use crate::workspace::{Workspace, as_typed};

fn news() -> Workspace {
    Workspace::with_articles(&[
        (
            "de",
            "Zölle auf Stahl",
            "Die Europäische Union erhebt Zölle auf koreanischen Stahl, sagte Minister Kim (金正官).",
        ),
        ("en", "Steel tariffs", "The ministers of Korea and China met over steel tariffs; the word is 內卷 or 내권."),
        ("ja", "鉄鋼の関税", "カナダとのＦＴＡで鉄鋼の関税をなくすひとつの案。"),
        ("ko", "철강 관세", "한국과 중국의 장관은 철강 관세와 FTA 협상을 논의했다. THAAD 限韓令 해제는 없었다."),
        ("ru", "Пошлины", "Корея и Китай обсудили пошлины на сталь и торговлю."),
        ("zh", "钢铁关税", "中国和韩国的部长讨论了钢铁关税和FTA谈判，以及THAAD与限韩令。"),
    ])
}

#[test]
fn a_word_is_looked_up_in_passages_of_every_language() {
    let news = news();
    for (query, expected) in [
        ("FTA", &["ja", "ko", "zh"][..]),
        ("F.T.A.", &["ja", "ko", "zh"]),
        ("THAAD", &["ko", "zh"]),
        ("steel", &["en"]),
        ("Zoll", &["de"]),
        ("Kim", &["de"]),
        ("限韩令", &["ko", "zh"]),
        ("限韓令", &["ko", "zh"]),
        ("한한령", &["ko"]),
        ("关税", &["ja", "zh"]),
        ("\"関税\"", &["ja", "zh"]),
        ("內卷", &["en"]),
        ("내권", &["en"]),
        ("金正官", &["de"]),
        ("カナダ", &["ja"]),
        ("ひとつ", &["ja"]),
        ("пошлины", &["ru"]),
        ("ПОШЛИНЫ торговлю", &["ru"]),
        ("steel 关税 관세", &["en", "ja", "ko", "zh"]),
        ("tariff Zölle", &["de", "en"]),
        ("rice", &[]),
    ] {
        assert_eq!(news.documents(query), expected, "{query}");
    }
}

#[test]
fn phrases_are_exact_and_end_at_the_title() {
    let news = news();
    for (query, expected) in [
        ("\"steel tariffs\"", &["en"][..]),
        ("\"tariffs steel\"", &[]),
        ("\"tariffs the ministers\"", &[]),
        ("\"철강 관세\"", &["ko"]),
        ("\"관세 한국\"", &[]),
        ("\"钢铁关税中国\"", &[]),
        ("\"和 FTA\"", &["zh"]),
        ("\"와 FTA\"", &["ko"]),
        ("\"FTA 협\"", &["ko"]),
        ("\"FTA 谈\"", &["zh"]),
        ("\"FTA谈判\"", &["zh"]),
        ("\"FTA 협상을 논\"", &["ko"]),
        ("\"国 FTA\"", &[]),
        ("\"FTA 상\"", &[]),
        ("\"THAAD 限\"", &["ko"]),
        ("\"Minister Kim 金正官\"", &["de"]),
        ("\"пошлины на сталь\"", &["ru"]),
        ("\"сталь на\"", &[]),
        ("「钢铁关税」 “철강 관세”", &["ko", "zh"]),
    ] {
        assert_eq!(news.documents(query), expected, "{query}");
    }
}

#[test]
fn one_character() {
    let news = news();
    for (query, expected) in [
        ("钢", &["zh"][..]),
        ("鋼", &["ja", "zh"]),
        ("\"韓\"", &["ko", "zh"]),
        ("国", &["zh"]),
        ("철", &["ko"]),
        ("\"정\"", &[]),
        ("卷", &["en"]),
        ("ひ", &["ja"]),
        ("金", &["de"]),
        ("果", &[]),
    ] {
        let found = news.documents(query);
        // 钢 and 鋼 are one character, wherever they stand.
        let expected: &[&str] = if query == "钢" { &["ja", "zh"] } else { expected };
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn hanja_are_read_in_korean_passages_only() {
    let workspace = Workspace::with_articles(&[
        ("ko-hanja", "韓·中 通貨스와프", "韓國銀行과 中國人民銀行이 通貨스와프 契約을 다시 맺었다."),
        ("ko-hangul", "한·중 통화스와프", "한국은행과 중국인민은행이 통화스와프 계약을 다시 맺었다."),
        ("zh", "中韩货币互换", "韓國銀行和中國人民銀行續簽通貨契約。"),
    ]);
    for (query, expected) in [
        ("한국은행", &["ko-hangul", "ko-hanja"][..]),
        ("\"통화스와프 계약\"", &["ko-hangul", "ko-hanja"]),
        ("\"중국인민은행\"", &["ko-hangul", "ko-hanja"]),
        ("\"한중\"", &["ko-hangul", "ko-hanja"]),
        ("\"계\"", &["ko-hangul", "ko-hanja"]),
        ("\"通貨\"", &["ko-hanja", "zh"]),
        ("通货", &["ko-hanja", "zh"]),
        ("\"契約을\"", &["ko-hanja"]),
        // Each hanja may be written in either way.
        ("\"한國은行\"", &["ko-hanja"]),
    ] {
        assert_eq!(workspace.documents(query), expected, "{query}");
    }
}

#[test]
fn stop_words_count_only_by_themselves() {
    let workspace = Workspace::with_articles(&[
        ("de", "Lage", "Die Lage ist ernst und die Preise steigen mit der Nachfrage."),
        ("en", "State", "The state of the market is what it was, and the prices are rising."),
        ("zh", "情况", "市场的情况是这样的。"),
    ]);
    for (query, expected) in [
        ("the", &["en"][..]),
        ("the of", &["en"]),
        ("der", &["de"]),
        ("the prices", &["en"]),
        ("of wheat", &[]),
        ("die Weizen", &[]),
        ("\"the state of the market\"", &["en"]),
        ("\"state the market\"", &[]),
        ("\"ist ernst und\"", &["de"]),
        ("的", &["zh"]),
        ("的情况", &["zh"]),
    ] {
        assert_eq!(workspace.documents(query), expected, "{query}");
    }
    // They rank English hits, though: the passage with more of the question comes first.
    let workspace = Workspace::with_articles(&[
        ("1-less", "", "Prices of wheat and of rice are rising again in all of the markets here."),
        ("2-more", "", "What did the prices of wheat do: they are rising again in many markets."),
    ]);
    let ids: Vec<String> =
        hits(&workspace, "what did the prices do", &[]).into_iter().map(|hit| hit.document.id).collect();
    assert_eq!(ids, ["2-more", "1-less"]);
}

fn hits(workspace: &Workspace, query: &str, languages: &[Language]) -> Vec<Hit> {
    let filters = Filters { languages: languages.to_vec(), ..Filters::default() };
    let filtered = QueryOptions { filters, ..as_typed().query };
    let options = SearchOptions { limit: 1000, query: filtered, ..as_typed() };
    // Which hits are refined depends on the filters; here it is all of them.
    workspace.search_refining(1000, query, &options).hits
}

#[test]
fn languages_filter_without_changing_scores() {
    let seeds = Workspace::with_seeds();
    for query in ["FTA 2025", "관세 関税 tariffs Zölle", "\"FTA\"", "韓"] {
        let all = hits(&seeds, query, &[]);
        assert!(all.len() > 15, "{query}: {}", all.len());
        for languages in [&[Language::Korean][..], &[Language::English, Language::Chinese], &[Language::Undetermined]] {
            let wanted = all.iter().filter(|hit| languages.contains(&hit.passage.lang));
            let expected: Vec<_> =
                wanted.map(|hit| (&hit.document.id, hit.passage.number, hit.score.to_bits())).collect();
            let found = hits(&seeds, query, languages);
            let found: Vec<_> =
                found.iter().map(|hit| (&hit.document.id, hit.passage.number, hit.score.to_bits())).collect();
            assert_eq!(found, expected, "{query} in {languages:?}");
        }
        let counted = SearchOptions {
            count: true,
            query: QueryOptions {
                filters: Filters { languages: vec![Language::Korean], ..Filters::default() },
                ..as_typed().query
            },
            ..as_typed()
        };
        let korean = all.iter().filter(|hit| hit.passage.lang == Language::Korean).count() as u64;
        assert_eq!(seeds.search(query, &counted).total, Some(korean), "{query}");
    }
}

#[test]
fn pages_put_together_are_the_whole() {
    let seeds = Workspace::with_seeds();
    for unit in [ResultUnit::Passage, ResultUnit::Document] {
        for query in ["China Korea trade", "중국 한국", "协定", "die der"] {
            let whole = seeds.search(query, &SearchOptions { limit: 10_000, unit, count: true, ..as_typed() });
            assert_eq!(whole.total, Some(whole.hits.len() as u64), "{query}");
            assert!(whole.hits.len() > 7, "{query}");
            let mut pages = Vec::new();
            for offset in (0..whole.hits.len() + 7).step_by(7) {
                pages.extend(seeds.search(query, &SearchOptions { limit: 7, offset, unit, ..as_typed() }).hits);
            }
            assert_eq!(pages, whole.hits, "{query}");
            let ranks: Vec<usize> = pages.iter().map(|hit| hit.rank).collect();
            assert_eq!(ranks, (1..=pages.len()).collect::<Vec<_>>());
        }
    }
}

#[test]
fn more_passages_than_are_counted_are_said_to_be_more() {
    let seeds = Workspace::with_seeds();
    for query in
        ["China", "China Korea trade", "중국 AND 한국", "+协定 lang:zh", "\"Seoul\"", "lang:de", "-China lang:de"]
    {
        let counted = |unit, count_limit| {
            let options = SearchOptions { limit: 3, unit, count: true, count_limit, ..as_typed() };
            let results = seeds.search(query, &options);
            (results.total, results.more_than)
        };
        let (total, more_than) = counted(ResultUnit::Passage, u64::MAX);
        let total = total.unwrap();
        assert!(total > 3 && more_than.is_none(), "{query}: {total}, {more_than:?}");
        assert_eq!(counted(ResultUnit::Passage, total), (Some(total), None), "{query}");
        for limit in [total - 1, 1, 0] {
            assert_eq!(counted(ResultUnit::Passage, limit), (None, Some(limit)), "{query}");
        }
        let (documents, more_than) = counted(ResultUnit::Document, 1);
        assert!(documents.is_some() && more_than.is_none(), "{query}: {documents:?}, {more_than:?}");
    }
}

#[test]
fn by_document_each_comes_once_with_its_best_passage() {
    let seeds = Workspace::with_seeds();
    for query in ["China Korea trade", "중국 한국 FTA", "协定 韩国", "\"Seoul\""] {
        let options = |unit| SearchOptions { limit: 10_000, unit, count: true, ..as_typed() };
        let passages = seeds.search(query, &options(ResultUnit::Passage));
        let documents = seeds.search(query, &options(ResultUnit::Document));
        let mut best: Vec<&Hit> = Vec::new();
        for hit in &passages.hits {
            if !best.iter().any(|known| known.document.id == hit.document.id) {
                best.push(hit);
            }
        }
        assert!(best.len() < passages.hits.len() && best.len() > 3, "{query}");
        assert_eq!(documents.total, Some(best.len() as u64), "{query}");
        let facts =
            |hit: &Hit| (hit.document.id.clone(), hit.passage.number, hit.score.to_bits(), hit.highlights.clone());
        let expected: Vec<_> = best.into_iter().map(facts).collect();
        assert_eq!(documents.hits.iter().map(facts).collect::<Vec<_>>(), expected, "{query}");
    }
}

#[test]
fn titles_without_a_text_are_found_and_have_a_language() {
    let workspace = Workspace::with_articles(&[
        ("de", "Neue Zölle auf chinesische Stahlprodukte und die Folgen", ""),
        ("en", "New tariffs on the steel products of China and what they mean", ""),
        ("ko", "중국산 철강에 새 관세", ""),
        ("zh", "对中国钢铁产品的新关税", " \n "),
    ]);
    for (query, expected) in [
        ("Zoll", "de"),
        ("Folge", "de"),
        ("tariff", "en"),
        ("meaning", "en"),
        ("관세", "ko"),
        ("\"钢铁产品\"", "zh"),
        ("钢", "zh"),
    ] {
        let found = hits(&workspace, query, &[]);
        let facts: Vec<_> = found.iter().map(|hit| (hit.document.id.as_str(), hit.passage.lang.code())).collect();
        assert_eq!(facts, [(expected, expected)], "{query}");
        assert_eq!((found[0].text.as_str(), found[0].highlights.len()), ("", 0));
        assert_eq!(found[0].title_highlights.len(), 1, "{query}");
    }
}

#[test]
fn the_best_match_comes_first() {
    let seeds = Workspace::with_seeds();
    for (query, expected) in [
        ("EV duties Brussels Berlin voted no", "en-015"),
        ("\"capital flight\" urea Australia truckers", "en-007"),
        ("Pauschalzoll Billigpakete", "de-007"),
        ("Suedkoreas Werften", "de-011"),
        ("희토류 수출 통제", "ko-007"),
        ("通貨스와프 再締結", "ko-015"),
        ("车用尿素", "zh-004"),
        ("晶片法", "zh-015"),
    ] {
        let found = hits(&seeds, query, &[]);
        assert_eq!(found[0].document.id, expected, "{query}");
    }
    let workspace = Workspace::with_articles(&[
        ("both", "", "A report on semiconductor and export rules in the spring."),
        ("once", "", "A report on semiconductor rules, and on rules for cars in the spring."),
        ("title", "Semiconductor export", "A report on semiconductor and export rules in the spring."),
    ]);
    let ids: Vec<String> =
        hits(&workspace, "semiconductor export", &[]).into_iter().map(|hit| hit.document.id).collect();
    assert_eq!(ids, ["title", "both", "once"]);
}

/// Frequencies and lengths are those of the passages in the same language, so other languages change no score.
#[test]
fn scores_do_not_depend_on_passages_in_other_languages() {
    let english = [
        ("en-1", "Tariffs", "The ministers discussed tariffs on steel and the trade deficit."),
        ("en-2", "Deficit", "The trade deficit of the country grew in spite of all the tariffs."),
        ("en-3", "Rice", "Farmers asked for protection of the rice market in the new agreement."),
    ];
    let chinese: Vec<(String, String, String)> = (0..30)
        .map(|at| (format!("zh-{at}"), "关税".to_owned(), format!("第{at}次谈判讨论了WTO关税和贸易逆差，tariffs。")))
        .collect();
    let korean: Vec<(String, String, String)> = (0..30)
        .map(|at| {
            (format!("ko-{at}"), "관세".to_owned(), format!("{at}차 협상에서 관세와 무역 적자, tariffs를 논의했다."))
        })
        .collect();
    let scores = |extra: &[(String, String, String)], query: &str, prefix: &str| -> Vec<(String, u64)> {
        let mut articles: Vec<(&str, &str, &str)> = english.to_vec();
        articles.extend(extra.iter().map(|(id, title, body)| (id.as_str(), title.as_str(), body.as_str())));
        let found = hits(&Workspace::with_articles(&articles), query, &[]).into_iter();
        let found = found.filter(|hit| hit.document.id.starts_with(prefix));
        found.map(|hit| (hit.document.id, hit.score.to_bits())).collect()
    };
    for query in ["tariffs", "trade deficit", "\"trade deficit\"", "rice"] {
        let alone = scores(&[], query, "en");
        assert!(!alone.is_empty());
        assert_eq!(scores(&chinese, query, "en"), alone, "{query} beside Chinese");
        assert_eq!(scores(&korean, query, "en"), alone, "{query} beside Korean");
    }
}

/// What analysts type, over the sample articles.
#[test]
fn spellings_that_peers_do_not_find() {
    let seeds = Workspace::with_seeds();
    for (query, other) in [
        ("südkoreanischer Minister", "Suedkoreanischer Minister"),
        ("限韓令", "限韩令"),
        ("FTA", "ＦＴＡ"),
        ("\"冰冻三尺非一日之寒\"", "\"冰凍三尺非一日之寒\""),
        ("Zölle", "zo\u{308}lle"),
        ("Straße", "STRASSE"),
        (
            "반도체산업",
            "\u{1107}\u{1161}\u{11ab}\u{1103}\u{1169}\u{110e}\u{1166}\u{1109}\u{1161}\u{11ab}\u{110b}\u{1165}\u{11b8}",
        ),
    ] {
        assert_eq!(seeds.documents(query), seeds.documents(other), "{query}");
    }
    for query in ["\"冰冻三尺非一日之寒\"", "요소수", "자유무역 협정", "Freihandelsabkommen", "稀土", "牵一发而动全身"]
    {
        assert!(!seeds.documents(query).is_empty(), "{query}");
    }
}

#[test]
fn a_few_passages_in_a_language_are_not_outranked_by_many_in_another() {
    let workspace = Workspace::new();
    let german = "Der südkoreanische Minister reiste nach Peking, um über den Handel zu sprechen.".to_owned();
    // Among the German passages every one has the words, among the English ones few do.
    let english = |number: usize| match number % 10 {
        0 => format!("The minister met the minister of country {number} and spoke to ministers about it."),
        _ => format!("Exports of country {number} rose again."),
    };
    let bodies: Vec<(String, String)> = (0..3)
        .map(|number| (format!("de-{number}"), german.clone()))
        .chain((0..60).map(|number| (format!("en-{number}"), english(number))))
        .collect();
    let articles: Vec<(&str, &str, &str)> = bodies.iter().map(|(id, body)| (id.as_str(), "", body.as_str())).collect();
    workspace.index(&[workspace.write_articles("all.jsonl", &articles)]);
    let hits = workspace.search("Suedkoreanischer Minister", &as_typed()).hits;
    let first: Vec<&str> = hits.iter().take(4).map(|hit| hit.document.id.as_str()).collect();
    assert_eq!(first[..3], ["de-0", "de-1", "de-2"]);
    assert!(first[3].starts_with("en-"), "{first:?}");
}
