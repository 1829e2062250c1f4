//! What each operator finds and marks.

use std::fmt::Write as _;

use tradewire::SearchOptions;
use tradewire::internals::query::QueryOptions;

use super::articles;
use crate::workspace::{Workspace, as_typed};

#[test]
fn what_each_operator_finds() {
    let workspace = articles();
    for (query, expected) in [
        ("tariff AND steel", "en-1"),
        ("tariff NOT steel", "en-3"),
        ("tariff -steel", "en-3"),
        ("+tariff steel", "en-1 en-3"),
        ("+tariff +steel", "en-1"),
        ("(tariff OR duty) AND (steel OR chips)", "en-1 en-2"),
        // Beside an operator a run is one term; alone it is a bag.
        ("自由贸易协定", "zh-1 zh-2"),
        ("+自由贸易协定", "zh-1"),
        ("谈判 NOT 自由贸易协定", "zh-2"),
        ("稀土 AND 自由贸易协定", "zh-1"),
        ("무역협정 AND 한국", "ko-1"),
        ("무역협정은 AND 한국이", "ko-1"),
        ("무역 AND 협정", "ko-1 ko-2"),
        ("FTA는 AND 관세는", "ko-2"),
        ("관세 NOT 올리다", "ko-1"),
        ("稀土 OR tariff OR Zoll", "de-1 de-2 en-1 en-3 zh-1 zh-2"),
        // Distance counts words, in Chinese and Korean characters.
        ("\"free trade\"", "en-1"),
        ("\"free trade\"~2", "en-1 en-3"),
        ("trade NEAR/1 free", "en-1"),
        ("free NEAR/2 trade", "en-1 en-3"),
        ("free BEFORE/2 trade", "en-1"),
        ("trade BEFORE/2 free", "en-3"),
        ("(Zoll OR Handel) BEFORE/9 (geht OR da)", "de-1 de-2"),
        ("Südkorea BEFORE/9 Freihandel", ""),
        ("무역 BEFORE/3 협정", "ko-1 ko-2"),
        ("협정 BEFORE/9 무역", ""),
        ("미국과 BEFORE/14 \"관세는\"", "ko-1"),
        ("稀土 BEFORE/1 出口", "zh-1 zh-2"),
        ("出口 BEFORE/9 稀土", ""),
        ("中韩 BEFORE/20 谈判 BEFORE/20 稀土", "zh-1"),
        ("FTA BEFORE/14 (협정 OR 政府)", "ko-2"),
        ("(duty OR tariff) NEAR/1 (steel OR chips)", "en-1 en-2"),
        ("tariff SENTENCE steel", "en-1"),
        ("tariff SENTENCE trade", ""),
        ("tariff PARAGRAPH trade", "en-1 en-3"),
        ("Zoll /s Halbleiterindustrie", "de-1"),
        ("FTA SENTENCE (발효 OR 政府)", "ko-2"),
        ("관세 SENTENCE 협정", ""),
        ("tariff NOT SENTENCE steel", "en-3"),
        ("free NOT NEAR/1 trade", "en-3"),
        ("稀土 NOT NEAR/0 出口", "zh-2"),
        ("稀土 NEAR/0 出口", "zh-1"),
        ("稀土 NEAR/1 出口", "zh-1 zh-2"),
        ("\"출口\"", ""),
        ("\"贸易自由\"~0", "zh-1 zh-2"),
        ("무역 NEAR/3 협정", "ko-1 ko-2"),
        // A title is never near its text.
        ("return NEAR/99 Washington", ""),
        ("halbleit*", "de-1 de-2"),
        ("Halbleiteri*", "de-1"),
        ("semicond*", "en-2"),
        ("zol*", "de-1 de-2"),
        ("zoe*", "de-1 de-2"),
        ("무역*", "ko-1 ko-2"),
        // Wildcards stand for letters of the written form, whatever its stem.
        ("tari?f", "en-1"),
        ("tari?fs", "en-1 en-3"),
        ("t*s", "en-1 en-2 en-3"),
        ("*conductor", "en-2"),
        ("*conductors", "en-2"),
        ("?teel", "en-1"),
        ("Z?lle", "de-1 de-2"),
        ("Zo\u{308}?le", "de-1 de-2"),
        ("S?dkorea", "de-1"),
        ("*leiter", "de-2"),
        ("*handel", "de-1 de-2"),
        ("*handel*", "de-1 de-2"),
        ("Ｈalb＊er", "de-2"),
        ("title:*leiter", "de-2"),
        ("title:*handel", ""),
        ("z*lle NOT *stahl", "de-2"),
        ("*industrie NEAR/3 Zol?", ""),
        ("*industrie NEAR/3 Zo?l", "de-1"),
        ("fre?r BEFORE/0 t?ade", "en-2"),
        ("关?税", ""),
        ("自由?易", "zh-1"),
        ("自??易", "zh-1"),
        ("贸?自由", "zh-2"),
        ("?阶段", "zh-1"),
        ("放\\?", "zh-1"),
        ("*阶段*", "zh-1"),
        ("*협정", "ko-1 ko-2"),
        ("무?협정", "ko-1"),
        ("한중 FT?", "ko-2"),
        ("F?A가", "ko-2"),
        ("20?8", "en-3"),
        ("2*8", "en-3"),
        ("semiconducter~", "en-2"),
        ("semicnductor~1", "en-2"),
        ("semicnducter~1", ""),
        ("Sudkorea~", "de-1"),
        ("=tariffs", "en-1 en-3"),
        ("=tariff", "en-1"),
        ("=Zoll", "de-1"),
        ("=Zölle", "de-1 de-2"),
        ("=ZOELLE", "de-1 de-2"),
        ("=\"free trade\"", "en-1"),
        ("=\"freer trade\"", "en-2"),
        ("=\"free trades\"", ""),
        ("=trade NOT =traders", "en-2 en-3"),
        ("caps:Washington", "en-1"),
        ("caps:washington", ""),
        ("caps:WASHINGTON", ""),
        ("caps:Stahl", "de-1"),
        ("caps:stahl", ""),
        ("caps:tariffs", "en-1 en-3"),
        ("caps:\"Free trade\"", "en-1"),
        ("caps:\"free trade\"", ""),
        ("caps:\"한중 FTA\"", "ko-2"),
        ("caps:ＦＴＡ", "ko-2"),
        ("caps:Fta", ""),
        ("caps:(Trade OR freer)", "en-2 en-3"),
        ("caps:Zo\u{308}lle", "de-1 de-2"),
        ("caps:Zölle NOT caps:Stahl", "de-2"),
        ("title:caps:Trade", "en-3"),
        ("title:caps:trade", ""),
        ("caps:Free NEAR/1 caps:traders", ""),
        ("caps:Free BEFORE/3 over", "en-1"),
        ("title:tariff", "en-1"),
        ("title:=tariffs", "en-1"),
        ("title:=tariff", ""),
        ("title:semicon*", "en-2"),
        ("title:(자유 OR 관세 OR 自由)", "ko-1 zh-1 zh-2"),
        ("title:(trade talks)", "en-3"),
        ("lang:ko 관세", "ko-1 ko-2"),
        ("lang:de,en tariff OR Zoll", "de-1 de-2 en-1 en-3"),
        ("id:zh-*", "zh-1 zh-2"),
        ("id:zh-* NOT 限制", ""),
        ("-id:en-* tariff", ""),
        ("id:de-1 OR id:ko-2", "de-1 ko-2"),
        ("tariff (lang:en NOT id:en-1)", "en-3"),
    ] {
        assert_eq!(workspace.documents(query).join(" "), expected, "{query}");
    }
}

