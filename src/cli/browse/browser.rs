//! The state of the browser. In: actions and answers. Out: requests for the worker, effects on the outside, and what is drawn.
//! Nothing here reads an index or writes to a terminal.

use tradewire::Hit;
use tradewire::search_types::{Facet, ResultUnit, SortOrder};

use crate::cli::browse::action::{Action, Focus, Step, View};
use crate::cli::browse::mailbox::{Answer, Content, Found, PaneRequest, SearchRequest, Settings};
use crate::cli::browse::pane::PaneLines;
use crate::cli::browse::prompt::{Edit, Prompt};
use crate::cli::browse::reading::{Reading, moved};
use crate::cli::terminal::hyperlink::web_address;

/// Results that are searched for at first; more are when the selection comes near the last.
const FIRST_LIMIT: usize = 50;
/// Greatest number of results that can be walked through.
const MAX_LIMIT: usize = 5_000;

/// What happens outside of the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// Ends without a result.
    Leave,
    /// Ends, and prints the selected result.
    Print,
    /// Opens an address.
    Open(String),
    /// Shows the article in the editor.
    Editor,
    /// Shows the article in the pager.
    Pager,
    /// Copies a text to the clipboard.
    Copy(String),
    /// Stops the program until it is continued.
    Suspend,
    /// Draws the whole screen again.
    Redraw,
}

/// The state.
pub(super) struct Browser {
    pub(super) prompt: Prompt,
    pub(super) focus: Focus,
    pub(super) view: View,
    pub(super) settings: Settings,
    limit: usize,
    /// The last search that was asked for.
    asked: Option<SearchRequest>,
    /// The last content that was asked for.
    asked_content: Option<PaneRequest>,
    /// The results of the last query that could be searched for; none before the first, and for a query without results.
    pub(super) found: Option<Found>,
    /// The number of all results, and their counts.
    pub(super) counts: Option<(u64, Vec<Facet>)>,
    /// The index of the selected result.
    pub(super) selected: usize,
    /// What is wrong or worth knowing; shown quietly.
    pub(super) message: Option<String>,
    pub(super) is_searching: bool,
    content: Option<(PaneRequest, Content)>,
    reading: Reading,
}

impl Browser {
    /// A browser with a query at its prompt.
    pub(super) fn new(text: &str, settings: Settings) -> Browser {
        Browser {
            prompt: Prompt::new(text),
            focus: Focus::Prompt,
            view: View::Article,
            settings,
            limit: FIRST_LIMIT,
            asked: None,
            asked_content: None,
            found: None,
            counts: None,
            selected: 0,
            message: None,
            is_searching: false,
            content: None,
            reading: Reading::default(),
        }
    }

    /// The selected result.
    pub(super) fn hit(&self) -> Option<&Hit> {
        self.found.as_ref()?.results.hits.get(self.selected)
    }

    /// Does an action; returns its effect on the outside, if it has one.
    pub(super) fn apply(&mut self, action: &Action) -> Option<Effect> {
        match action {
            Action::Edit(edit) => {
                if matches!(edit, Edit::Earlier | Edit::Later) || self.focus == Focus::Pane {
                    self.focus = Focus::Prompt;
                }
                self.prompt.edit(edit);
                self.limit = FIRST_LIMIT;
            }
            Action::Select(step) => self.select(*step),
            Action::Scroll(step) => self.reading.scroll_by(*step),
            Action::Match(step) => self.reading.go_to_match(*step),
            Action::Focus(focus) => {
                self.focus = *focus;
                self.prompt.remember();
            }
            Action::Show(view) => {
                self.view = if self.view == *view { View::Article } else { *view };
                self.reading.forget();
            }
            Action::ToggleExpansion => self.settings.expand = !self.settings.expand,
            Action::NextUnit => {
                self.settings.unit = match self.settings.unit {
                    ResultUnit::Passage => ResultUnit::Document,
                    ResultUnit::Document => ResultUnit::Story,
                    ResultUnit::Story => ResultUnit::Passage,
                };
            }
            Action::NextOrder => {
                self.settings.sort = match self.settings.sort {
                    SortOrder::Score => SortOrder::Date,
                    SortOrder::Date => SortOrder::Score,
                };
            }
            Action::Suspend => return Some(Effect::Suspend),
            Action::Redraw => return Some(Effect::Redraw),
            Action::Leave => return Some(Effect::Leave),
            Action::Print | Action::Open | Action::Editor | Action::Pager | Action::Copy => return self.effect(action),
        }
        None
    }

    /// The effect of an action on the selected result.
    fn effect(&mut self, action: &Action) -> Option<Effect> {
        let document = &self.hit()?.document;
        let stated = document.url.as_deref();
        let address = stated.and_then(web_address);
        let effect = match action {
            Action::Print => Effect::Print,
            Action::Open => match address {
                Some(address) => Effect::Open(address),
                None => {
                    self.message = Some("the article has no address that begins with http:// or https://".to_owned());
                    return None;
                }
            },
            Action::Editor => Effect::Editor,
            Action::Pager => Effect::Pager,
            _ => {
                let id = &document.id;
                let stated = stated.filter(|_| address.is_some());
                Effect::Copy(stated.map_or_else(|| id.clone(), |stated| format!("{id} {stated}")))
            }
        };
        self.prompt.remember();
        Some(effect)
    }

