//! Reading: every format, folders, passages, languages, and input that is not as it should be.

use std::fs;
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tradewire::internals::analysis::Folded;
use tradewire::internals::config::Config;
use tradewire::internals::document::{Document, Passage};
use tradewire::internals::ingest::{
    DocumentReader, InputFormat, Problem, ProblemKind, ReadEvent, ReadOptions, main_language, split_passages,
    total_bytes,
};
use tradewire::internals::language::Language;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::reading::worded;
use crate::workspace::{Workspace, seeds};

fn read(paths: &[PathBuf]) -> (Vec<Document>, Vec<Problem>) {
    let (mut documents, mut problems) = (Vec::new(), Vec::new());
    let reader = DocumentReader::new(&Config::builtin().unwrap().ingest, ReadOptions::default()).unwrap();
    let _ = reader.read(paths, &mut |read: ReadEvent| {
        match read {
            ReadEvent::Document(document) => documents.push(document),
            ReadEvent::Problem(problem) if problem.kind == ProblemKind::Skipped => {}
            ReadEvent::Problem(problem) => problems.push(problem),
            ReadEvent::FileStarted(_)
            | ReadEvent::FileEnded(_)
            | ReadEvent::NotRead(_)
            | ReadEvent::FileUnchanged(_)
            | ReadEvent::Decoded { .. }
            | ReadEvent::Progress(_) => {}
        }
        ControlFlow::Continue(())
    });
    (documents, problems)
}

/// Reads one file that holds one document and has no problem.
fn read_one(name: &str, content: impl AsRef<[u8]>) -> Document {
    let workspace = Workspace::new();
    let (mut documents, problems) = read(&[workspace.write(name, content)]);
    assert_eq!(problems, []);
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

/// Problems as lines, with paths relative to the workspace.
fn lines(workspace: &Workspace, problems: &[Problem]) -> String {
    let line = |problem: &Problem| {
        format!("{}: {} (lost: {})\n", problem.place, worded(&problem.reason), problem.kind == ProblemKind::Lost)
    };
    let all: String = problems.iter().map(line).collect();
    all.replace(&format!("{}/", workspace.path().display()), "")
}

fn passages_of(body: &str) -> Vec<Passage> {
    let document = Document { id: "x".to_owned(), body: body.to_owned(), ..Document::default() };
    split_passages(&document, &Config::builtin().unwrap().passages, &Config::builtin().unwrap().analysis)
}

fn languages_of(body: &str) -> Vec<Language> {
    passages_of(body).iter().map(|passage| passage.lang).collect()
}

#[test]
fn plain_text_has_its_first_line_as_title() {
    let read = |content: &str| {
        let document = read_one("a.txt", content);
        (document.id, document.title, document.body.trim().to_owned())
    };
    let expected = |title: &str, body: &str| ("a.txt".to_owned(), title.to_owned(), body.to_owned());
    assert_eq!(read("\n\n  제목 \n본문\n둘째 줄\n"), expected("제목", "본문\n둘째 줄"));
    assert_eq!(read("\u{feff}Title\r\nBody\r\n"), expected("Title", "Body"));
    assert_eq!(read("just one line"), expected("just one line", "just one line"));
    let long = "word ".repeat(60);
    let (_, title, body) = read(&format!("{long}\nnext line"));
    assert!(title.ends_with('…') && title.chars().count() <= 81 && long.starts_with(title.trim_end_matches('…')));
    assert!(body.starts_with("word word") && body.ends_with("next line"), "a long first line stays in the body");
}

#[test]
fn markdown_is_read_as_text() {
    let document = read_one(
        "a.md",
        "Before.\n\n# Ports *reopen*\n\nFirst **bold** and [a link](https://x.example) with `code`\nin two lines.\n\n\
         - one\n  - nested\n- two\n\n| a | b |\n|---|---|\n| c | d |\n\n## Part\n\n> said &amp; done<br>at last\n",
    );
    assert_eq!((document.title.as_str(), document.id.as_str()), ("Ports reopen", "a.md"));
    let paragraphs: Vec<&str> = document.body.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).collect();
    let expected = [
        "Before.",
        "First bold and a link with code\nin two lines.",
        "one",
        "nested",
        "two",
        "a b",
        "c d",
        "Part",
        "said & done\nat last",
    ];
    assert_eq!(paragraphs, expected);
    let untitled = read_one("b.markdown", "*First* line\nsecond line\n\nMore.");
    assert_eq!((untitled.title.as_str(), untitled.body.trim()), ("First line", "second line\n\nMore."));
}

