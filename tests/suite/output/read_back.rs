//! Formats for programs give back what was printed, and the command keeps the contract of the records.

use super::*;

#[test]
fn json_gives_back_what_was_stored() {
    let hits = sample_hits();
    let lines = print(named("jsonl"), false, 80, &[("q", "query", hits.clone())]);
    assert_eq!(lines.lines().count(), hits.len());
    for (line, hit) in lines.lines().zip(&hits) {
        assert_is(&read_json(line), "q", hit);
    }
    let batch = [("q", HOSTILE, hits.clone()), ("r", "x", Vec::new())];
    let whole: Whole = read_json(&print(named("json"), false, 80, &batch));
    assert_eq!(whole.results.len(), 2);
    let first = &whole.results[0];
    assert_eq!((first.query_id.as_str(), first.query.as_str(), first.total), ("q", HOSTILE, Some(9)));
    first.hits.iter().zip(&hits).for_each(|(record, hit)| assert_is(record, "q", hit));
}

#[test]
fn csv_and_tsv_are_read_back() {
    assert_rows_read_back("q\t\"1\"", &sample_hits());
}

#[test]
fn trec_and_paths_have_one_line_a_document() {
    let workspace = Workspace::new();
    let body = format!("{}\n\n{}", "The harbour is open. ".repeat(60), "The harbour is closed. ".repeat(60));
    workspace.index(&[
        workspace.write_articles("a.jsonl", &[("id with spaces", "Harbour", &body), ("한국 1", "Harbour", "harbour")]),
        workspace.write_articles("b.jsonl", &[("b-1", "Harbour", &body)]),
    ]);
    let passages = workspace.run(&["search", "harbour", "--format", "jsonl"]).stdout.lines().count();
    assert!(passages > 3, "each long article is several passages");
    let trec = workspace.run(&["search", "harbour", "--format", "trec", "--by", "passage"]).stdout;
    let mut documents = Vec::new();
    for (at, line) in trec.lines().enumerate() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(columns.len(), 6, "{line}");
        assert_eq!((columns[0], columns[1], columns[5]), ("1", "Q0", "tradewire"));
        assert_eq!(columns[3], (at + 1).to_string());
        assert!(columns[4].parse::<f64>().unwrap() > 0.0);
        documents.push(columns[2]);
    }
    documents.sort_unstable();
    assert_eq!(documents, ["b-1", "id_with_spaces", "한국_1"]);
    let paths = workspace.run(&["search", "harbour", "--format", "paths"]).stdout;
    let mut names: Vec<&str> = paths.lines().filter_map(|path| path.rsplit('/').next()).collect();
    names.sort_unstable();
    assert_eq!(names, ["a.jsonl", "b.jsonl"]);
}

#[test]
fn the_command_keeps_the_contract_on_the_seeds() {
    let workspace = Workspace::with_seeds();
    for query in ["trade agreement", "Handelsabkommen Zölle", "\"무역협정\"", "自由貿易協定", "FTA 협정 协定"]
    {
        let run = workspace.run(&["search", query, "--format", "jsonl", "-n", "50"]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{query}");
        for (at, line) in run.stdout.lines().enumerate() {
            let record: Record = read_json(line);
            let PassageRecord { text, byte_start, byte_end, .. } = &record.passage;
            assert_eq!((record.rank, record.query_id.as_str(), byte_end - byte_start), (at + 1, "1", text.len()));
            assert!(!record.highlights.is_empty() || !record.title_highlights.is_empty(), "{query}: {line}");
            let slices = |text: &str, ranges: &[RangeRecord]| {
                ranges.iter().all(|range| text.get(range.start..range.end).is_some_and(|slice| !slice.is_empty()))
            };
            assert!(slices(text, &record.highlights), "{query}: {line}");
            assert!(slices(&record.document.title, &record.title_highlights), "{query}: {line}");
        }
        let whole: Whole = read_json(&workspace.run(&["search", query, "--format", "json", "-n", "3"]).stdout);
        assert_eq!((whole.results[0].query.as_str(), whole.results[0].hits.len()), (query, 3));
        assert!(whole.results[0].total >= Some(3));
    }
}
