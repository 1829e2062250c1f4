//! Tables as they are kept beside programs: drawn with signs, with lines after the articles, without a heading.

use crate::exports::cells::dated;
use crate::reading::{Found, read};
use crate::wrappings::ARTICLES;

/// Titles, texts in one line, days and addresses of the articles.
fn rows() -> Vec<[String; 4]> {
    let row = |(number, article): (usize, &crate::wrappings::Article)| {
        [article.title.to_owned(), article.paragraphs.join(" "), article.date.to_owned(), article.url(number)]
    };
    ARTICLES.iter().enumerate().map(row).collect()
}

fn check(name: &str, table: &str, said: &str) -> Found {
    let found = read(name, table.as_bytes());
    let read: Vec<[String; 4]> = found
        .documents
        .iter()
        .map(|document| {
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            [document.title.clone(), document.body.clone(), part(&document.date), part(&document.url)]
        })
        .collect();
    assert_eq!(read, rows(), "{table}: {}", found.lines());
    assert_eq!(found.lost(), 0, "{}", found.lines());
    assert!(if said.is_empty() { found.lines().is_empty() } else { found.lines().contains(said) }, "{}", found.lines());
    found
}

#[test]
fn tables_that_are_drawn_are_read_without_their_lines() {
    let row = |cells: [&str; 4]| format!("| {} |\n", cells.join(" | "));
    let body: String = rows().iter().map(|cells| row([&cells[0], &cells[1], &cells[2], &cells[3]])).collect();
    let heading = row(["제목", "본문", "날짜", "링크"]);
    let plus = "+----+----+----+----+\n";
    for name in ["a.csv", "a.psv", "a.tsv"] {
        check(name, &format!("{heading}|---|:--|:-:|---|\n{body}"), "");
        check(name, &format!("{heading}|---+---+---+---|\n{body}"), "");
        check(name, &format!("{plus}{heading}{}{body}{plus}", plus.replace('-', "=")), "");
        check(name, &format!("{plus}{heading}{plus}{body}{plus}4 rows in set (0.00 sec)\n"), "4 rows in set");
        let bare = |text: &str| text.replace("| ", " | ").replace("\n | ", "\n ").replace(" |\n", "\n");
        let heading = bare(&heading).trim_start_matches(" |").to_owned();
        let body = bare(&format!("\n{body}")).trim_start_matches('\n').to_owned();
        check(name, &format!("{heading}------+------+------+------\n{body}(12 rows)\n"), "(12 rows)");
    }
}

#[test]
fn lines_after_a_table_are_said_and_are_no_articles() {
    let table = |end: &str| {
        let mut writer = csv::Writer::from_writer(b"Titel,Text,Datum,Link\n".to_vec());
        rows().iter().for_each(|row| writer.write_record(row).unwrap());
        String::from_utf8(writer.into_inner().unwrap()).unwrap() + end
    };
    for end in
        ["총 12건,,,\n", ",,,\n\n※ 본 자료는 내부용입니다.,,,\n", "Summe: 12 Artikel\nStand: 04.03.2026\n", "共12条\n"]
    {
        let line = end.trim_matches([',', '\n']).split([',', '\n']).next().unwrap();
        let found = check("a.csv", &table(end), line);
        assert!(found.lines().contains("lines after the table are not read"), "{}", found.lines());
    }
    check("a.csv", &table(",,,\n"), "");
    // What another article follows is an article.
    let found = read("a.csv", table("Steel,,,\nCopper,Duties,2026-01-12,https://x.example/\n").as_bytes());
    assert_eq!(found.documents.len(), ARTICLES.len() + 2, "{}", found.lines());
    assert!(found.lines().contains("1 row with a title only"), "{}", found.lines());
}

#[test]
fn rows_of_gdelt_are_told_from_its_columns() {
    let row = |(number, article): (usize, &crate::wrappings::Article)| {
        let stamp = dated(article, "%Y%m%d101500");
        let extras = format!(
            "<PAGE_LINKS>https://x.example/1;https://x.example/2</PAGE_LINKS><PAGE_TITLE>{}</PAGE_TITLE>",
            article.title
        );
        let themes = "ECON_TRADE,10;TAX_FNCACT,20";
        format!(
            "{stamp}-{number}\t{stamp}\t1\toutlet{number}.example\t{}\t\t\tECON_TRADE;TAX\t{themes}\t1#Korea#KS#KS#37#127#KS\t\t-1.2,2.0,3.2,5.2\t\t{extras}\n",
            article.url(number)
        )
    };
    let table: String = ARTICLES.iter().enumerate().map(row).collect();
    let found = read("20260112.gkg.csv", table.as_bytes());
    for (number, (document, article)) in found.documents.iter().zip(ARTICLES).enumerate() {
        assert_eq!(
            (document.title.as_str(), document.date.as_deref()),
            (article.title, Some(article.date)),
            "{}",
            found.lines()
        );
        assert_eq!(document.url, Some(article.url(number)));
    }
    assert_eq!(found.documents.len(), ARTICLES.len());
}