#[test]
fn front_matter_states_title_date_source_url_and_language() {
    for line_end in ["\n", "\r\n"] {
        let content = "---\ntitle: \"Titel: mit Doppelpunkt\"\ndate: 2025-12-30T08:00:00+09:00\nsource: 'Musterblatt'\n\
                       url: https://example.org/a?b=c\nlang: de-AT\ntags: [x]\n---\n\n# Überschrift\n\nText.\n";
        let document = read_one("a.md", content.replace('\n', line_end));
        assert_eq!(document.title, "Titel: mit Doppelpunkt");
        assert_eq!(document.date.as_deref(), Some("2025-12-30"));
        assert_eq!(document.source.as_deref(), Some("Musterblatt"));
        assert_eq!(document.url.as_deref(), Some("https://example.org/a?b=c"));
        assert_eq!(document.lang, Some(Language::German));
        assert!(!document.body.contains("tags"), "{}", document.body);
        let words: Vec<&str> = document.body.split_whitespace().collect();
        assert_eq!(words, ["Überschrift", "Text."], "a heading that is not the title is text");
    }
    let untitled = read_one("b.md", "---\ntitle: Titel\n---\nErste Zeile\nzweite Zeile\n");
    assert_eq!((untitled.title.as_str(), untitled.body.trim()), ("Titel", "Erste Zeile\nzweite Zeile"));
    let workspace = Workspace::new();
    let (documents, problems) =
        read(&[workspace.write("a.md", "---\ndate: gestern\nlang: 한국말\n---\n# T\n\nText.\n")]);
    assert_eq!((documents[0].date.as_ref(), documents[0].lang), (None, None));
    insta::assert_snapshot!("problems_in_front_matter", lines(&workspace, &problems));
}

#[test]
fn json_lines_have_every_key_and_may_leave_most_out() {
    let full =
        r#"{"id":"a","title":"T","body":"B","lang":"zh-Hant","date":"2025-12-30","source":"S","url":"U","x":[1]}"#;
    let null = r#"{"id":7,"title":null,"body":"B","lang":null,"date":null,"source":null,"url":null}"#;
    let workspace = Workspace::new();
    let content = format!("\u{feff}{full}\r\n\n  {null}  \n{}", r#"{"id":"t","title":"only a title","source":" "}"#);
    let path = workspace.write("a.jsonl", content);
    let (documents, problems) = read(std::slice::from_ref(&path));
    // A record with a title alone is counted as such.
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].reason.fault.starts_with("1 record with a title only"), "{problems:?}");
    let some = |text: &str| Some(text.to_owned());
    let path = path.display().to_string();
    let expected = Document {
        id: "a".to_owned(),
        title: "T".to_owned(),
        body: "B".to_owned(),
        lang: Some(Language::Chinese),
        declared_lang: None,
        date: some("2025-12-30"),
        source: some("S"),
        authors: Vec::new(),
        sections: Vec::new(),
        url: some("U"),
        path: path.clone(),
    };
    assert_eq!(documents[0], expected);
    let bare = |id: &str| Document { id: id.to_owned(), path: path.clone(), ..Document::default() };
    assert_eq!(documents[1], Document { body: "B".to_owned(), ..bare("7") });
    assert_eq!(documents[2], Document { title: "only a title".to_owned(), ..bare("t") });
    assert_eq!(documents.len(), 3);
}

