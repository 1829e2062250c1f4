//! The actions of the browser, and the keys that they are on.
//!
//! At the prompt a key types, and an action is on Alt and its letter; in the article it is on the letter alone. Both know the
//! arrows and the control keys.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEventKind};

use crate::cli::browse::prompt::Edit;

/// The part of the screen that keys go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Focus {
    /// The query is typed.
    Prompt,
    /// The pane beside the list is read.
    Pane,
}

/// What the pane beside the list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// The article of the selected result.
    Article,
    /// The hits of the query, each in its line.
    Concordance,
    /// The hits over time.
    Timeline,
    /// The other documents of the story.
    Copies,
    /// The keys.
    Help,
}

/// How far to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// By so many lines or results; upwards if negative.
    By(isize),
    /// By a screen: 1 down, -1 up.
    Page(isize),
    /// To the start.
    First,
    /// To the end.
    Last,
}

/// An action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Action {
    /// Edits the query.
    Edit(Edit),
    /// Selects another result.
    Select(Step),
    /// Scrolls the pane.
    Scroll(Step),
    /// Goes to the next match in the article, or with -1 to the one before.
    Match(isize),
    /// Gives the keys to the prompt or the pane.
    Focus(Focus),
    /// Shows something in the pane; the article if that is shown already.
    Show(View),
    /// Searches with or without the names that the glossary adds.
    ToggleExpansion,
    /// Counts passages, documents or stories as one result.
    NextUnit,
    /// Orders by score or by date.
    NextOrder,
    /// Prints the selected result and leaves.
    Print,
    /// Opens the address of the article in the browser of the desktop.
    Open,
    /// Shows the article in the editor, at the match.
    Editor,
    /// Shows the article in the pager, at the match.
    Pager,
    /// Copies the id and the address of the article.
    Copy,
    /// Stops the program until the shell continues it.
    Suspend,
    /// Draws the whole screen again.
    Redraw,
    /// Leaves.
    Leave,
}

/// The keys as the help lists them: keys in the article, then what they do. At the prompt each letter is pressed with Alt.
pub(super) const KEYS: [(&str, &str); 20] = [
    ("Up, Down", "another result"),
    ("Tab, Esc", "from the query to the article and back"),
    ("Enter", "print the result and leave (--print)"),
    ("PageUp, PageDown", "scroll the article; in it j, k, Space, g, G too"),
    ("n, N", "next match, match before"),
    ("a", "the article"),
    ("c", "concordance: the hits in their lines"),
    ("t", "timeline"),
    ("s", "copies of the story"),
    ("x", "search without the names that the glossary adds"),
    ("b", "count passages, documents or stories"),
    ("r", "order by score or by date"),
    ("o", "open the address in the browser"),
    ("e", "the article in $EDITOR, at the match"),
    ("v", "the article in the pager, at the match"),
    ("y", "copy id and address"),
    ("Alt-p, Alt-l", "query before, query after"),
    ("Ctrl-A -E -B -F -W -U -K -Y", "edit the query as in a shell"),
    ("F1, ?", "these keys"),
    ("Ctrl-C, q", "leave"),
];

/// The action of an event. `None` if it has none.
pub(super) fn action_of(event: &Event, focus: Focus) -> Option<Action> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => of_key(key, focus),
        Event::Paste(text) => Some(Action::Edit(Edit::Insert(text.clone()))),
        Event::Resize(..) => Some(Action::Redraw),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollDown => Some(Action::Scroll(Step::By(3))),
            MouseEventKind::ScrollUp => Some(Action::Scroll(Step::By(-3))),
            _ => None,
        },
        _ => None,
    }
}

