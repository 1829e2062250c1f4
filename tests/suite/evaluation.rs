//! `tradewire eval`: topics and judgements in every format, scores, what does not fit together, and every message.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde::{Deserialize, Serialize};
use tradewire::internals::evaluation::{Qrels, read_each_topic, read_topics};
use tradewire::internals::output::is_unsafe;

use crate::workspace::{Run, Workspace};

/// What scripts may rely on in `eval --format json`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    version: u32,
    overall: Option<Means>,
    macro_mean: Option<Means>,
    languages: BTreeMap<String, Means>,
    topics: Vec<TopicScores>,
    refused_topics: Vec<Refused>,
    unjudged_topics: Vec<String>,
    topics_without_relevant: Vec<String>,
    judged_without_topic: Vec<String>,
    missing_documents: Vec<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Means {
    topics: usize,
    mrr_at_10: f64,
    ndcg_at_10: f64,
    recall_at_10: f64,
    recall_at_100: f64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicScores {
    id: String,
    query: String,
    lang: String,
    first_relevant_rank: Option<usize>,
    reciprocal_rank_at_10: f64,
    ndcg_at_10: f64,
    recall_at_10: f64,
    recall_at_100: f64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    id: String,
    reason: String,
}

/// Twelve harbours, the shorter the text the higher the rank, and one article in each other language.
fn with_harbours() -> Workspace {
    let workspace = Workspace::new();
    let bodies: Vec<String> = (1..=12)
        .map(|number| format!("The harbour is open to all.{}", " Nothing else is here.".repeat(number)))
        .collect();
    let ids: Vec<String> = (1..=12).map(|number| format!("en-{number:02}")).collect();
    let mut articles: Vec<(&str, &str, &str)> =
        ids.iter().zip(&bodies).map(|(id, body)| (id.as_str(), "Port", body.as_str())).collect();
    articles.extend([
        ("de-1", "Hafen öffnet", "Der südkoreanische Hafen war eine Woche lang geschlossen und ist wieder offen."),
        ("ko-1", "항구 재개", "두 나라는 무역 협정을 맺었다. 항구는 다시 열렸다."),
        ("zh 1", "港口重開", "兩國簽署了自由貿易協定，港口重新開放。"),
    ]);
    workspace.index(&[workspace.write_articles("news.jsonl", &articles)]);
    workspace
}

/// Writes topics and judgements and evaluates them.
fn eval(workspace: &Workspace, topics: &str, qrels: &str, options: &[&str]) -> Run {
    workspace.write("topics", topics);
    workspace.write("qrels", qrels);
    workspace.run(&[&["eval", "--topics", "topics", "--qrels", "qrels"], options].concat())
}

fn read_json(run: &Run) -> Whole {
    let whole: Whole = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error} in {}", run.stdout));
    // No key is missing, not even one that may be null.
    let value: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(serde_json::to_value(&whole).unwrap(), value);
    whole
}

const TOPICS: &str =
    "first\tharbour\neleventh\tharbour\nnone\tharbour\tde\nthree\tHafen OR 협정\nko\t협정\nzh\t\"自由贸易\"\n";
const QRELS: &str = "first 0 en-01 1\neleventh 0 en-11 2\neleventh 0 en-05 0\nnone 0 ko-1 1\nthree 0 de-1 2\n\
    three 0 ko-1 1\nko 0 ko-1 3\nzh\tQ0\tzh 1\t1\n";

