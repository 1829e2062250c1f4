//! The browser without a terminal: keys go in, and pictures come out.

use std::sync::mpsc::{Receiver, channel};

use clap::Parser;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::style::Modifier;
use tradewire::search_types::{QueryOptions, ResultUnit, SortOrder};
use tradewire::{Config, Document, Index, IndexWriter};

use crate::cli::browse::action::{Action, Focus, View, action_of};
use crate::cli::browse::browser::{Browser, Effect};
use crate::cli::browse::mailbox::{Answer, Mailbox, Settings};
use crate::cli::browse::palette::Palette;
use crate::cli::browse::view::draw;
use crate::cli::browse::worker::Worker;
use crate::cli::query::QueryArgs;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    looked_for: QueryArgs,
}

/// Documents in the four languages; the last has awkward texts.
fn documents() -> Vec<Document> {
    let text = |id: &str, title: &str, date: &str, source: &str, text: &str| {
        let mut document = Document::new(id, text);
        document.title = title.to_owned();
        document.date = Some(date.to_owned());
        document.source = Some(source.to_owned());
        document.url = Some(format!("https://example.org/{id}"));
        document
    };
    let en = "Buyers of rare earths in Germany look for other mines.\n\nOutput of rare earth magnets fell by a fifth in May.";
    let de =
        "Die Zölle auf Stahl gelten ab Juli. Berlin hält die Zölle für zu hoch.\n\nÜber Ausnahmen wird verhandelt.";
    let ko = "한국과 독일은 자유무역협정의 개정을 논의했다.\n\n한국의 수출은 5월에 다시 늘었다. 중국으로 가는 물량은 줄었다.";
    let zh = "中国与韩国就自由贸易协定举行第三轮谈判。\n\n双方同意在秋天之前扩大自由贸易区的范围。";
    let odd = "👩‍👩‍👧 \u{202e}Zoll\u{1b}[31m Z\u{308}o\u{308}lle ｆｕｌｌ 한\u{1100}\u{1161}글 한국 نيكل e\u{301}\u{301}";
    vec![
        text("en-1", "Rare earths are scarce", "2026-05-02", "Trade Desk", en),
        text("de-1", "Zölle auf Stahl", "2026-06-30", "Handelsblick", de),
        text("ko-1", "한국·독일 협정 개정", "2026-06-01", "무역소식", ko),
        text("zh-1", "中韩自由贸易谈判", "2026-04-11", "经贸观察", zh),
        text("odd-1", "한국 \u{9b}31m 🇰🇷 Zölle und rare earths", "2026-01-01", "x", odd),
    ]
}

/// An index with a worker that works when it is told to.
struct Desk {
    index: Index,
    config: Config,
    arguments: Arguments,
    mailbox: Mailbox,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let config = Config::default();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        let mut writer = IndexWriter::create(&path, &config).unwrap();
        for document in documents() {
            writer.add(document).unwrap();
        }
        writer.finish().unwrap();
        let index = Index::open(&path, &config).unwrap();
        let arguments = Arguments::parse_from(["browse"]);
        Desk { index, config, arguments, mailbox: Mailbox::default(), _folder: folder }
    }

    fn worker(&self) -> (Worker<'_>, Receiver<Answer>) {
        let (answers, received) = channel();
        let worker = Worker {
            searcher: self.index.searcher(),
            config: &self.config,
            looked_for: &self.arguments.looked_for,
            options: QueryOptions::default(),
            mailbox: &self.mailbox,
            answers,
        };
        (worker, received)
    }

    /// Answers all that the browser asks for. Times are zero, as in every picture that is compared.
    fn settle(&self, browser: &mut Browser) {
        let (worker, received) = self.worker();
        loop {
            let (search, pane) = (browser.search_request(), browser.pane_request());
            if search.is_none() && pane.is_none() {
                return;
            }
            search.into_iter().for_each(|request| self.mailbox.search(request));
            pane.into_iter().for_each(|request| self.mailbox.pane(request));
            worker.work_off();
            for mut answer in received.try_iter() {
                if let Answer::Found { found, .. } = &mut answer {
                    found.took = std::time::Duration::ZERO;
                }
                browser.answer(answer);
            }
        }
    }
}