#[test]
fn bad_records_are_named_by_line_and_the_rest_is_read() {
    let records = [
        r#"{"id":"good-1","body":"x"}"#,
        r#"{"id":"cut","body":"x"#,
        "plain words",
        r#"{"title":"no id","body":"x"}"#,
        r#"{"id":" ","body":"x"}"#,
        r#"{"id":1.5,"body":"x"}"#,
        r#"{"id":"nothing","title":" ","body":""}"#,
        r#"{"id":"body","body":5}"#,
        r#"["id","title","body",null,null,null,null]"#,
        r#"{"id":"surrogate","body":"\ud800"}"#,
        r#"{"id":"good-2","body":"x","date":"12/30/2025"}"#,
        r#"{"id":"good-3","body":"x","date":"2025-02-30"}"#,
        r#"{"id":"good-4","body":"x","lang":"fr"}"#,
    ];
    let workspace = Workspace::new();
    let mut content = records.join("\n").into_bytes();
    content.extend_from_slice(b"\n{\"id\":\"good-5\",\"body\":\"caf\xE9\"}\n");
    content.extend_from_slice(format!("{{\"id\":\"{}\",\"body\":\"x\"}}\n", "long".repeat(20_000)).as_bytes());
    let (documents, problems) = read(&[workspace.write("a.jsonl", content)]);
    let ids: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
    let named = |ids: &[&str]| ids.iter().filter(|id| !id.contains('#')).map(|id| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(named(&ids), ["good-1", "surrogate", "good-2", "good-3", "good-4", "good-5"]);
    assert_eq!(ids.len(), 9, "three records without an id that can be one have that of their content");
    assert!(documents.iter().all(|document| document.date.is_none()), "a bad date is none");
    assert_eq!(documents.last().unwrap().body, "café", "the only byte that is not ASCII is windows-1252");
    let listed = lines(&workspace, &problems);
    insta::assert_snapshot!("problems_in_json_lines", listed);
    for jargon in ["struct", "untagged", "enum", "variant"] {
        assert!(!listed.contains(jargon), "`{jargon}` means nothing to users: {listed}");
    }
}

#[test]
fn folders_are_read_recursively_in_order() {
    let workspace = Workspace::new();
    for name in
        ["b.txt", "a.MD", "sub/c.text", "sub/x.txt/d.txt", ".hidden.txt", ".git/e.txt", "f.pdf", "README", "g.txt~"]
    {
        workspace.write(&format!("news/{name}"), "Title\ntext");
    }
    workspace.write("news/sub/z.ndjson", "{\"id\":\"z-1\",\"body\":\"x\"}");
    let folder = workspace.path().join("news");
    let (documents, problems) = read(std::slice::from_ref(&folder));
    let ids: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
    assert_eq!(ids, ["a.MD", "b.txt", "sub/c.text", "sub/x.txt/d.txt", "z-1"]);
    assert_eq!(problems, []);
    assert!(Path::new(&documents[2].path).is_file(), "the path leads to the file");
    // Which of them can be read, only their content tells.
    assert_eq!(total_bytes(&[folder]), 7 * 10 + 23);
    // Named by the user, a hidden folder is read.
    assert_eq!(read(&[workspace.path().join("news/.git")]).0[0].id, "e.txt");
    for format in InputFormat::ALL {
        assert!(!format.extensions().is_empty());
    }
}

#[test]
fn standard_input_is_json_lines() {
    let workspace = Workspace::new();
    let input = "{\"id\":\"a\",\"body\":\"harbour\"}\nbroken\n{\"id\":\"b\",\"body\":\"harbour\"}\n";
    let run = workspace.run_with_input(&["index", "-"], input);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("tradewire: -:2: column 1: "), "{}", run.stderr);
    assert_eq!(workspace.documents("harbour"), ["a", "b"]);
    assert_eq!(workspace.run_with_input(&["index", "-"], "").code, 0);
    assert_eq!(workspace.documents("harbour"), ["a", "b"]);
}

