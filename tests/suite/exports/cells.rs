//! Cells of a row, as programs write the parts of an article.

use jiff::civil::Date;

use crate::exports::Cell;
use crate::wrappings::Article;

pub(super) const ID: Cell = |_, number| format!("A{number}-2026x");
pub(super) const TITLE: Cell = |article, _| article.title.to_owned();
pub(super) const BODY: Cell = |article, _| article.paragraphs.join("\n\n");
pub(super) const REST: Cell = |article, _| article.paragraphs[1..].join("\n\n");
pub(super) const LEAD: Cell = |article, _| article.paragraphs[0].to_owned();
pub(super) const DATE: Cell = |article, _| article.date.to_owned();
pub(super) const SOURCE: Cell = |article, _| article.source.to_owned();
pub(super) const URL: Cell = |article, number| article.url(number);
pub(super) const LANG: Cell = |article, _| article.lang.to_owned();
pub(super) const EMPTY: Cell = |_, _| String::new();
pub(super) const NUMBER: Cell = |_, number| (number + 1).to_string();
pub(super) const WORD: Cell = |_, number| ["Wirtschaft", "경제", "财经", "Trade"][number % 4].to_owned();
pub(super) const PERSON: Cell = |_, number| ["Jane Doe", "김하나", "李明", "Max Muster"][number % 4].to_owned();
pub(super) const HOME: Cell = |_, _| "https://outlet.example/".to_owned();
pub(super) const LATER: Cell = |_, _| "2031-05-05 10:00:00".to_owned();
pub(super) const WORDS: Cell = |_, _| "Zoll,관세,关税,tariff,Stahl,철강,钢铁,steel,Hafen,항만,港口,harbour".to_owned();
pub(super) const LANGUAGE: Cell = |article, _| {
    match article.lang {
        "en" => "English",
        "de" => "German",
        "ko" => "Korean",
        _ => "Chinese - Traditional",
    }
    .to_owned()
};

/// The date of an article in a form of jiff.
pub(super) fn dated(article: &Article, form: &str) -> String {
    Date::strptime("%Y-%m-%d", article.date).unwrap().at(10, 15, 0, 0).strftime(form).to_string()
}

pub(super) const COMPACT: Cell = |article, _| dated(article, "%Y%m%d");
pub(super) const DOTS: Cell = |article, _| dated(article, "%Y.%m.%d");
pub(super) const GERMAN: Cell = |article, _| dated(article, "%d.%m.%Y");
pub(super) const SLASHES: Cell = |article, _| dated(article, "%Y/%-m/%-d");
pub(super) const CHINESE: Cell = |article, _| dated(article, "%Y年%-m月%-d日");
pub(super) const AMERICAN: Cell = |article, _| dated(article, "%-m/%-d/%Y");
pub(super) const BRITISH: Cell = |article, _| dated(article, "%d/%m/%Y %H:%M");
pub(super) const WRITTEN: Cell = |article, _| dated(article, "%b %-d, %Y");
pub(super) const WRITTEN_TIME: Cell = |article, _| dated(article, "%B %-d, %Y %A 10:15 AM GMT");
pub(super) const DAY_FIRST: Cell = |article, _| dated(article, "%-d %B %Y");
pub(super) const DAY_ABBREVIATED: Cell = |article, _| dated(article, "%d-%b-%Y");
pub(super) const MINUTES: Cell = |article, _| dated(article, "%Y-%m-%d %H:%M");
pub(super) const STAMP: Cell = |article, _| dated(article, "%Y-%m-%dT05:30:00.000+09:00");
pub(super) const GDELT_STAMP: Cell = |article, _| dated(article, "%Y%m%dT101500Z");
pub(super) const MILLISECONDS: Cell = |article, _| (seconds(article) * 1000).to_string();
pub(super) const SERIAL: Cell = |article, _| (seconds(article) / 86_400 + 25_569).to_string();
pub(super) const SERIAL_TIME: Cell = |article, _| format!("{}.4375", seconds(article) / 86_400 + 25_569);

pub(super) fn seconds(article: &Article) -> i64 {
    let date = Date::strptime("%Y-%m-%d", article.date).unwrap();
    date.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second()
}

pub(super) const MARKUP: Cell = |article, _| {
    let paragraphs: String = article.paragraphs.iter().map(|text| format!("<p>{}</p>", escaped(text))).collect();
    format!("<tx>{paragraphs}</tx>")
};
pub(super) const BREAKS: Cell =
    |article, _| article.paragraphs.iter().map(|text| escaped(text)).collect::<Vec<_>>().join("<br/><br/>");

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