fn browser(text: &str) -> Browser {
    Browser::new(text, Settings { unit: ResultUnit::Document, sort: SortOrder::Score, expand: true })
}

fn picture(browser: &mut Browser, columns: u16, rows: u16) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|frame| draw(frame, browser, Palette { colour: false })).unwrap();
    terminal
}

/// A picture as lines of text, with asterisks around what is marked.
fn lines_of(terminal: &Terminal<TestBackend>) -> String {
    let buffer = terminal.backend().buffer();
    let mut lines = String::new();
    for row in 0..buffer.area.height {
        let mut is_marked = false;
        let mut column = 0;
        while column < buffer.area.width {
            let cell = &buffer[(column, row)];
            if cell.modifier.contains(Modifier::UNDERLINED) != is_marked {
                is_marked = !is_marked;
                lines.push('*');
            }
            lines.push_str(cell.symbol());
            column += cell.cell_width().max(1);
        }
        lines.push_str(if is_marked { "*" } else { "" });
        lines.truncate(lines.trim_end_matches(' ').len());
        lines.push('\n');
    }
    lines
}

fn press(desk: &Desk, browser: &mut Browser, code: KeyCode, modifiers: KeyModifiers) -> Option<Effect> {
    let action = action_of(&Event::Key(KeyEvent::new(code, modifiers)), browser.focus);
    let effect = action.and_then(|action| browser.apply(&action));
    desk.settle(browser);
    effect
}

#[test]
fn pictures_in_four_languages() {
    let desk = Desk::new();
    for (name, text) in [("en", "rare earth"), ("de", "Zölle"), ("ko", "한국"), ("zh", "自由贸易")] {
        for (columns, rows) in [(80, 24), (120, 20)] {
            let mut browser = browser("");
            for letter in text.chars() {
                press(&desk, &mut browser, KeyCode::Char(letter), KeyModifiers::NONE);
            }
            let mut terminal = picture(&mut browser, columns, rows);
            insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), lines_of(&terminal));
            let caret = 2 + crate::cli::browse::columns::drawn_columns(text);
            terminal.backend_mut().assert_cursor_position((u16::try_from(caret).unwrap(), 0));
        }
    }
}

#[test]
fn pictures_of_what_else_is_shown() {
    let desk = Desk::new();
    let mut browser = browser("한국");
    desk.settle(&mut browser);
    for (name, view) in [
        ("concordance", View::Concordance),
        ("timeline", View::Timeline),
        ("keys", View::Help),
        ("copies", View::Copies),
    ] {
        browser.apply(&Action::Show(view));
        desk.settle(&mut browser);
        insta::assert_snapshot!(name, lines_of(&picture(&mut browser, 80, 24)));
    }
    insta::assert_snapshot!("start", lines_of(&picture(&mut super::tests::browser(""), 80, 24)));
}

#[test]
fn a_half_typed_operator_keeps_the_last_results() {
    let desk = Desk::new();
    let mut browser = browser("한국");
    desk.settle(&mut browser);
    let before = browser.found.as_ref().unwrap().results.hits.len();
    for letter in " AND (".chars() {
        press(&desk, &mut browser, KeyCode::Char(letter), KeyModifiers::NONE);
        assert_eq!(browser.found.as_ref().unwrap().results.hits.len(), before);
    }
    assert!(browser.message.as_deref().unwrap().contains("expected"), "{:?}", browser.message);
    for letter in "수출)".chars() {
        press(&desk, &mut browser, KeyCode::Char(letter), KeyModifiers::NONE);
    }
    assert_eq!(browser.found.as_ref().unwrap().results.hits.len(), 1);
    assert_eq!(browser.message, None);
}