#[test]
fn every_word_of_a_bag_can_be_required() {
    let workspace = articles();
    let options = |require_all| SearchOptions {
        query: QueryOptions { require_all, ..as_typed().query },
        limit: 100,
        ..as_typed()
    };
    for (query, expected) in [
        ("tariff steel", "en-1"),
        ("the tariff on steel", "en-1"),
        ("tariff \"free trade\"", "en-1"),
        ("自由贸易协定谈判", "zh-1"),
        ("자유무역협정", "ko-2"),
        ("무역협정", "ko-1 ko-2"),
        ("FTA 관세", "ko-2"),
        ("tariff Zoll", ""),
        ("tariff OR Zoll", "de-1 de-2 en-1 en-3"),
    ] {
        let results = workspace.search(query, &options(true));
        let mut ids: Vec<String> = results.hits.into_iter().map(|hit| hit.document.id).collect();
        ids.sort();
        assert_eq!(ids.join(" "), expected, "{query}");
        assert!(workspace.search(query, &options(false)).hits.len() >= ids.len(), "{query}");
    }
}

/// What is marked, in brackets.
fn marked(workspace: &Workspace, query: &str, id: &str) -> String {
    let hits = workspace.search(query, &SearchOptions { limit: 100, ..as_typed() }).hits;
    let hit =
        hits.into_iter().find(|hit| hit.document.id == id).unwrap_or_else(|| panic!("{query} does not find {id}"));
    let mark = |text: &str, ranges: &[tradewire::internals::document::ByteRange]| {
        let mut out = text.to_owned();
        for range in ranges.iter().rev() {
            out.insert(range.end, ']');
            out.insert(range.start, '[');
        }
        out
    };
    format!("{} | {}", mark(&hit.document.title, &hit.title_highlights), mark(&hit.text, &hit.highlights))
}

#[test]
fn what_each_operator_marks() {
    let workspace = articles();
    let mut shown = String::new();
    for (query, id) in [
        ("tariff AND steel", "en-1"),
        ("talks OR (free AND nowhere)", "en-3"),
        ("fair OR (tariffs NOT aluminium)", "en-3"),
        ("free NEAR/2 trade", "en-3"),
        ("(duties OR tariff) NEAR/1 chips", "en-2"),
        ("=tariffs", "en-1"),
        ("=\"free trade\"", "en-1"),
        ("semicon*", "en-2"),
        ("semiconducter~", "en-2"),
        ("*conductor\\?", "en-2"),
        ("贸?自由", "zh-2"),
        ("*Z?lle* 관?는", "de-2"),
        ("caps:tariffs", "en-3"),
        ("caps:(Trade OR tariffs)", "en-3"),
        ("title:tariff", "en-1"),
        ("zo*", "de-1"),
        ("\"Zoll\" OR 관세", "de-1"),
        ("무역협정은 AND 한국이", "ko-1"),
        ("FTA는 AND 관세는", "ko-2"),
        ("稀土 NEAR/1 出口", "zh-2"),
        ("tariff SENTENCE steel", "en-1"),
        ("tariffs NOT NEAR/2 aluminium", "en-3"),
        ("tariff NOT SENTENCE aluminium", "en-1"),
        ("谈判 NOT 自由贸易协定", "zh-2"),
        ("lang:zh id:zh-1", "zh-1"),
        ("(lang:de 稀土) OR 出口", "zh-1"),
    ] {
        writeln!(shown, "{query}\n    {}", marked(&workspace, query, id)).unwrap();
    }
    insta::assert_snapshot!("what_each_operator_marks", shown);
}

#[test]
fn plain_words_have_no_operators() {
    let workspace = articles();
    for query in ["tariff AND (steel", "NOT tariff", "tariff* \"steel", "-tariff title:"] {
        let run = workspace.run(&["search", "--plain", "--format", "paths", "--", query]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{query}");
    }
}
