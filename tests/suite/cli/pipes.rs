//! Colours and pipes: what reaches a terminal, a pipe that is closed early, and output that cannot be written.

use super::*;

/// Runs a command line on a terminal of its own, without a pager unless the variables name one, and returns everything that reached
/// the terminal.
#[cfg(unix)]
pub(crate) fn run_on_terminal(workspace: &Workspace, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    // The standard library cannot make a terminal; Python, which the set-up needs anyway, can.
    const SCRIPT: &str = "
import os, pty, sys
child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:])
while True:
    try:
        chunk = os.read(terminal, 65536)
    except OSError:
        break
    if not chunk:
        break
    os.write(1, chunk)
os.waitpid(child, 0)
";
    let mut command = std::process::Command::new(std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned()));
    command.args(["-c", SCRIPT, env!("CARGO_BIN_EXE_tradewire")]).args(arguments);
    command.env_remove("NO_COLOR").env("TERM", "xterm").env("COLUMNS", "80");
    command.env("PAGER", "").env_remove("TRADEWIRE_PAGER").env_remove("LESS");
    command.env("XDG_CONFIG_HOME", workspace.path().join("xdg"));
    command.env("TRADEWIRE_INDEX", workspace.index_dir()).envs(variables.iter().copied());
    let output = command.stdin(Stdio::null()).output().expect("Python is there, as the set-up needs it");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "the terminal could not be made");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn colours_when_asked_for_and_never_into_a_pipe_by_themselves() {
    let workspace = with_four_articles();
    let coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = workspace.command();
        command.args(["search", "harbour"]).args(arguments).envs(variables.iter().copied());
        let output = command.stdin(Stdio::null()).output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert_eq!(stdout.contains("*harbour*"), !stdout.contains('\x1b'), "{stdout:?} is marked one way or the other");
        stdout.contains('\x1b')
    };
    assert!(!coloured(&[], &[]));
    assert!(!coloured(&["--color", "auto"], &[]));
    assert!(!coloured(&["--color", "never"], &[]));
    assert!(coloured(&["--color", "always"], &[]));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]), "the command line outdoes NO_COLOR");
    for format in ["json", "jsonl", "tsv", "csv", "trec", "paths"] {
        let run = workspace.run(&["search", "harbour", "--color", "always", "--format", format]);
        assert!(!run.stdout.is_empty() && !run.stdout.contains('\x1b'), "{format}: {}", run.stdout);
    }
}

#[test]
#[cfg(unix)]
fn colours_on_a_terminal_unless_refused() {
    let workspace = with_four_articles();
    let line = ["search", "harbour"];
    let shown = run_on_terminal(&workspace, &line, &[]);
    assert!(shown.contains("Ports reopen") && shown.contains("\x1b["), "{shown:?}");
    for (name, value, coloured) in [("NO_COLOR", "1", false), ("NO_COLOR", "", true), ("TERM", "dumb", false)] {
        let shown = run_on_terminal(&workspace, &line, &[(name, value)]);
        assert_eq!(shown.contains("\x1b["), coloured, "{name}={value}: {shown:?}");
    }
    let shown = run_on_terminal(&workspace, &["search", "harbour", "--color", "never", "--hyperlinks", "never"], &[]);
    assert!(!shown.contains('\x1b'), "{shown:?}");
}

