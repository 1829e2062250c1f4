//! What has not changed is neither read nor written, and the index is that of reading everything.

use super::*;

#[test]
fn what_has_not_changed_is_neither_read_nor_written() {
    let workspace = Workspace::new();
    let lines = workspace.write_articles("news/1.jsonl", &[("a", "", "harbour"), ("b", "", "harbour")]);
    workspace.write("news/two.txt", "Two\nharbour");
    let news = [workspace.path().join("news")];
    let first = workspace.index(&news);
    assert_eq!((first.documents, first.unchanged, first.files.read), (3, 0, 2));
    let state = |workspace: &Workspace| {
        let mut files: Vec<_> =
            fs::read_dir(workspace.index_dir()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.is_file());
        files.sort();
        files.iter().map(|path| fs::metadata(path).unwrap().modified().unwrap()).collect::<Vec<_>>()
    };
    let before = state(&workspace);
    let again = workspace.index(&news);
    assert_eq!((again.documents, again.unchanged, again.files.unchanged), (0, 3, 2));
    assert_eq!(again.bytes, first.bytes, "progress counts what is skipped");
    assert_eq!(state(&workspace), before, "nothing is written where nothing is new");
    // A file that grew by a line costs that line.
    let mut text = fs::read_to_string(&lines).unwrap();
    text.push_str("\n{\"id\":\"c\",\"body\":\"harbour\"}");
    fs::write(&lines, text).unwrap();
    let grown = workspace.index(&news);
    assert_eq!((grown.documents, grown.unchanged), (1, 3), "{grown:?}");
    assert_eq!(workspace.documents("harbour"), ["a", "b", "c", "two.txt"]);
    let rebuilt = workspace.index_with(&news, &IndexOptions { rebuild: true, ..IndexOptions::default() });
    assert_eq!((rebuilt.documents, rebuilt.unchanged), (4, 0));
}

/// The index is always that of reading everything: with any changes between runs over any of some files.
#[test]
fn skipping_changes_nothing() {
    let mut random = fastrand::Rng::with_seed(11);
    for _ in 0..6 {
        let workspace = Workspace::new();
        let mut expected: std::collections::BTreeMap<String, String> = Default::default();
        let mut files: Vec<Vec<(String, String)>> = vec![Vec::new(); 4];
        for step in 0..8 {
            for (number, articles) in files.iter_mut().enumerate() {
                if random.bool() {
                    let article =
                        |random: &mut fastrand::Rng| (format!("id{}", random.u8(..5)), format!("w{}", random.u8(..3)));
                    *articles = (0..random.usize(1..4)).map(|_| article(&mut random)).collect();
                    let lines: Vec<(&str, &str, &str)> =
                        articles.iter().map(|(id, word)| (id.as_str(), "", word.as_str())).collect();
                    workspace.write_articles(&format!("{number}.jsonl"), &lines);
                }
            }
            let mut named: Vec<usize> = (0..4).filter(|&at| !files[at].is_empty()).collect();
            random.shuffle(&mut named);
            named.truncate(random.usize(1..4));
            let paths: Vec<PathBuf> = named.iter().map(|at| workspace.path().join(format!("{at}.jsonl"))).collect();
            if paths.is_empty() {
                continue;
            }
            workspace.index(&paths);
            expected.extend(named.iter().flat_map(|&at| files[at].clone()));
            for word in ["w0", "w1", "w2"] {
                let ids: Vec<&String> = expected.iter().filter(|(_, at)| *at == word).map(|(id, _)| id).collect();
                assert_eq!(workspace.documents(word).iter().collect::<Vec<_>>(), ids, "step {step}: {word}");
            }
        }
        assert_eq!(workspace.run(&["verify"]).code, 0);
    }
}

#[test]
fn without_what_it_knows_of_files_an_index_is_read_again_and_stays_the_same() {
    let workspace = Workspace::new();
    let news = [workspace.write_articles("1.jsonl", &[("a", "", "harbour"), ("b", "", "harbour")])];
    workspace.index(&news);
    let side_file = workspace.index_dir().join("files");
    let whole = fs::read(&side_file).unwrap();
    for damaged in [&[][..], &whole[..whole.len() - 1], b"something else"] {
        fs::write(&side_file, damaged).unwrap();
        let report = workspace.index(&news);
        assert_eq!((report.files.read, report.documents, report.unchanged), (1, 0, 2));
        assert_eq!(workspace.index(&news).files.unchanged, 1);
    }
    // Of another index.
    fs::copy(&side_file, workspace.path().join("kept")).unwrap();
    workspace.index_with(&news, &IndexOptions { rebuild: true, ..IndexOptions::default() });
    fs::copy(workspace.path().join("kept"), &side_file).unwrap();
    assert_eq!(workspace.index(&news).files.read, 1);
}

/// Files of an index on disk, and its segments.
fn size_of(workspace: &Workspace) -> (usize, usize) {
    let folder =
        fs::read_dir(workspace.index_dir()).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir());
    let files = fs::read_dir(folder.unwrap()).unwrap().count();
    (files, workspace.open().segments())
}

#[test]
fn a_thousand_small_updates_leave_few_files() {
    let workspace = Workspace::new();
    for number in 0..1000 {
        let articles = [
            (format!("new {number}"), format!("harbour word{number}")),
            (format!("old {}", number % 10), format!("harbour version{number}")),
        ];
        let articles: Vec<(&str, &str, &str)> =
            articles.iter().map(|(id, text)| (id.as_str(), "", text.as_str())).collect();
        workspace.index(&[workspace.write_articles("news.jsonl", &articles)]);
        if number % 250 == 249 {
            let (files, segments) = size_of(&workspace);
            assert!(files < 40 && segments <= 2, "{files} files, {segments} segments after {number}");
        }
    }
    assert_eq!(count(&workspace, "documents"), 1010);
    assert_eq!(workspace.documents("version999"), ["old 9"]);
    assert_eq!(workspace.documents("version989"), Vec::<String>::new());
    assert_eq!(workspace.run(&["verify"]).code, 0);
}

#[test]
fn files_are_read_again_when_the_words_of_dates_change() {
    let workspace = Workspace::new();
    let config = crate::config::copy_of_the_configuration(&workspace);
    let config = config.to_str().unwrap();
    workspace.write("news/a.txt", "Title\n\nPublished 12 March 2024\n\nThe harbour took freight.");
    let date = || workspace.run(&["search", "harbour", "--config", config, "--format", "trec", "date:2024-03"]).code;
    index(&workspace, &["--config", config, "news"]);
    assert_eq!(date(), 0);
    let path = Path::new(config).join("dates.toml");
    let words = fs::read_to_string(&path).unwrap().replace("\"march\"", "\"harch\"");
    fs::write(&path, words).unwrap();
    index(&workspace, &["--config", config, "news"]);
    assert_eq!(date(), 1);
}
