//! The prompt is edited as in a shell.

use proptest::prelude::*;

use super::*;

fn typed(keys: &[Edit]) -> (String, usize) {
    let mut prompt = Prompt::default();
    keys.iter().for_each(|key| prompt.edit(key));
    (prompt.text.clone(), prompt.caret)
}

fn insert(text: &str) -> Edit {
    Edit::Insert(text.to_owned())
}

#[test]
fn a_line_is_edited_as_in_a_shell() {
    assert_eq!(typed(&[insert("Zölle"), Edit::Left, Edit::DeleteBefore]), ("Zöle".to_owned(), 4));
    assert_eq!(typed(&[insert("Zo"), insert("\u{308}")]).0, "Zö");
    assert_eq!(typed(&[insert("\u{1112}"), insert("\u{1161}"), insert("\u{11ab}")]).0, "한");
    assert_eq!(typed(&[insert("自由贸易"), Edit::Home, Edit::DeleteAfter]), ("由贸易".to_owned(), 0));
    assert_eq!(typed(&[insert("rare earth"), Edit::CutWord, Edit::Home, Edit::Yank]).0, "earthrare ");
    assert_eq!(typed(&[insert("rare earth"), Edit::WordLeft, Edit::WordLeft, Edit::WordRight]).1, 4);
    assert_eq!(typed(&[insert("a\nb\u{1b}[31m")]).0, "a b\u{fffd}[31m");
    assert_eq!(
        typed(&[Edit::DeleteBefore, Edit::DeleteAfter, Edit::CutWord, Edit::Yank, Edit::Left]),
        (String::new(), 0)
    );
}

#[test]
fn the_history_keeps_what_was_typed() {
    let mut prompt = Prompt::new("nickel");
    prompt.remember();
    prompt.replace("cobalt");
    prompt.remember();
    prompt.replace("lith");
    for (key, text) in [
        (Edit::Earlier, "cobalt"),
        (Edit::Earlier, "nickel"),
        (Edit::Earlier, "nickel"),
        (Edit::Later, "cobalt"),
        (Edit::Later, "lith"),
        (Edit::Later, "lith"),
    ] {
        prompt.edit(&key);
        assert_eq!(prompt.text(), text);
    }
}

#[test]
fn a_long_line_shows_the_part_with_the_caret() {
    let mut prompt = Prompt::new("한국과 중국의 협정");
    assert_eq!(prompt.view(80), ("한국과 중국의 협정", 18));
    assert_eq!(prompt.view(8), ("의 협정", 7));
    prompt.edit(&Edit::Home);
    assert_eq!(prompt.view(8), ("한국과 ", 0));
    assert_eq!(Prompt::default().view(0), ("", 0));
}

fn an_edit() -> impl Strategy<Value = Edit> {
    use Edit::{
        CutAfter, CutBefore, CutWord, DeleteAfter, DeleteBefore, Earlier, End, Home, Later, Left, Right, WordLeft,
        WordRight, Yank,
    };
    let others = vec![
        DeleteBefore,
        DeleteAfter,
        CutWord,
        CutBefore,
        CutAfter,
        Yank,
        Left,
        Right,
        WordLeft,
        WordRight,
        Home,
        End,
        Earlier,
        Later,
    ];
    let typed = "[a한ö\u{308}\u{1112}\u{1161}\u{11ab}🇰🇷\u{200d}👩 \n\u{1b}自]{0,4}".prop_map(Edit::Insert);
    prop_oneof![1 => typed, 3 => proptest::sample::select(others)]
}

proptest! {
    #[test]
    fn the_caret_stands_between_clusters_and_in_view(
        edits in proptest::collection::vec(an_edit(), 0..40), columns in 1_usize..12,
    ) {
        let mut prompt = Prompt::default();
        for edit in &edits {
            prompt.edit(edit);
            let text = prompt.text();
            prop_assert!(tradewire::output::one_line(text) == text, "{text:?}");
            prop_assert_eq!(text.nfc().collect::<String>(), text);
            let is_between = prompt.caret == text.len()
                || text.grapheme_indices(true).any(|(at, _)| at == prompt.caret);
            prop_assert!(is_between, "{text:?} {}", prompt.caret);
            let (view, column) = prompt.view(columns);
            prop_assert!(text.contains(view) && drawn_columns(view) <= columns);
            prop_assert!(column < columns || drawn_columns(&text[..prompt.caret]) == column);
        }
    }
}
