#!/usr/bin/env python3
"""Types into `tradewire browse` in a real terminal (tmux) and reads the screen, the cursor and the state of the terminal.

    browse.py BINARY

In: a built binary; tmux on the PATH. Out: a line for each check that failed, and exit code 1 if there is one.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
TYPED = ["한국", "自由贸易", "Zölle", "rare earth"]
SIZES = [(80, 24), (200, 50)]
PATIENCE = 20.0

failures = []
servers = []


def columns(text):
    """The columns that a text takes in a terminal."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(unicodedata.combining(sign) > 0 for sign in text)


def tmux(*words, check=True):
    command = ["tmux", "-L", servers[-1], "-f", "/dev/null", *words]
    return subprocess.run(command, check=check, capture_output=True, text=True).stdout


def screen():
    return tmux("capture-pane", "-p", "-t", "desk").splitlines()


def state(name):
    return tmux("display-message", "-p", "-t", "desk", "#{" + name + "}").strip()


def wait_for(what, is_so, patience=PATIENCE):
    """Waits until a condition holds; otherwise notes a failure with the screen."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.02)
    failures.append(what)
    print(f"FAILED: {what}")
    print("\n".join(f"    |{line}" for line in screen()))
    print(f"    cursor {state('cursor_x')},{state('cursor_y')}")
    return False


def start(size, environment=None):
    """A shell in a terminal of a size; the program is started from it."""
    stop()
    servers.append(f"tradewire-browse-{os.getpid()}-{len(servers)}")
    width, height = size
    settings = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "screen-256color", **(environment or {})}
    words = [word for name, value in settings.items() for word in ("-e", f"{name}={value}")]
    tmux("new-session", "-d", "-s", "desk", "-x", str(width), "-y", str(height), *words, "env PS1='READY$ ' ENV= sh")
    wait_for("the shell starts", lambda: any(line.startswith("READY$") for line in screen()))


def stop():
    """Ends the terminal that was started last."""
    if servers:
        subprocess.run(["tmux", "-L", servers[-1], "kill-server"], check=False, capture_output=True)


def type_text(text):
    tmux("send-keys", "-t", "desk", "-l", text)


def press(*keys):
    tmux("send-keys", "-t", "desk", *keys)


def run(line):
    type_text(line)
    press("Enter")


def is_given_back():
    """True if the terminal is as the shell needs it: no other screen, and lines are edited and echoed."""
    tty = state("pane_tty")
    settings = subprocess.run(["stty", "-a", "-F", tty], capture_output=True, text=True).stdout.split()
    return state("alternate_on") == "0" and "echo" in settings and "icanon" in settings


def has_prompt(text):
    lines = screen()
    at = (str(2 + columns(text)), "0")
    return bool(lines) and lines[0].startswith("> " + text) and (state("cursor_x"), state("cursor_y")) == at


def type_letter_by_letter(browse, size, text):
    start(size)
    run(browse)
    wait_for(f"{size}: browse starts", lambda: has_prompt(""))
    typed = ""
    for letter in text:
        typed += letter
        type_text(letter)
        wait_for(f"{size}: screen and cursor after {typed!r}", lambda: has_prompt(typed))
    first = text.split()[0]
    has_results = lambda: any(line.lstrip().startswith("1 ") for line in screen()[2:])
    wait_for(f"{size}: results of {text!r}", has_results)
    # Lines of an article may end within a word of Chinese.
    in_article = lambda: first.lower() in "".join(line.strip() for line in screen()[2:]).lower()
    wait_for(f"{size}: results and an article with {text!r}", in_article)
    wait_for(f"{size}: counts of {text!r}", lambda: "documents" in screen()[1] and "lang" in screen()[1])
    # The same picture after another size and back.
    before = screen()
    width, height = size
    tmux("resize-window", "-t", "desk", "-x", str(width - 17), "-y", str(height - 5))
    wait_for(f"{size}: a smaller screen after {text!r}", lambda: has_prompt(text) and len(screen()) <= height - 5)
    tmux("resize-window", "-t", "desk", "-x", str(width), "-y", str(height))
    same = lambda: [line for line in screen()[2:]] == before[2:]
    wait_for(f"{size}: the same picture after a resize, {text!r}", same)
    press("BSpace")
    wait_for(f"{size}: a letter is deleted from {text!r}", lambda: has_prompt(text[:-1]))
    press("C-u")
    wait_for(f"{size}: {text!r} is cut", lambda: has_prompt(""))
    press("C-y")
    wait_for(f"{size}: {text!r} is back", lambda: has_prompt(text[:-1]))
    press("Enter")
    wait_for(f"{size}: Enter gives the terminal back", is_given_back)


def restored(browse, folder):
    """Suspending, an editor, a signal: each gives the terminal back."""
    seen = folder / "edited"
    editor = folder / "editor"
    editor.write_text(f'#!/bin/sh\nhead -n 1 "$2" > "{seen}"\necho "$1" >> "{seen}"\n')
    editor.chmod(0o755)
    start((80, 24), {"EDITOR": str(editor), "VISUAL": ""})
    run(browse + " 한국")
    wait_for("a query on the command line", lambda: has_prompt("한국"))
    wait_for("an article", lambda: any("한국" in line for line in screen()[4:]))
    press("M-e")
    wait_for("the editor gets the article and a line", lambda: seen.exists() and "+" in seen.read_text())
    wait_for("the screen is back after the editor", lambda: has_prompt("한국") and state("alternate_on") == "1")
    press("C-z")
    wait_for("suspended, the terminal is given back", is_given_back)
    run("fg")
    wait_for("continued, the screen is back", lambda: has_prompt("한국") and state("alternate_on") == "1")
    shell = state("pane_pid")
    child = subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True).stdout.split()
    subprocess.run(["kill", "-TERM", *child], check=True)
    wait_for("a signal gives the terminal back", is_given_back)
    run("echo code $?")
    wait_for("the exit code of a signal", lambda: any(line.startswith("code 130") for line in screen()))


def ends_with_the_terminal(browse):
    """A terminal that is closed ends the program, which must not go on reading keys from it."""
    start((80, 24))
    run(browse)
    wait_for("browse starts", lambda: has_prompt(""))
    child = subprocess.run(["pgrep", "-P", state("pane_pid")], capture_output=True, text=True).stdout.split()
    stop()
    until = time.monotonic() + PATIENCE
    while any(pathlib.Path("/proc", number).exists() for number in child):
        if time.monotonic() > until:
            failures.append("a closed terminal ends the program")
            print("FAILED: a closed terminal ends the program")
            subprocess.run(["kill", "-KILL", *child], check=False)
            return
        time.sleep(0.05)


def prints(browse, folder):
    """What Enter prints can be read by another program, since the picture goes to the terminal."""
    out = folder / "printed"
    start((80, 24))
    run(f"{browse} --print path Zölle > {out}")
    wait_for("results with the output in a file", lambda: any(line.lstrip().startswith("1 ") for line in screen()[2:]))
    press("Down", "Up", "Enter")
    wait_for("a path is printed", lambda: out.exists() and out.read_text().strip().endswith((".json", ".jsonl", ".md", ".txt", ".html")))
    run(f"{browse} < /dev/null; echo code $?")
    wait_for("no keys to read is an error", lambda: any(line.startswith("code 2") for line in screen()))


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    if shutil.which("tmux") is None:
        sys.exit("tests/terminal: tmux is missing; on Debian: apt-get install tmux")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        index = folder / "index"
        subprocess.run([binary, "index", "--index", index, ROOT / "seeds" / "news"], check=True, capture_output=True)
        browse = f"{binary} browse --index {index}"
        try:
            for size in SIZES:
                for text in TYPED:
                    type_letter_by_letter(browse, size, text)
            restored(browse, folder)
            prints(browse, folder)
            ends_with_the_terminal(browse)
        finally:
            stop()
    print(f"{len(failures)} checks failed" if failures else "all checks passed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