#[test]
fn bad_files_are_named_and_the_rest_is_indexed() {
    let workspace = Workspace::new();
    workspace.write("news/good.txt", "Good\nharbour");
    workspace.write("news/empty.txt", "");
    workspace.write("news/blank.md", "\u{feff} \n");
    workspace.write("news/nothing.md", "---\ndate: 2025-12-30\n---\n<!-- nothing -->\n");
    workspace.write("news/empty.jsonl", "");
    workspace.write("news/latin1.txt", b"Latin\nharbour caf\xE9");
    workspace.write("news/marked.txt", b"\xEF\xBB\xBFabc\xFFdef harbour");
    workspace.write("news/x.txt/inside.txt", "Inside\nharbour");
    workspace.write("picture.png", "no text");
    workspace.write("locked.txt", "Locked\nharbour");
    #[cfg(unix)]
    fs::set_permissions(workspace.path().join("locked.txt"), std::os::unix::fs::PermissionsExt::from_mode(0o000))
        .unwrap();
    // Permissions do not bind root, who can read the file all the same.
    let is_locked = fs::read(workspace.path().join("locked.txt")).is_err();
    let run = workspace.run(&["index", "nowhere", "news", "picture.png", "locked.txt"]);
    assert_eq!(run.code, 2);
    let mut expected = vec!["good.txt", "latin1.txt", "marked.txt", "x.txt/inside.txt"];
    if !is_locked {
        expected.insert(2, "locked.txt");
    }
    assert_eq!(workspace.documents("harbour"), expected);
    let locked = "tradewire: locked.txt: permission denied; it must be readable by you";
    assert_eq!(run.stderr.lines().any(|line| line == locked), is_locked, "{}", run.stderr);
    let problems =
        run.stderr.lines().filter(|line| *line != locked).take_while(|line| !line.contains(" documents in "));
    insta::assert_snapshot!("problems_with_files", problems.collect::<Vec<_>>().join("\n"));
    let stats = workspace.run(&["stats", "--format", "json"]).stdout;
    let documents = serde_json::from_str::<serde_json::Value>(&stats).unwrap()["documents"].as_u64();
    assert_eq!(documents, Some(expected.len() as u64), "a file with nothing to index is no document");
}

#[test]
fn strict_stops_at_the_first_loss_and_leaves_the_index_alone() {
    let workspace = Workspace::new();
    workspace.index(&[workspace.write_articles("old.jsonl", &[("old", "Old", "harbour")])]);
    workspace.write(
        "new.jsonl",
        "{\"id\":\"new\",\"body\":\"harbour\"}\n{\"id\":\n{\"id\":\"newer\",\"body\":\"harbour\"}\n",
    );
    for options in [vec!["--strict"], vec!["--strict", "--rebuild"], vec!["--strict", "--threads", "4"]] {
        let run = workspace.run(&[&["index", "new.jsonl"][..], &options].concat());
        assert_eq!(run.code, 2, "{options:?}");
        assert!(run.stderr.starts_with("tradewire: new.jsonl:2: "), "{}", run.stderr);
        assert!(run.stderr.contains("--strict; the index is unchanged"), "{}", run.stderr);
        assert_eq!(workspace.documents("harbour"), ["old"], "{options:?}");
    }
    // What loses nothing does not stop it.
    workspace.write("dated.jsonl", "{\"id\":\"dated\",\"body\":\"harbour\",\"date\":\"soon\"}\n");
    assert_eq!(workspace.run(&["index", "--strict", "dated.jsonl"]).code, 0);
    assert_eq!(workspace.documents("harbour"), ["dated", "old"]);
}

