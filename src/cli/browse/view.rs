//! The picture: prompt, counts, list and pane. In: the state. Out: cells of a frame, and the place of the cursor, where an
//! input method draws what it composes.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Clear};

use tradewire::output::one_line;
use tradewire::search_types::{Facet, SortOrder};

use crate::cli::browse::action::{Focus, View};
use crate::cli::browse::browser::Browser;
use crate::cli::browse::columns::drawn_columns;
use crate::cli::browse::list::lines_of;
use crate::cli::browse::palette::Palette;
use crate::cli::browse::pane::{PaneLine, Tone};
use crate::cli::terminal::concordance::shortened;

/// The sign before the query.
const SIGN: &str = "> ";
/// Columns from which the list and the pane stand side by side.
const SIDE_BY_SIDE: u16 = 100;
/// Rows of the list from which results have a fragment.
const ROWS_WITH_FRAGMENTS: u16 = 14;

/// The parts of the screen.
struct Parts {
    prompt: Rect,
    counts: Rect,
    list: Rect,
    pane: Rect,
    foot: Rect,
}

impl Parts {
    fn of(area: Rect) -> Parts {
        let rows = [Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1)];
        let [prompt, counts, middle, foot] = Layout::vertical(rows).areas(area);
        let [list, pane] = if area.width >= SIDE_BY_SIDE {
            Layout::horizontal([Constraint::Percentage(45), Constraint::Fill(1)]).areas(middle)
        } else {
            Layout::vertical([Constraint::Percentage(40), Constraint::Fill(1)]).areas(middle)
        };
        Parts { prompt, counts, list, pane, foot }
    }
}

/// Draws the browser.
pub(super) fn draw(frame: &mut Frame<'_>, browser: &mut Browser, palette: Palette) {
    // What was drawn before is no part of the picture, wherever a wide glyph does not fit.
    frame.render_widget(Clear, frame.area());
    let parts = Parts::of(frame.area());
    draw_prompt(frame, browser, palette, parts.prompt);
    let counts = shortened(&counts(browser), usize::from(parts.counts.width));
    put(frame, parts.counts, 0, &vec![(counts, Tone::Facts)], palette);
    draw_list(frame, browser, palette, parts.list);
    draw_pane(frame, browser, palette, parts.pane);
    let foot = foot(browser, usize::from(parts.foot.width));
    put(frame, parts.foot, 0, &vec![(foot, Tone::Quiet)], palette);
}

fn draw_prompt(frame: &mut Frame<'_>, browser: &Browser, palette: Palette, area: Rect) {
    let state = state_of(browser);
    let columns = usize::from(area.width);
    // The state is left out where it would take more than half of the line.
    let state = if drawn_columns(&state) * 2 > columns { String::new() } else { state };
    let room = columns.saturating_sub(SIGN.len() + drawn_columns(&state) + 1).max(1);
    let (text, caret) = browser.prompt.view(room);
    let gap = " ".repeat(columns.saturating_sub(SIGN.len() + drawn_columns(text) + drawn_columns(&state)));
    let line =
        vec![(SIGN.to_owned(), Tone::Facts), (text.to_owned(), Tone::Plain), (gap, Tone::Plain), (state, Tone::Quiet)];
    put(frame, area, 0, &line, palette);
    let column = u16::try_from(SIGN.len() + caret).unwrap_or(u16::MAX).min(area.width.saturating_sub(1));
    if browser.focus == Focus::Prompt {
        frame.set_cursor_position(Position::new(area.x + column, area.y));
    }
}

/// The state of the search, at the right of the prompt.
fn state_of(browser: &Browser) -> String {
    let mut words = vec![browser.settings.unit.plural().to_owned()];
    if browser.settings.sort == SortOrder::Date {
        words.push("by date".to_owned());
    }
    if !browser.settings.expand {
        words.push("as typed".to_owned());
    }
    if browser.is_searching {
        words.push("…".to_owned());
    } else if let Some(found) = &browser.found {
        words.push(format!("{:.1} ms", found.took.as_secs_f64() * 1e3));
    }
    words.join(" · ")
}

/// The number of results, and how many are in each language, source, country and year.
fn counts(browser: &Browser) -> String {
    let Some((total, facets)) = &browser.counts else {
        return String::new();
    };
    let facet = |facet: &Facet| {
        let values = facet.values.iter().map(|value| format!("{} {}", one_line(&value.value), value.count));
        let values: Vec<String> = values.collect();
        (!values.is_empty()).then(|| format!("{} {}", facet.field.name(), values.join(", ")))
    };
    let facets = facets.iter().filter_map(facet);
    [format!("{total} {}", browser.settings.unit.plural())].into_iter().chain(facets).collect::<Vec<_>>().join("  ·  ")
}

fn draw_list(frame: &mut Frame<'_>, browser: &Browser, palette: Palette, area: Rect) {
    let Some(found) = &browser.found else {
        return;
    };
    let with_fragment = area.height >= ROWS_WITH_FRAGMENTS;
    let rows_each = if with_fragment { 2 } else { 1 };
    let shown = (usize::from(area.height) / rows_each).max(1);
    // The selected result stays in view, with those after it.
    let first = browser.selected.saturating_sub(shown.saturating_sub(2).max(1) / 2);
    let first = first.min(found.results.hits.len().saturating_sub(shown));
    let columns = usize::from(area.width).saturating_sub(1);
    let hits = found.results.hits.iter().enumerate().skip(first).take(shown);
    for (at, (number, hit)) in hits.enumerate() {
        for (line, content) in lines_of(hit, columns, with_fragment).iter().enumerate() {
            let row = u16::try_from(at * rows_each + line).unwrap_or(u16::MAX);
            put(frame, Rect { width: area.width.saturating_sub(1), ..area }, row, content, palette);
            if number == browser.selected && line == 0 && row < area.height {
                let row = Rect { y: area.y + row, height: 1, width: area.width.saturating_sub(1), ..area };
                frame.buffer_mut().set_style(row, palette.selected());
            }
        }
    }
}

fn draw_pane(frame: &mut Frame<'_>, browser: &mut Browser, palette: Palette, area: Rect) {
    let name = match browser.view {
        View::Article => "article",
        View::Concordance => "concordance",
        View::Timeline => "timeline",
        View::Copies => "copies of the story",
        View::Help => "keys",
    };
    let border = palette.border(browser.focus == Focus::Pane);
    let block = Block::new().borders(Borders::TOP).border_style(border).title(Span::styled(name, border));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    let (lines, first) = browser.pane_lines((usize::from(inner.width), usize::from(inner.height)));
    for (row, line) in (0..inner.height).zip(lines.lines.iter().skip(first)) {
        put(frame, inner, row, line, palette);
    }
}

/// The last line: a message, or the most needed keys.
fn foot(browser: &Browser, columns: usize) -> String {
    let keys = match browser.focus {
        Focus::Prompt => "Enter print  Tab article  Up/Down result  Alt-o open  F1 keys  Esc leave",
        Focus::Pane => "n/N match  c concordance  t timeline  s copies  o open  e editor  Tab query  ? keys  q leave",
    };
    shortened(&one_line(browser.message.as_deref().unwrap_or(keys)), columns)
}

/// Draws a line at a row of an area, as far as it fits.
fn put(frame: &mut Frame<'_>, area: Rect, row: u16, line: &PaneLine, palette: Palette) {
    if row >= area.height {
        return;
    }
    let spans = line.iter().map(|(text, tone)| Span::styled(text.as_str(), palette.tone(*tone)));
    frame.buffer_mut().set_line(area.x, area.y + row, &Line::from_iter(spans), area.width);
}
