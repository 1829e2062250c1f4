//! Laws 9 and 10 for hits of any text, in every format.

use super::*;

/// A hit of any texts, with any ranges on character boundaries.
fn any_hit() -> impl Strategy<Value = Hit> {
    let texts = prop::collection::vec(any_text(), 7);
    (texts, any::<[prop::sample::Index; 4]>()).prop_map(|(texts, cuts)| {
        let ranges = |text: &str, cuts: &[prop::sample::Index]| -> Vec<ByteRange> {
            let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| boundaries[cut.index(boundaries.len())]).collect();
            cuts.sort_unstable();
            if cuts[0] < cuts[1] { vec![ByteRange::new(cuts[0], cuts[1])] } else { Vec::new() }
        };
        let mut hit = hit(1, Language::Undetermined, &texts[0], &texts[1], &texts[2], "no such text");
        (hit.title_highlights, hit.highlights) = (ranges(&texts[1], &cuts[..2]), ranges(&texts[2], &cuts[2..]));
        let document = &mut hit.document;
        (document.source, document.url) = (Some(texts[3].clone()), Some(texts[4].clone()));
        (document.date, document.path) = (Some(texts[5].clone()), texts[6].clone());
        hit
    })
}

proptest! {
    #![proptest_config(seeded(256))]

    /// Law 10 and law 9 for every format, whatever the documents, the queries and the width.
    #[test]
    fn no_format_prints_a_control_character(hit in any_hit(), id in any_text(), query in any_text(), width in 0..200_usize) {
        for format in formats() {
            for colour in [false, true] {
                let queries = [(id.as_str(), query.as_str(), vec![hit.clone()]), ("2", "x", vec![hit.clone()])];
                assert_safe(format, colour && format == named("terminal"), &print(format, colour, width, &queries));
            }
        }
    }

    /// No line is wider than the terminal, no passage takes more than four, and the dots and asterisks count.
    #[test]
    fn the_terminal_format_fits_any_terminal(hit in any_hit(), id in any_text(), query in any_text(), width in 0..200_usize) {
        for colour in [false, true] {
            let printed = |hit: &Hit| {
                let queries = [(id.as_str(), query.as_str(), vec![hit.clone()]), ("2", "x", Vec::new())];
                without_colours(&print(named("terminal"), colour, width, &queries))
            };
            let terminal = printed(&hit);
            let widest = terminal.lines().map(UnicodeWidthStr::width).max().unwrap_or_default();
            prop_assert!(widest <= width.max(20), "{} columns on {}: {}", widest, width, terminal);
            let without_text = Hit { text: String::new(), highlights: Vec::new(), ..hit.clone() };
            let lines = terminal.lines().count() - printed(&without_text).lines().count();
            prop_assert!(lines <= 4, "{} lines of text on {}: {}", lines, width, terminal);
        }
    }

    /// Breaking lines neither loses nor doubles anything.
    #[test]
    fn the_terminal_format_prints_all_of_what_fits(hit in any_hit(), width in 0..200_usize) {
        let ink = |text: &str| one_line(text).chars().filter(|character| !character.is_whitespace()).collect::<String>();
        for colour in [false, true] {
            let title = ink(&hit.document.title);
            let marked = if colour { title.clone() } else { title.replace('*', "") };
            let hit = Hit { text: String::new(), highlights: Vec::new(), ..hit.clone() };
            let terminal = ink(&without_colours(&print(named("terminal"), colour, width, &[("1", "x", vec![hit])])).replace('\n', " "));
            let terminal = if colour { terminal } else { terminal.replace('*', "") };
            let shown = if title.is_empty() { "(notitle)".to_owned() } else { marked };
            prop_assert!(terminal.starts_with(&format!("1.{}", shown)), "{} is not {}", terminal, shown);
        }
    }

    #[test]
    fn whatever_is_printed_is_read_back(hit in any_hit(), id in any_text()) {
        assert_rows_read_back(&id, std::slice::from_ref(&hit));
        let line = print(named("jsonl"), false, 80, &[(&id, "query", vec![hit.clone()])]);
        prop_assert_eq!(line.lines().count(), 1);
        assert_is(&read_json(&line), &id, &hit);
        let trec = print(named("trec"), false, 80, &[(&id, "query", vec![hit.clone()])]);
        prop_assert_eq!(trec.lines().count(), 1);
        let paths = print(named("paths"), false, 80, &[(&id, "query", vec![hit])]);
        prop_assert_eq!(paths.matches('\n').count(), 1);
    }
}

proptest! {
    #![proptest_config(seeded(12))]

    /// Law 10 from a document through the index to every format.
    #[test]
    fn indexed_text_is_printed_safely(title in any_text(), body in any_text(), id in any_text()) {
        let workspace = Workspace::new();
        let (id, body) = (format!("id{id}"), format!("harbour {body}"));
        workspace.index(&[workspace.write_articles("a.jsonl", &[(&id, &title, &body)])]);
        let results = workspace.search("harbour", &as_typed());
        prop_assert_eq!(results.hits.len(), 1);
        prop_assert_eq!(&results.hits[0].document.id, &id);
        prop_assert_eq!(&results.hits[0].document.title, title.trim());
        for format in formats() {
            assert_safe(format, false, &print(format, false, 80, &[("1", "harbour", results.hits.clone())]));
        }
    }
}