#[test]
fn a_file_of_one_huge_line_is_indexed_in_reasonable_time() {
    let workspace = Workspace::new();
    let sentence = "Die Reederei wartet auf Zölle und 협정 和协定 ";
    workspace.write("huge.txt", sentence.repeat(50_000_000 / sentence.len()) + "Schlusswort");
    let start = Instant::now();
    let run = workspace.run(&["index", "huge.txt", "--limit", "document=64MiB"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(start.elapsed() < Duration::from_secs(180), "took {:?}", start.elapsed());
    let run = workspace.run(&["search", "Schlusswort"]);
    assert!(run.code == 0 && run.stdout.contains("*Schlusswort*"), "{}", run.stdout);
}

const ENGLISH: &str = "The two ministers agreed on Friday that the talks about services would go on, and that they would meet \
                       again in the spring to see what had become of the promises.";
const GERMAN: &str = "Die beiden Minister haben sich am Freitag darauf verständigt, dass die Gespräche über Dienstleistungen \
                      fortgesetzt werden und dass sie sich im Frühjahr wieder treffen.";
const KOREAN: &str = "두 나라 장관은 금요일에 서비스 협상을 계속하고 봄에 다시 만나기로 합의했다고 정부가 밝혔다.";
const CHINESE: &str = "兩國部長週五同意繼續就服務貿易進行談判，並於明年春天再次會晤，檢視各項承諾的落實情況。";

#[test]
fn each_passage_has_the_language_of_its_own_text() {
    use Language::{Chinese, English, German, Korean, Undetermined};
    let cases: &[(&str, Language)] = &[
        (ENGLISH, English),
        (GERMAN, German),
        (KOREAN, Korean),
        (CHINESE, Chinese),
        ("两国签署了自由贸易协定。", Chinese),
        ("韓中 兩國은 自由貿易協定 後續協商을 繼續하기로 合意하였다.", Korean),
        ("韓美 FTA 再協商 要求에 政府는 愼重", Korean),
        ("日本と中国は自由貿易協定の交渉を続けることで合意した。", Undetermined),
        ("Министры двух стран договорились продолжить переговоры.", Undetermined),
        ("اتفق الوزيران على مواصلة المفاوضات بشأن الخدمات.", Undetermined),
        ("12.5 % — 3,400", Undetermined),
    ];
    for (text, expected) in cases {
        assert_eq!(languages_of(text), [*expected], "{text}");
    }
    let mixed = |paragraphs: &[&str]| languages_of(&paragraphs.join("\n\n"));
    assert_eq!(mixed(&[ENGLISH, KOREAN]), [English, Korean]);
    assert_eq!(mixed(&[GERMAN, ENGLISH, GERMAN]), [German, English, German]);
    assert_eq!(mixed(&[CHINESE, KOREAN, "日本と中国は交渉を続けることで合意した。"]), [Chinese, Korean, Undetermined]);
    // What does not tell joins what is before it.
    assert_eq!(mixed(&[KOREAN, "12.5 %"]), [Korean]);
    // As lines, the way a page ends in headlines.
    assert_eq!(languages_of(&format!("{ENGLISH}\n{KOREAN}\n")), [English, Korean]);
}

#[test]
fn a_stated_language_decides_only_where_the_text_does_not() {
    let config = Config::builtin().unwrap();
    let language = |body: &str| {
        let document = Document { body: body.to_owned(), lang: Some(Language::Korean), ..Document::default() };
        split_passages(&document, &config.passages, &config.analysis)[0].lang
    };
    assert_eq!(language("2025: 12.5 %"), Language::Korean);
    assert_eq!(language(GERMAN), Language::German);
}

#[test]
fn the_main_language_is_that_of_most_of_the_text() {
    assert_eq!(main_language(&[]), Language::Undetermined);
    assert_eq!(main_language(&passages_of(&format!("{KOREAN}\n\n{ENGLISH} {ENGLISH}"))), Language::English);
}

/// The lines with a copyright notice, by their bytes: they are in no passage, unless the body has no other lines. Signs before the
/// copyright sign do not count.
fn notices(body: &str) -> Vec<Range<usize>> {
    let is_notice = |line: &str| {
        let marked = line.replace(['ⓒ', 'Ⓒ'], "©").replace("(c)", "©").replace("(C)", "©");
        let folded = Folded::new(&marked);
        let first = folded.text().chars().find(|&letter| letter.is_alphanumeric() || letter == '©');
        first == Some('©') && line.width() <= 160
    };
    let start = |line: &str| line.as_ptr() as usize - body.as_ptr() as usize;
    let lines: Vec<&str> = body.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.iter().all(|line| is_notice(line)) {
        return Vec::new();
    }
    lines.iter().filter(|line| is_notice(line)).map(|line| start(line)..start(line) + line.len()).collect()
}

/// The law of passages; see `tradewire::internals::ingest::split_passages`.
fn assert_cut_well(body: &str, config: &Config) {
    let notices = notices(body);
    let lost = |from: usize, to: usize| -> String {
        let outside = |at: usize| !notices.iter().any(|notice| notice.contains(&(from + at)));
        let text = body[from..to].char_indices().filter(|&(at, _)| outside(at)).map(|(_, letter)| letter);
        text.collect::<String>().trim().to_owned()
    };
    let document = Document { id: "x".to_owned(), body: body.to_owned(), ..Document::default() };
    let mut at = 0;
    for (number, passage) in split_passages(&document, &config.passages, &config.analysis).iter().enumerate() {
        assert_eq!(passage.number as usize, number);
        let text = body.get(passage.range.start..passage.range.end).expect("on character boundaries");
        assert!(passage.range.start >= at, "passage {number} overlaps the one before it");
        assert_eq!(lost(at, passage.range.start), "", "lost before passage {number}");
        let has_notice =
            notices.iter().any(|notice| notice.start < passage.range.end && passage.range.start < notice.end);
        assert!(!has_notice, "passage {number} has a notice in it: {text:?}");
        assert!(!text.is_empty() && text.trim() == text, "passage {number} has white space around it: {text:?}");
        // One grapheme may be wider than any limit, and is never cut.
        let columns = text.width();
        let fits = columns <= config.passages.cut_above || text.graphemes(true).count() == 1;
        assert!(fits, "passage {number} has {columns} columns: {text:?}");
        at = passage.range.end;
    }
    assert_eq!(lost(at, body.len()), "", "lost at the end");
}

#[test]
fn passages_of_the_seeds_are_cut_well() {
    let mut config = Config::builtin().unwrap();
    let (documents, problems) = read(&[seeds()]);
    assert_eq!(problems, []);
    for (join_below, cut_above) in [(400, 1600), (0, 80), (80, 80), (200, 300), (5000, 100_000)] {
        (config.passages.join_below, config.passages.cut_above) = (join_below, cut_above);
        documents.iter().for_each(|document| assert_cut_well(&document.body, &config));
    }
}

/// Any characters, often with a copyright sign before or among them.
fn any_text() -> impl Strategy<Value = String> {
    let sign = prop_oneof![8 => Just(""), 1 => prop::sample::select(vec!["©", "ⓒ ", "(C) ", "\"¥© ", "a © b"])];
    (sign, any::<String>()).prop_map(|(sign, text)| format!("{sign}{text}"))
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_260_107), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn passages_of_any_text_are_cut_well(
        parts in prop::collection::vec((any_text(), 0..4_usize, 0..30_usize), 0..12),
        join_below in 0..=80_usize,
    ) {
        let mut config = Config::builtin().unwrap();
        (config.passages.join_below, config.passages.cut_above) = (join_below, 80);
        let glue = ["\n", " ", "\n\n", "\r\n"];
        let texts = [ENGLISH, GERMAN, KOREAN, CHINESE];
        let body: String = parts
            .iter()
            .map(|(text, kind, spaces)| {
                let known: String = texts[*kind].chars().take(spaces * 8).collect();
                format!("{text}{known}{}{}", glue[*kind], " ".repeat(spaces * 2))
            })
            .collect();
        assert_cut_well(&body, &config);
    }
}