    fn select(&mut self, step: Step) {
        let Some(hits) = self.found.as_ref().map(|found| found.results.hits.len()) else {
            return;
        };
        self.selected = moved(self.selected, step, hits, self.reading.rows());
        self.reading.forget();
        if self.selected + 10 > hits && hits >= self.limit {
            self.limit = (self.limit * 2).min(MAX_LIMIT);
        }
    }

    /// The search that what is typed asks for, once.
    pub(super) fn search_request(&mut self) -> Option<SearchRequest> {
        let text = self.prompt.text();
        if text.trim().is_empty() {
            (self.found, self.counts, self.message, self.is_searching) = (None, None, None, false);
            self.asked = None;
            return None;
        }
        let number = self.asked.as_ref().map_or(0, |asked| asked.number);
        let (may_go_on, settings, limit) = (self.prompt.is_at_end(), self.settings, self.limit);
        let request = SearchRequest { number, text: text.to_owned(), may_go_on, settings, limit };
        if self.asked.as_ref() == Some(&request) {
            return None;
        }
        let request = SearchRequest { number: number + 1, ..request };
        self.asked = Some(request.clone());
        self.is_searching = true;
        Some(request)
    }

    /// The content that the pane asks for, once.
    pub(super) fn pane_request(&mut self) -> Option<PaneRequest> {
        let found = self.found.as_ref()?;
        let id = match self.view {
            View::Timeline | View::Concordance => String::new(),
            View::Article => self.hit()?.document.id.clone(),
            View::Copies | View::Help => return None,
        };
        let request = PaneRequest { view: self.view, id, query: found.query.clone(), settings: found.settings };
        if self.asked_content.as_ref() == Some(&request) {
            return None;
        }
        self.asked_content = Some(request.clone());
        Some(request)
    }

    /// Takes an answer of the worker; one of an older request is dropped.
    pub(super) fn answer(&mut self, answer: Answer) {
        let asked = self.asked.as_ref().map_or(0, |asked| asked.number);
        match answer {
            Answer::Found { number, found } if number == asked => {
                self.selected = self.kept_selection(&found);
                let begun = found.query != self.prompt.text();
                self.message = begun.then(|| format!("nothing has this word yet; showing {}", found.query));
                (self.found, self.counts, self.is_searching) = (Some(found), None, false);
                self.reading.forget();
            }
            Answer::Counted { number, total, facets } if number == asked => self.counts = Some((total, facets)),
            Answer::Nothing { number, why } if number == asked => {
                (self.found, self.counts, self.is_searching) = (None, Some((0, Vec::new())), false);
                self.selected = 0;
                self.message = Some(why);
                self.reading.forget();
            }
            // The last results stay: an operator is half typed.
            Answer::Refused { number, error } if number == asked => {
                self.is_searching = false;
                self.message = Some(format!("{}, expected {}", error.found, error.expected));
            }
            Answer::Failed { number, message } if number == asked => {
                self.is_searching = false;
                self.message = Some(message);
            }
            Answer::Pane { request, content } if self.asked_content.as_ref() == Some(&request) => {
                self.content = Some((request, content));
                self.reading.forget();
            }
            _ => {}
        }
    }

    /// The index of the selected result among new ones: that of the same passage, unless the first was selected.
    fn kept_selection(&self, found: &Found) -> usize {
        let Some(hit) = self.hit().filter(|_| self.selected > 0) else {
            return 0;
        };
        let is_same = |other: &Hit| other.document.id == hit.document.id && other.passage.number == hit.passage.number;
        found.results.hits.iter().position(is_same).unwrap_or(0)
    }

    /// True if an answer of the worker is to come.
    pub(super) fn is_waiting(&self) -> bool {
        let is_counted = self.found.is_none() || self.counts.is_some();
        let is_shown = self.asked_content.is_none() || self.content().is_some();
        self.is_searching || !is_counted || !is_shown
    }

    /// The content of the pane, if it is there.
    pub(super) fn content(&self) -> Option<&Content> {
        let (request, content) = self.content.as_ref()?;
        (self.asked_content.as_ref() == Some(request)).then_some(content)
    }

    /// The lines of the pane for its columns and rows, and the first that is shown.
    pub(super) fn pane_lines(&mut self, size: (usize, usize)) -> (&PaneLines, usize) {
        let mut reading = std::mem::take(&mut self.reading);
        reading.lines(size, || self.make_lines(size.0));
        self.reading = reading;
        self.reading.lines(size, PaneLines::default)
    }

    fn make_lines(&self, columns: usize) -> PaneLines {
        let at = self.hit().map_or(0, |hit| hit.passage.range.start);
        match (self.view, self.content()) {
            (View::Help, _) => PaneLines::of_keys(columns),
            (View::Copies, _) => PaneLines::of_story(self.hit().and_then(|hit| hit.story.as_ref()), columns),
            (_, Some(Content::Article(article))) => PaneLines::of_article(article, at, columns),
            (_, Some(Content::Concordance(lines, all))) => PaneLines::of_concordance(lines, *all, columns),
            (_, Some(Content::Timeline(timeline))) => {
                PaneLines::of_timeline(timeline, self.settings.unit.plural(), columns)
            }
            (_, Some(Content::Problem(problem))) => PaneLines::of_message(problem, columns),
            (_, None) if self.prompt.text().trim().is_empty() => PaneLines::of_keys(columns),
            (_, None) => PaneLines::default(),
        }
    }
}