/// Law 10 for what the user typed: argument errors quote it.
#[test]
#[cfg(unix)]
fn a_bad_argument_sends_no_control_character_to_the_terminal() {
    const HOSTILE: &str = "\u{1b}]0;title\u{7}\u{1b}[2Jx\u{9b}\u{202e}";
    let workspace = with_four_articles();
    let option = format!("--{HOSTILE}");
    let lines: &[&[&str]] = &[
        &[HOSTILE],
        &["search", "--lang", HOSTILE, "x"],
        &["search", "--format", HOSTILE, "x"],
        &["search", "-n", HOSTILE, "x"],
        &["search", &option, "x"],
        &["search", "--index", HOSTILE, "x"],
        &["search", "--config", HOSTILE, "x"],
        &["search", "--country", HOSTILE, "x"],
        &["search", "--pair", HOSTILE, "x"],
        &["search", "--facets", HOSTILE, "x"],
        &["timeline", "--by", HOSTILE, "x"],
        &["timeline", &format!("\"{HOSTILE}")],
        &["search", "--queries", HOSTILE],
        &["eval", "--topics", HOSTILE, "--qrels", "x"],
        &["search", &format!("\"{HOSTILE}")],
        &["index", HOSTILE],
        &["analyze", HOSTILE],
    ];
    for line in lines {
        let shown = run_on_terminal(&workspace, line, &[]);
        assert!(shown.contains('x'), "{line:?} printed nothing");
        for sign in ["\u{1b}]", "\u{1b}[2J", "\u{7}", "\u{9b}", "\u{202e}"] {
            assert!(!shown.contains(sign), "{line:?} sent {sign:?} in {shown:?}");
        }
    }
}

/// Files with long names, so that every format prints more than a pipe holds.
fn with_long_output() -> Workspace {
    let workspace = Workspace::new();
    for number in 0..1200 {
        workspace.write(&format!("news/{number:0>100}.txt"), "Harbour\nThe harbour is open again.");
    }
    workspace.index(&[workspace.path().join("news")]);
    workspace
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let workspace = with_long_output();
    let text = "harbour ".repeat(8_000);
    let mut lines: Vec<Vec<&str>> = ["terminal", "json", "jsonl", "tsv", "csv", "trec", "paths"]
        .map(|format| vec!["search", "harbour", "-n", "2000", "--format", format])
        .into();
    lines.push(vec!["analyze", &text]);
    for line in lines {
        let whole = workspace.run(&line).stdout.len();
        assert!(whole > 100_000, "{:?} prints {whole} bytes, fewer than a pipe may hold", &line[..2]);
        for read_first in [true, false] {
            let mut child = workspace.command().args(&line).spawn().unwrap();
            let mut stdout = BufReader::new(child.stdout.take().unwrap());
            if read_first {
                let mut first = String::new();
                stdout.read_line(&mut first).unwrap();
                assert!(!first.is_empty());
            }
            drop(stdout);
            let output = child.wait_with_output().unwrap();
            let what = line.get(5).unwrap_or(&line[0]);
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{what}");
            assert_eq!(output.status.code(), Some(0), "{what}");
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_an_error() {
    let workspace = with_four_articles();
    workspace.write("topics", "q1\tharbour");
    workspace.write("qrels", "q1 0 en-1 1");
    for line in [
        vec!["search", "harbour"],
        vec!["search", "harbour", "--format", "csv"],
        vec!["search", "harbour", "--format", "json"],
        vec!["search", "harbour", "-n", "0", "--facets", "lang"],
        vec!["timeline"],
        vec!["timeline", "--format", "csv"],
        vec!["stats"],
        vec!["eval", "--topics", "topics", "--qrels", "qrels"],
        vec!["analyze", "harbour"],
    ] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = workspace.command().args(&line).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{line:?}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.starts_with("tradewire: ") && stderr.to_lowercase().contains("no space"), "{line:?}: {stderr}");
    }
}

#[test]
fn progress_goes_to_standard_error_and_draws_no_bar_into_a_pipe() {
    let workspace = with_four_articles();
    let mut child = workspace.command().args(["index", "news.jsonl"]).spawn().unwrap();
    let (mut stdout, mut stderr) = (String::new(), String::new());
    child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(stdout, "");
    assert!(stderr.starts_with("tradewire: 0 documents in 0 passages from "), "{stderr}");
    assert!(stderr.ends_with("/s); 4 unchanged\n") && stderr.lines().count() == 1, "{stderr:?}");
    assert!(!stderr.contains(['\r', '\x1b']), "{stderr:?}");
}