#[test]
fn scores_are_those_of_hand() {
    let workspace = with_harbours();
    let run = eval(&workspace, TOPICS, QRELS, &["--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let whole = read_json(&run);
    let ranks: Vec<(&str, &str, Option<usize>)> =
        whole.topics.iter().map(|topic| (topic.id.as_str(), topic.lang.as_str(), topic.first_relevant_rank)).collect();
    let expected = [
        ("first", "en", Some(1)),
        ("eleventh", "en", Some(11)),
        ("none", "de", None),
        ("three", "mixed", Some(1)),
        ("ko", "ko", Some(1)),
        ("zh", "zh", Some(1)),
    ];
    assert_eq!(ranks, expected);
    let eleventh = &whole.topics[1];
    assert_eq!((eleventh.reciprocal_rank_at_10, eleventh.ndcg_at_10), (0.0, 0.0));
    assert_eq!((eleventh.recall_at_10, eleventh.recall_at_100), (0.0, 1.0));
    let english = Means { topics: 2, mrr_at_10: 0.5, ndcg_at_10: 0.5, recall_at_10: 0.5, recall_at_100: 1.0 };
    assert_eq!(whole.languages["en"], english);
    assert_eq!(whole.overall.map(|means| (means.topics, means.mrr_at_10)), Some((6, 0.666667)));
    assert_eq!(whole.macro_mean.map(|means| (means.topics, means.mrr_at_10)), Some((5, 0.625)));
    insta::assert_snapshot!("evaluation_json", run.stdout);
    insta::assert_snapshot!("evaluation_by_topic", eval(&workspace, TOPICS, QRELS, &["--by", "topic"]).stdout);
    let table = eval(&workspace, TOPICS, QRELS, &[]).stdout;
    assert!(eval(&workspace, TOPICS, QRELS, &["--by", "topic"]).stdout.ends_with(&format!("\n\n{table}")));
}

#[test]
fn every_format_of_the_files_gives_the_same_scores() {
    let workspace = with_harbours();
    let topics = "first\tharbour\nko\t협정 무역\n";
    let expected = eval(&workspace, topics, "first 0 en-02 1\nko 0 ko-1 2\n", &["--by", "topic"]);
    assert_eq!((expected.code, expected.stderr.as_str()), (0, ""));
    let trec = "<top>\r\n<num> Number: first\r\n<title> harbour\r\n<desc> Description:\r\nport\r\n</top>\r\n\
        <top><num>ko</num><title>협정\n 무역</title></top>";
    let beir = "\u{feff}query-id\tcorpus-id\tscore\r\n\r\nfirst\ten-02\t1\r\nko\tko-1\t2\r\n";
    for (topics, qrels) in [(topics, beir), (trec, beir), ("\u{feff}first\tharbour\r\n\r\nko\t협정 무역\tko\r\n", beir)]
    {
        let run = eval(&workspace, topics, qrels, &["--by", "topic"]);
        assert_eq!((run.code, run.stderr, &run.stdout), (0, String::new(), &expected.stdout), "{topics}");
    }
    let line = ["eval", "--topics", "-", "--qrels", "qrels", "--by", "topic"];
    assert_eq!(workspace.run_with_input(&line, trec).stdout, expected.stdout);
}

#[test]
fn the_run_is_that_of_a_batch_search() {
    let workspace = with_harbours();
    let topics = "q1\tharbour\nq2\t협정\nunjudged\tHafen\n";
    let run = eval(&workspace, topics, "q1 0 en-02 1\nq2 0 ko-1 1\n", &["--run", "run.txt", "--no-expand"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let batch = ["search", "--no-expand", "--queries", "topics", "--format", "trec", "-n", "100"];
    let written = std::fs::read_to_string(workspace.path().join("run.txt")).unwrap();
    assert_eq!(written, workspace.run(&batch).stdout);
    assert_eq!(written.lines().count(), 14);
}

#[test]
fn plain_takes_signs_as_words() {
    let workspace = with_harbours();
    let strange = "q1\tharbour \"open\nq2\tNOT harbour\n";
    let qrels = "q1 0 en-01 1\nq2 0 en-01 1\n";
    assert_eq!(eval(&workspace, strange, qrels, &[]).code, 2);
    let plain = eval(&workspace, strange, qrels, &["--plain", "--format", "json"]);
    assert_eq!((plain.code, plain.stderr.as_str()), (0, ""));
    assert_eq!(read_json(&plain).overall.map(|means| means.mrr_at_10), Some(1.0));
}

#[test]
fn keywords_are_the_rarest_content_words_in_their_order() {
    let workspace = with_harbours();
    let topics = "en\tIs the harbour open, and what else is here at all?\nde\tWie lange war der südkoreanische Hafen geschlossen?\n\
        ko\t두 나라는 언제 무역 협정을 맺었는가?\nzh\t兩國什麼時候簽署了自由貿易協定？\nnone\tWhere? \"Nobody knows\n";
    let qrels = "en 0 en-01 1\nde 0 de-1 1\nko 0 ko-1 1\nzh 0 zh\tQ0 1\n";
    let qrels = qrels.replace("zh 0 zh\tQ0 1", "none 0 en-01 1") + "zh\tQ0\tzh 1\t1\n";
    let whole = read_json(&eval(&workspace, topics, &qrels, &["--keywords", "--format", "json"]));
    let asked: Vec<(&str, &str)> = whole.topics.iter().map(|topic| (topic.id.as_str(), topic.query.as_str())).collect();
    insta::assert_debug_snapshot!("evaluation_keywords", asked);
}

/// Topics, judgements and index that do not fit together, and queries that are refused.
const BROKEN_TOPICS: &str =
    "q1\tharbour\nq2\t\"open\nq3\t!\nu1\tport\nu2\tport\nz1\tport\nlost\tharbour\nu3\tx\nu4\tx\nu5\tx\nu6\t(\n";
const BROKEN_QRELS: &str = "q1 0 en-01 1\nq1 0 gone-1 2\nq2 0 en-01 1\nq3 0 en-01 1\nz1 0 en-01 0\nz1 0 gone-2 -1\n\
    lost 0 gone-3 1\nother 0 en-01 1\n";

#[test]
fn what_does_not_fit_together_is_reported_and_the_rest_is_scored() {
    let workspace = with_harbours();
    let run = eval(&workspace, BROKEN_TOPICS, BROKEN_QRELS, &[]);
    insta::assert_snapshot!("evaluation_gaps", run.snapshot(&workspace));
    let whole = read_json(&eval(&workspace, BROKEN_TOPICS, BROKEN_QRELS, &["--format", "json"]));
    assert_eq!(whole.overall.map(|means| (means.topics, means.mrr_at_10)), Some((4, 0.25)));
    assert_eq!(whole.languages["mixed"].topics, 1, "no relevant document of `lost` is in the index");
    assert_eq!(whole.missing_documents, ["gone-1", "gone-2", "gone-3"]);
    assert_eq!((whole.topics_without_relevant, whole.judged_without_topic), (vec!["z1".into()], vec!["other".into()]));
    assert_eq!(whole.unjudged_topics, ["u1", "u2", "u3", "u4", "u5", "u6"]);
    let refused: Vec<&str> = whole.refused_topics.iter().map(|refused| refused.id.as_str()).collect();
    assert_eq!(refused, ["q2", "q3", "u6"]);
    // Only that ids do not fit together is no failure.
    let run = eval(&workspace, "q1\tharbour\nu1\tport\n", BROKEN_QRELS, &[]);
    assert_eq!((run.code, run.stderr.lines().count()), (0, 3), "{}", run.stderr);
    let strict = eval(&workspace, "q1\tharbour\nu1\tport\n", BROKEN_QRELS, &["--strict", "--run", "run"]);
    insta::assert_snapshot!("evaluation_strict", strict.snapshot(&workspace));
    assert!(!workspace.path().join("run").exists(), "nothing was searched");
    assert_eq!(eval(&workspace, TOPICS, QRELS, &["--strict"]).code, 0);
}

#[test]
fn messages() {
    let workspace = with_harbours();
    let jsonl = format!("{{\"id\":\"a1\",\"body\":\"{}\"}}\n", "long ".repeat(100));
    let (good_topics, good_qrels) = ("q1\tharbour\n", "q1 0 en-01 1\n");
    let files: &[(&str, &str)] = &[
        ("", good_qrels),
        ("q1 harbour\n", good_qrels),
        ("q1\tharbour\n\n\tport\n", good_qrels),
        ("q1\tharbour\tfr\n", good_qrels),
        ("q1\tharbour\tand\tmore\n", good_qrels),
        ("q1\tharbour\nq2\tport\nq1\tport\n", good_qrels),
        ("<top>\n<title> harbour\n</top>\n", good_qrels),
        ("<top>\n<num> Number: 1\n<desc> harbour\n</top>\n", good_qrels),
        ("<top><num>1<title>x</top>\n<top><num>1<title>y</top>\n", good_qrels),
        (&jsonl, good_qrels),
        (good_topics, " \n"),
        (good_topics, "query-id\tcorpus-id\tscore\n"),
        (good_topics, "q1 en-01\n"),
        (good_topics, &jsonl),
        (good_topics, "q1 0 en-01 1\nq1 en-02 1\n"),
        (good_topics, "q1\ten-01\t1\nq1\t\t1\n"),
        (good_topics, "q1 0 en-01 high\n"),
        (good_topics, "q1 0 en-01 0.5\n"),
        (good_topics, "q1 0 en-01 51\n"),
        (good_topics, "q1\ten-01\tscore\n"),
        (good_topics, "q1 0 en-01 1\n\nq1 0 en-01 2\n"),
        (good_topics, "other 0 en-01 1\n"),
        (good_topics, "q1 0 en-01 0\n"),
        (good_topics, "q1 0 gone 1\nq1 0 en-01 0\n"),
    ];
    let mut shown = String::new();
    for (topics, qrels) in files {
        let run = eval(&workspace, topics, qrels, &[]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{topics} {qrels}");
        let short = |file: &str| file.chars().take(60).collect::<String>();
        shown += &format!("# {:?} {:?}\n{}\n", short(topics), short(qrels), run.stderr);
    }
    workspace.write("topics", good_topics);
    workspace.write("qrels", good_qrels);
    let lines: &[&[&str]] = &[
        &["--topics", "missing", "--qrels", "qrels"],
        &["--topics", "topics", "--qrels", "."],
        &["--topics", "-", "--qrels", "-"],
        &["--topics", "topics", "--qrels", "qrels", "--run", "-"],
        &["--topics", "topics", "--qrels", "qrels", "--run", "./qrels"],
        &["--topics", "topics", "--qrels", "qrels", "--run", "nowhere/run"],
        &["--topics", "topics", "--qrels", "qrels", "--index", "nowhere"],
    ];
    for line in lines {
        let run = workspace.run(&[&["eval"], *line].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{line:?}");
        shown += &format!("$ tradewire eval {}\n{}\n", line.join(" "), run.stderr);
    }
    let shown = shown.replace(&workspace.path().canonicalize().unwrap().display().to_string(), "[DIR]");
    insta::assert_snapshot!("evaluation_messages", shown.replace(&workspace.path().display().to_string(), "[DIR]"));
    assert_eq!(
        std::fs::read_to_string(workspace.path().join("qrels")).unwrap(),
        good_qrels,
        "no input was overwritten"
    );
}

#[test]
fn nothing_from_the_files_reaches_the_terminal_as_it_is() {
    const HOSTILE: &str = "\u{1b}]0;x\u{7}\u{9b}2J\u{202e}";
    let workspace = with_harbours();
    let topics = format!("q{HOSTILE}\tharbour\nr{HOSTILE}\t\"{HOSTILE}\nu{HOSTILE}\tx\n");
    let qrels = format!("q{HOSTILE} 0 en-01 1\nq{HOSTILE} 0 {HOSTILE} 1\nr{HOSTILE} 0 en-01 1\no{HOSTILE} 0 en-01 1\n");
    let bad = format!("q1 0 {HOSTILE} 1\nq1 0 {HOSTILE} {HOSTILE}\n");
    for qrels in [&qrels, &bad] {
        for options in [&["--by", "topic"], &["--format", "json"]] {
            let run = eval(&workspace, &topics, qrels, options);
            assert_eq!(run.code, 2);
            let shown = run.stdout + &run.stderr;
            assert!(shown.contains('x') && !shown.contains(|sign: char| sign != '\n' && is_unsafe(sign)), "{shown:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(20_260_107), ..ProptestConfig::default() })]

    /// Law 9: any bytes are topics and judgements, or have a line with a problem.
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"<>/toptitlenum\t\n\r 019-".to_vec())], 0..200)) {
        let lines = bytes.split(|&byte| byte == b'\n').count();
        for topic in read_each_topic(&bytes) {
            match topic {
                Ok(topic) => prop_assert!(!topic.id.trim().is_empty() && (1..=lines).contains(&topic.line)),
                Err(error) => prop_assert!((1..=lines).contains(&error.line)),
            }
        }
        if let Err(error) = Qrels::read(&bytes) {
            prop_assert!((1..=lines).contains(&error.line));
        }
    }

    /// Line ends, blank lines and byte order marks change nothing, nor does the format.
    #[test]
    fn formats_are_read_alike(topics in prop::collection::btree_map("[a-z가-힣][a-z0-9-]{0,5}", "[a-z一-鿿]{1,5}( [a-z<&]{1,5})?", 0..6), grade in -2..50_i32) {
        let plain: String = topics.iter().map(|(id, query)| format!("{id}\t{query}\n")).collect();
        let dressed = format!("\u{feff}\r\n{}\r\n", plain.replace('\n', "\r\n \r\n"));
        let trec: String = topics.iter().map(|(id, query)| format!("<top>\n<num> Number: {id}\n<title> {query}\n</top>\n")).collect();
        let read = |file: &str| -> Vec<(String, String)> {
            read_topics(file.as_bytes()).unwrap().into_iter().map(|topic| (topic.id, topic.query)).collect()
        };
        let expected: Vec<(String, String)> = topics.clone().into_iter().collect();
        for file in [&plain, &dressed, &trec] {
            prop_assert_eq!(&read(file), &expected);
        }
        let judged = |line: &dyn Fn(&str) -> String| -> Qrels {
            Qrels::read(topics.keys().map(|id| line(id)).collect::<String>().as_bytes()).unwrap()
        };
        let trec = judged(&|id| format!("{id} 0 d-{id} {grade}\r\n\n"));
        let beir = judged(&|id| format!("{id}\td-{id}\t{grade}\n"));
        prop_assert_eq!(&trec, &beir);
        prop_assert_eq!(trec.topics().count(), topics.len());
        prop_assert!(topics.keys().all(|id| trec.has_relevant(id) == (grade > 0)));
    }
}
