//! Feeds and web archives: files that hold many pages, each a document.

use std::io::{BufRead, Read as _};
use std::ops::ControlFlow;

use crate::ingest::decode::declared;
use crate::ingest::decode::encoding::{Decoding, Hints, TextEncoding};
use crate::ingest::files::file::{Complete, HEAD_BYTES, Place, report_decoded};
use crate::ingest::formats::{feed, html, text, warc};
use crate::ingest::sink::Delivery;
use crate::ingest::{DocumentReader, InputFormat, describe_io};
use crate::text::document::Document;

impl DocumentReader {
    /// Reads the entries of a feed.
    pub(crate) fn read_entries(&self, text: &str, place: &Place, delivery: &mut Delivery<'_, '_>) -> ControlFlow<()> {
        let mut number = 0_usize;
        let read = feed::read_feed(text, &self.limits, &mut |entry| {
            number += 1;
            match entry {
                Ok(feed::FeedEntry { mut document, date, problems }) => {
                    if document.id.trim().is_empty() {
                        document.id = document.url.clone().unwrap_or_else(|| format!("{}#{number}", place.id));
                    }
                    place.path.clone_into(&mut document.path);
                    let place = format!("{}, entry {number}", place.path);
                    delivery.document(self, &place, document, date.as_deref(), problems)
                }
                Err(reason) => delivery.lost(&format!("{}, entry {number}", place.path), &reason),
            }
        });
        match read {
            Ok(ControlFlow::Break(())) => ControlFlow::Break(()),
            Ok(ControlFlow::Continue(())) if number == 0 => {
                delivery.noted(&place.path, "the feed has no entry, so there is nothing to index")
            }
            Ok(ControlFlow::Continue(())) => ControlFlow::Continue(()),
            Err(reason) => delivery.lost(&place.path, &reason),
        }
    }

    /// Reads the pages of a web archive.
    pub(crate) fn read_warc(
        &self,
        input: &mut dyn BufRead,
        place: &Place,
        delivery: &mut Delivery<'_, '_>,
    ) -> ControlFlow<(), Complete> {
        let read = warc::read_warc(input, &self.limits, &mut |page| match page {
            Ok(page) => self.read_page(&page, place, delivery),
            Err(reason) => delivery.lost(&place.path, &reason),
        });
        match read {
            Ok(ControlFlow::Break(())) => ControlFlow::Break(()),
            Ok(ControlFlow::Continue(())) => ControlFlow::Continue(true),
            Err(reason) => delivery.lost(&place.path, &reason).map_continue(|()| false),
        }
    }

    fn read_page(&self, page: &warc::WarcPage, place: &Place, delivery: &mut Delivery<'_, '_>) -> ControlFlow<()> {
        let place_of_page = format!("{}, page at byte {}", place.path, page.offset);
        let format = if page.is_html { InputFormat::Html } else { InputFormat::Text };
        let hints = Hints {
            given: self.options.encoding,
            transport: page.charset.as_deref().and_then(TextEncoding::for_label),
            declared: declared::encoding(format, &page.body),
        };
        let mut decoding = Decoding::new(&page.body[..], &page.body[..page.body.len().min(HEAD_BYTES)], hints);
        let mut bytes = Vec::new();
        if let Err(error) = decoding.read_to_end(&mut bytes) {
            return delivery.lost(&place_of_page, &describe_io(&error));
        }
        let text = String::from_utf8_lossy(&bytes);
        let mut document = Document { path: place.path.clone(), url: Some(page.url.clone()), ..Document::default() };
        let (mut stated, mut unusable) = (None, Vec::new());
        if page.is_html {
            (stated, unusable) = html::read_html(&text, &self.limits, &mut document);
        } else {
            text::read_text(&text, &mut document);
        }
        document.id.clone_from(&page.url);
        report_decoded(decoding.decoded(), &place_of_page, delivery)?;
        delivery.document(self, &place_of_page, document, stated.as_deref(), unusable)
    }
}