fn of_key(key: &KeyEvent, focus: Focus) -> Option<Action> {
    let (control, alt) = (key.modifiers.contains(KeyModifiers::CONTROL), key.modifiers.contains(KeyModifiers::ALT));
    let edit = |edit| Some(Action::Edit(edit));
    match (key.code, focus) {
        (KeyCode::Char(letter), _) if control && !alt => of_control(letter),
        (KeyCode::Char('p'), _) if alt => edit(Edit::Earlier),
        (KeyCode::Char('l'), _) if alt => edit(Edit::Later),
        (KeyCode::Char('f') | KeyCode::Right, _) if alt => edit(Edit::WordRight),
        (KeyCode::Left, _) if alt => edit(Edit::WordLeft),
        (KeyCode::Char(letter), Focus::Prompt) if alt => of_letter(letter),
        (KeyCode::Char(letter), Focus::Pane) => of_letter(letter).or_else(|| of_reading(letter)),
        (KeyCode::Char(letter), Focus::Prompt) => edit(Edit::Insert(letter.into())),
        (KeyCode::Enter, _) => Some(Action::Print),
        (KeyCode::Tab | KeyCode::BackTab, Focus::Prompt) => Some(Action::Focus(Focus::Pane)),
        (KeyCode::Tab | KeyCode::BackTab | KeyCode::Esc | KeyCode::Backspace, Focus::Pane) => {
            Some(Action::Focus(Focus::Prompt))
        }
        (KeyCode::Esc, Focus::Prompt) => Some(Action::Leave),
        (KeyCode::Backspace, _) if alt => edit(Edit::CutWord),
        (KeyCode::Backspace, _) => edit(Edit::DeleteBefore),
        (KeyCode::Delete, _) => edit(Edit::DeleteAfter),
        (KeyCode::Left, Focus::Prompt) => edit(if control { Edit::WordLeft } else { Edit::Left }),
        (KeyCode::Right, Focus::Prompt) => edit(if control { Edit::WordRight } else { Edit::Right }),
        (KeyCode::Home, Focus::Prompt) => edit(Edit::Home),
        (KeyCode::End, Focus::Prompt) => edit(Edit::End),
        (KeyCode::Home, Focus::Pane) => Some(Action::Scroll(Step::First)),
        (KeyCode::End, Focus::Pane) => Some(Action::Scroll(Step::Last)),
        (KeyCode::Up, _) => Some(Action::Select(Step::By(-1))),
        (KeyCode::Down, _) => Some(Action::Select(Step::By(1))),
        (KeyCode::PageUp, _) => Some(Action::Scroll(Step::Page(-1))),
        (KeyCode::PageDown, _) => Some(Action::Scroll(Step::Page(1))),
        (KeyCode::F(1), _) => Some(Action::Show(View::Help)),
        _ => None,
    }
}

fn of_control(letter: char) -> Option<Action> {
    let edit = match letter.to_ascii_lowercase() {
        'a' => Edit::Home,
        'e' => Edit::End,
        'b' => Edit::Left,
        'f' => Edit::Right,
        'h' => Edit::DeleteBefore,
        'd' => Edit::DeleteAfter,
        'w' => Edit::CutWord,
        'u' => Edit::CutBefore,
        'k' => Edit::CutAfter,
        'y' => Edit::Yank,
        'p' => return Some(Action::Select(Step::By(-1))),
        'n' => return Some(Action::Select(Step::By(1))),
        'l' => return Some(Action::Redraw),
        'z' => return Some(Action::Suspend),
        'c' | 'q' => return Some(Action::Leave),
        _ => return None,
    };
    Some(Action::Edit(edit))
}

/// The action of a letter in the article, and of Alt and the letter at the prompt.
fn of_letter(letter: char) -> Option<Action> {
    Some(match letter {
        'n' => Action::Match(1),
        'N' => Action::Match(-1),
        'a' => Action::Show(View::Article),
        'c' => Action::Show(View::Concordance),
        't' => Action::Show(View::Timeline),
        's' => Action::Show(View::Copies),
        '?' => Action::Show(View::Help),
        'x' => Action::ToggleExpansion,
        'b' => Action::NextUnit,
        'r' => Action::NextOrder,
        'o' => Action::Open,
        'e' => Action::Editor,
        'v' => Action::Pager,
        'y' => Action::Copy,
        _ => return None,
    })
}

/// The action of a letter in the article alone.
fn of_reading(letter: char) -> Option<Action> {
    Some(match letter {
        'j' => Action::Scroll(Step::By(1)),
        'k' => Action::Scroll(Step::By(-1)),
        ' ' => Action::Scroll(Step::Page(1)),
        'g' => Action::Scroll(Step::First),
        'G' => Action::Scroll(Step::Last),
        '/' => Action::Focus(Focus::Prompt),
        'q' => Action::Leave,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(code: KeyCode, modifiers: KeyModifiers, focus: Focus) -> Option<Action> {
        action_of(&Event::Key(KeyEvent::new(code, modifiers)), focus)
    }

    #[test]
    fn letters_type_at_the_prompt_and_act_in_the_article() {
        let letter = KeyCode::Char('n');
        let typed = Some(Action::Edit(Edit::Insert("n".to_owned())));
        assert_eq!(action(letter, KeyModifiers::NONE, Focus::Prompt), typed);
        assert_eq!(action(letter, KeyModifiers::ALT, Focus::Prompt), Some(Action::Match(1)));
        assert_eq!(action(letter, KeyModifiers::NONE, Focus::Pane), Some(Action::Match(1)));
        assert_eq!(action(KeyCode::Char('한'), KeyModifiers::NONE, Focus::Pane), None);
        assert_eq!(action(KeyCode::Esc, KeyModifiers::NONE, Focus::Pane), Some(Action::Focus(Focus::Prompt)));
        let leave = action(KeyCode::Char('c'), KeyModifiers::CONTROL, Focus::Pane);
        assert_eq!(leave, Some(Action::Leave));
    }
}
