//! `tradewire browse` without a terminal. tests/terminal tries it in one.

use crate::workspace::Workspace;

#[test]
fn messages_where_there_is_no_terminal() {
    let workspace = Workspace::with_seeds();
    let mut shown = String::new();
    for line in
        [&["browse"][..], &["browse", "한국"], &["browse", "--print", "title"], &["browse", "--index", "nowhere"]]
    {
        let run = workspace.run(line);
        shown.push_str(&format!("$ tradewire {}\n{}exit code {}\n\n", line.join(" "), run.stderr, run.code));
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{line:?}");
    }
    insta::assert_snapshot!(shown);
}
