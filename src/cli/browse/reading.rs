//! Reading in the pane: its lines, which of them are shown, and the match that the reader stands at.

use crate::cli::browse::action::Step;
use crate::cli::browse::pane::PaneLines;

/// The reader's place in the pane.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The lines, and the columns they are for.
    lines: Option<(usize, PaneLines)>,
    /// The first line that is shown.
    scroll: usize,
    /// The match, as an index into the matches of the lines.
    match_at: usize,
    /// Rows of the pane when it was last drawn.
    rows: usize,
}

impl Reading {
    /// Forgets the lines, since something else is to be read.
    pub(super) fn forget(&mut self) {
        self.lines = None;
    }

    /// Rows of the pane when it was last drawn.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The lines for a pane of some size, made if they are not known, and the first that is shown. New lines start at their first
    /// match.
    pub(super) fn lines(
        &mut self,
        (columns, rows): (usize, usize),
        make: impl FnOnce() -> PaneLines,
    ) -> (&PaneLines, usize) {
        let is_resized = self.rows != rows;
        self.rows = rows;
        let known = self.lines.take().filter(|(known, _)| *known == columns);
        let is_new = known.is_none();
        let (_, lines) = self.lines.insert(known.unwrap_or_else(|| (columns, make())));
        if is_new {
            self.match_at = lines.first;
        }
        if is_new || is_resized {
            self.scroll = scroll_to(lines, self.match_at, rows);
        }
        (lines, self.scroll)
    }

    /// Scrolls; the last line stays in view.
    pub(super) fn scroll_by(&mut self, step: Step) {
        let lines = self.lines.as_ref().map_or(0, |(_, lines)| lines.lines.len());
        self.scroll = moved(self.scroll, step, (lines + 1).saturating_sub(self.rows), self.rows);
    }

    /// Goes `step` matches on, and scrolls there.
    pub(super) fn go_to_match(&mut self, step: isize) {
        if let Some((_, lines)) = &self.lines
            && !lines.matches.is_empty()
        {
            self.match_at = self.match_at.saturating_add_signed(step).min(lines.matches.len() - 1);
            self.scroll = scroll_to(lines, self.match_at, self.rows);
        }
    }
}

/// The first line to show so that a match stands at a third of the pane; 0 without matches.
fn scroll_to(lines: &PaneLines, match_at: usize, rows: usize) -> usize {
    let line = lines.matches.get(match_at).copied().unwrap_or(0);
    line.saturating_sub(rows / 3).min(lines.lines.len().saturating_sub(rows))
}

/// A place among `length` after a step; `page` is the length of a screen.
pub(super) fn moved(at: usize, step: Step, length: usize, page: usize) -> usize {
    let last = length.saturating_sub(1);
    let screen = isize::try_from(page.saturating_sub(2).max(1)).unwrap_or(isize::MAX);
    match step {
        Step::By(by) => at.saturating_add_signed(by).min(last),
        Step::Page(by) => at.saturating_add_signed(by.saturating_mul(screen)).min(last),
        Step::First => 0,
        Step::Last => last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::browse::pane::Tone;

    fn lines(count: usize, matches: &[usize], first: usize) -> PaneLines {
        let lines = (0..count).map(|number| vec![(number.to_string(), Tone::Plain)]).collect();
        PaneLines { lines, matches: matches.to_vec(), first }
    }

    #[test]
    fn a_match_stands_at_a_third_of_the_pane() {
        let mut reading = Reading::default();
        let (_, scroll) = reading.lines((80, 12), || lines(100, &[3, 50, 50, 98], 1));
        assert_eq!(scroll, 46);
        let mut after = |change: &dyn Fn(&mut Reading)| {
            change(&mut reading);
            reading.lines((80, 12), PaneLines::default).1
        };
        assert_eq!(after(&|reading| reading.go_to_match(1)), 46);
        assert_eq!(after(&|reading| reading.go_to_match(1)), 88);
        assert_eq!(after(&|reading| reading.go_to_match(1)), 88);
        assert_eq!(after(&|reading| reading.go_to_match(-3)), 0);
        assert_eq!(after(&|reading| reading.scroll_by(Step::Page(1))), 10);
        assert_eq!(after(&|reading| reading.scroll_by(Step::Last)), 88);
        assert_eq!(after(&|reading| reading.scroll_by(Step::By(-90))), 0);
        assert_eq!(after(&|reading| reading.forget()), 0);
    }
}
