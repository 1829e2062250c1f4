//! `tradewire stats`: what scripts may rely on.

use super::*;

/// What scripts may rely on in `stats --format json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "that a key is there is all that is asked of some")]
struct Stats {
    documents: u64,
    stories: u64,
    passages: u64,
    languages: BTreeMap<String, u64>,
    fields: BTreeMap<String, Field>,
    stored_bytes: u64,
    bytes: u64,
    segments: u64,
    format: u32,
    fingerprint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    chain: String,
    passages: Option<u64>,
    terms: u64,
    tokens: u64,
    bytes: u64,
}

#[test]
fn stats_count_documents_passages_languages_and_fields() {
    let workspace = with_four_articles();
    let Run { code, stdout, stderr } = workspace.run(&["stats", "--format", "json"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let stats: Stats = serde_json::from_str(&stdout).unwrap();
    assert_eq!((stats.documents, stats.passages, stats.stories), (4, 4, 0));
    assert_eq!(stats.languages, ["de", "en", "ko", "zh"].map(|code| (code.to_owned(), 1)).into());
    assert_eq!(stats.fingerprint.len(), 64);
    let english = &stats.fields["text_en"];
    assert_eq!((english.passages, english.chain.as_str()), (Some(1), "en"));
    assert_eq!(stats.fields["forms_en"].passages, None);
    assert!(english.terms > 5 && english.tokens >= english.terms && english.bytes > 0);
    assert!(stats.bytes > stats.stored_bytes && stats.stored_bytes > 0);

    let table = workspace.run(&["stats"]).stdout;
    let row = |name: &str| table.lines().find(|line| line.split_whitespace().next() == Some(name)).unwrap().to_owned();
    assert_eq!(row("documents").split_whitespace().nth(1), Some("4"));
    assert_eq!(row("passages").split_whitespace().nth(1), Some("4"));
    assert_eq!(row("zh").split_whitespace().nth(1), Some("1"));
    assert_eq!(row("text_en").split_whitespace().nth(1), Some("1"));
    for name in ["bounds", "lead_end", "words", "id", "stored", "other"] {
        assert!(
            table.lines().any(|line| line.starts_with(&format!("{name} ")) && line.ends_with(" %")),
            "{name}: {table}"
        );
    }
    let of_fields: u64 = stats.fields.values().map(|field| field.bytes).sum();
    assert!(of_fields + stats.stored_bytes < stats.bytes && stats.fields["lead_end"].bytes > 0, "{stdout}");
    assert!(!table.contains("text_und"), "{table}");
    let empty = Workspace::new();
    empty.index(&[empty.write("blank.jsonl", "\n")]);
    assert_eq!(serde_json::from_str::<Stats>(&empty.run(&["stats", "--format", "json"]).stdout).unwrap().documents, 0);
}
