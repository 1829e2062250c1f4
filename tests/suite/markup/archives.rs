//! Archives of the web: their pages, and the heads of these; a mistake costs no other page.

use super::*;

fn response(head: &str, content: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), content].concat()
}

#[test]
fn pages_of_archives() {
    let url = "https://a.example/page";
    let html = page(&ARTICLES[0], url, Layout::Tables, "utf-8");
    let media = "application/http; msgtype=response";
    let packed = gzip(html.as_bytes());
    let mut archive = Vec::new();
    for (head, content) in [
        ("200 OK\r\nContent-Type: text/html", html.as_bytes()),
        ("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", packed.as_slice()),
        // As archives have it that undo this themselves.
        ("200 OK\r\nContent-Type: text/html\r\nX-Crawler-Content-Encoding: gzip", html.as_bytes()),
        ("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked", html.as_bytes()),
        ("404 Not Found\r\nContent-Type: text/html", html.as_bytes()),
        ("301 Moved\r\nLocation: x", b""),
        ("200 OK\r\nContent-Type: image/png", b"\x89PNG"),
    ] {
        archive.extend(record("response", Some(&format!("<{url}>")), media, &response(head, content)));
    }
    archive.extend(record("request", Some(url), "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"));
    archive.extend(record("resource", Some(url), "text/html", html.as_bytes()));
    archive.extend(record("resource", Some(url), "image/png", b"\x89PNG"));
    archive.extend(record("conversion", Some(url), "text/plain", b"Title\n\nA text."));
    let (documents, problems) = read_as("x.warc", &archive);
    assert_eq!(problems, []);
    assert_eq!(documents.len(), 6);
    assert!(documents.iter().all(|document| document.id == url && document.url.as_deref() == Some(url)));
    assert!(
        documents[..5].iter().all(|document| document.title == ARTICLES[0].title && document.body == documents[0].body)
    );
    assert_eq!(documents[0].date.as_deref(), Some(ARTICLES[0].date), "not the day on which it was fetched");
    assert_eq!((documents[5].title.as_str(), documents[5].date.as_deref()), ("Title", None));
}

#[test]
fn heads_of_archives_as_they_are_written() {
    let url = "https://a.example/2025/02/03/fees";
    let media = "application/http; msgtype=response";
    let html = format!("<title>Fees</title><h1>Fees</h1>{}", paragraphs(&PARAGRAPHS));
    let html = html.as_bytes();
    let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    raw.write_all(html).unwrap();
    let raw = raw.finish().unwrap();
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    zlib.write_all(html).unwrap();
    let zlib = zlib.finish().unwrap();
    let pages = [
        response("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: UTF-8", html),
        response("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br", html),
        response("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate", html),
        response("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate", &raw),
        response("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate", &zlib),
        response("200 OK\r\nServer: x", html),
        [b"HTTP/2 200\r\nContent-Type: text/html\r\n\r\n", html].concat(),
        [b"HTTP/2.0 200 OK\r\nContent-Type: text/html\r\n\r\n", html].concat(),
    ];
    let mut archive: Vec<u8> = pages.iter().flat_map(|page| record("response", Some(url), media, page)).collect();
    let folded = String::from_utf8(record("resource", Some(url), "text/html", html)).unwrap();
    archive.extend(folded.replacen("\r\n", "\r\nX-Note: one\r\n two\r\n", 1).into_bytes());
    let image = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    archive.extend(record("response", Some(url), media, &response("200 OK\r\nServer: x", image)));
    let video = vec![0; 65 << 20];
    archive.extend(record("response", Some(url), media, &response("200 OK\r\nContent-Type: video/mp4", &video)));
    let (documents, problems) = read_as("x.warc", &archive);
    assert_eq!(problems, []);
    assert_eq!(documents.len(), pages.len() + 1);
    for document in &documents {
        assert_eq!((document.title.as_str(), document.body.as_str()), ("Fees", PARAGRAPHS.join("\n\n").as_str()));
        // No page states its address, so it is the archive's.
        assert_eq!((document.url.as_deref(), document.date.as_deref()), (Some(url), Some("2025-02-03")));
    }
    let page = record("response", Some(url), media, &response("200 OK\r\nContent-Type: text/html", &video));
    let (documents, problems) = read_as("x.warc", page);
    assert!(documents.is_empty() && problems[0].reason.advice == Some(Advice::RaiseLimit("markup")), "{problems:?}");
}

#[test]
fn a_mistake_in_an_archive_costs_no_other_page() {
    let page = |number: usize| {
        record("conversion", Some(&format!("https://a.example/{number}")), "text/plain", b"Title\n\nA text.")
    };
    let mistakes: [(&[u8], &str); 7] = [
        (b"some garbage\r\nof two lines\r\n", "30 bytes that are no record"),
        (b"WARC/1.0\r\nno field\r\n\r\n", "its head is not `name: value` lines"),
        (b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n", "its Content-Length is `many`"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "its Content-Length is ``"),
        (b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\nx\r\n\r\n", "no WARC-Target-URI"),
        (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: u\r\nContent-Type: application/http\r\nContent-Length: 7\r\n\r\nno http\r\n\r\n",
            "no HTTP response",
        ),
        (b"\0\0\0\0WARC/1.0\r\n\x1f\x8b", "bytes that are no record"),
    ];
    for (mistake, expected) in mistakes {
        let archive = [page(1), mistake.to_vec(), b"\r\n".to_vec(), page(2)].concat();
        let (documents, problems) = read_as("x.warc", archive);
        assert_eq!(documents.len(), 2, "{expected}: {problems:?}");
        assert!(reasons(&problems)[0].contains(expected), "{expected}: {problems:?}");
    }
    let whole = [page(1), page(2)].concat();
    let (documents, problems) = read_as("x.warc", &whole[..whole.len() - 10]);
    assert!(documents.len() == 1 && reasons(&problems)[0].contains("is cut short"), "{problems:?}");
    let (documents, problems) = read_as("x.warc", "no archive");
    assert!(documents.is_empty() && reasons(&problems)[0].contains("no WARC record"), "{problems:?}");
    // A length that no memory could hold.
    let (_, problems) = read_as(
        "x.warc",
        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: u\r\nContent-Type: text/html\r\nContent-Length: 99999999999999\r\n\r\nx",
    );
    assert!(problems[0].reason.advice == Some(Advice::RaiseLimit("markup")), "{problems:?}");
    // A few bytes that would be a thousand times as many.
    let bomb = gzip(&vec![b' '; 70 << 20]);
    let content = response("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &bomb);
    let archive = [record("response", Some("u"), "application/http", &content), page(1)].concat();
    let (documents, problems) = read_as("x.warc", archive);
    assert!(documents.len() == 1 && reasons(&problems)[0].contains("has more than"), "{problems:?}");
}