#[test]
fn an_unfinished_word_finds_what_begins_so() {
    let desk = Desk::new();
    for (typed, id) in [("magn", "en-1"), ("Verhand", "de-1"), ("개ㅈ", ""), ("谈", "zh-1")] {
        let mut browser = browser(typed);
        desk.settle(&mut browser);
        let found = browser.hit().map(|hit| hit.document.id.clone()).unwrap_or_default();
        assert_eq!(found, id, "{typed}");
    }
}

#[test]
fn the_selection_stays_on_its_result() {
    let desk = Desk::new();
    let mut browser = browser("한국 Zölle earths");
    desk.settle(&mut browser);
    press(&desk, &mut browser, KeyCode::Down, KeyModifiers::NONE);
    press(&desk, &mut browser, KeyCode::Down, KeyModifiers::NONE);
    let selected = browser.hit().unwrap().document.id.clone();
    press(&desk, &mut browser, KeyCode::Char('r'), KeyModifiers::ALT);
    assert_eq!(browser.settings.sort, SortOrder::Date);
    assert_eq!(browser.hit().unwrap().document.id, selected);
    assert_eq!(press(&desk, &mut browser, KeyCode::Enter, KeyModifiers::NONE), Some(Effect::Print));
    let copied = press(&desk, &mut browser, KeyCode::Char('y'), KeyModifiers::ALT);
    assert_eq!(copied, Some(Effect::Copy(format!("{selected} https://example.org/{selected}"))));
    press(&desk, &mut browser, KeyCode::Tab, KeyModifiers::NONE);
    assert_eq!(browser.focus, Focus::Pane);
    assert_eq!(press(&desk, &mut browser, KeyCode::Char('q'), KeyModifiers::NONE), Some(Effect::Leave));
}

#[test]
fn answers_to_older_requests_are_dropped() {
    let desk = Desk::new();
    let mut browser = browser("한국");
    let (worker, received) = desk.worker();
    desk.mailbox.search(browser.search_request().unwrap());
    worker.work_off();
    browser.apply(&Action::Edit(crate::cli::browse::prompt::Edit::Insert("의".to_owned())));
    browser.search_request().unwrap();
    received.try_iter().for_each(|answer| browser.answer(answer));
    assert!(browser.found.is_none() && browser.is_waiting());
}

/// Cells in which half of a glyph is drawn.
fn half_glyphs(buffer: &Buffer) -> Vec<(u16, u16)> {
    let area = buffer.area;
    let mut wrong = Vec::new();
    for row in 0..area.height {
        let mut column = 0;
        while column < area.width {
            let width = buffer[(column, row)].cell_width().max(1);
            let covered = column + 1..column + width;
            let is_whole =
                column + width <= area.width && covered.clone().all(|next| buffer[(next, row)].symbol() == " ");
            if !is_whole {
                wrong.push((column, row));
            }
            column += width;
        }
    }
    wrong
}

#[test]
fn no_cell_has_half_a_glyph() {
    let desk = Desk::new();
    let queries = proptest::sample::select(vec!["한국", "Zölle", "rare earth", "自由贸易", "👩‍👩‍👧 한국", "نيكل", "x"]);
    let views =
        proptest::sample::select(vec![View::Article, View::Concordance, View::Timeline, View::Copies, View::Help]);
    let cases = (queries, views, 1_u16..140, 1_u16..40, 0_isize..30);
    proptest!(ProptestConfig::with_cases(200), |((text, view, columns, rows, scroll) in cases)| {
        let mut browser = browser(text);
        desk.settle(&mut browser);
        if view != View::Article {
            browser.apply(&Action::Show(view));
        }
        desk.settle(&mut browser);
        picture(&mut browser, columns, rows);
        browser.apply(&Action::Scroll(crate::cli::browse::action::Step::By(scroll)));
        let terminal = picture(&mut browser, columns, rows);
        let buffer = terminal.backend().buffer();
        prop_assert!(half_glyphs(buffer).is_empty(), "{:?}", half_glyphs(buffer));
        let is_safe = buffer.content.iter().all(|cell| !cell.symbol().contains(tradewire::output::is_unsafe));
        prop_assert!(is_safe);
    });
}
