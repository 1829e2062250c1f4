#!/usr/bin/env python3
"""Draws docs/browse.svg: the animation in README of a search as it is typed.

    docs/animation.py PROGRAM PICTURE

Indexes seeds/news into a temporary folder with PROGRAM, starts `browse` in a terminal of tmux, presses keys, and draws each screen
as a frame. Every stretch of text has its width stated, as in terminal.py. Needs tmux."""

import itertools
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
from html import escape

from terminal import CELL, LINE, MARGIN, STYLESHEET, width

COLUMNS, ROWS = 100, 24
# The keys, each with the seconds that its screen stays.
KEYS = [("", 1.0)] + [(letter, 0.35) for letter in "rare earth"] + [
    ("Down", 1.6), ("Down", 1.6), ("Tab", 0.6), ("n", 1.2), ("n", 1.2), ("t", 2.5), ("t", 1.0)]
COLOURS = {30: "dim", 31: "red", 32: "green", 33: "yellow", 34: "blue", 35: "magenta", 36: "cyan"}
SOCKET = f"tradewire-animation-{os.getpid()}"


def tmux(*words):
    command = ["tmux", "-L", SOCKET, "-f", "/dev/null", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def settled():
    """The screen, with colours, and the column and row of the cursor, once it stays the same."""
    before = None
    while True:
        time.sleep(0.3)
        shown = tmux("capture-pane", "-e", "-p", "-t", "desk")
        # How long a search took is another number each time.
        shown = re.sub(r"\d+\.\d ms", lambda took: "1.0 ms".rjust(len(took[0])), shown)
        cursor = tmux("display-message", "-p", "-t", "desk", "#{cursor_x} #{cursor_y} #{cursor_flag}").split()
        if (shown, cursor) == before and "…" not in shown.split("\n")[0]:
            return shown.rstrip("\n").split("\n"), [int(number) for number in cursor]
        before = (shown, cursor)


def screens(program):
    """The screens of a run, each with how long it stays."""
    with tempfile.TemporaryDirectory() as folder:
        index = os.path.join(folder, "index")
        subprocess.run([program, "index", "--index", index, "seeds/news"], check=True, capture_output=True)
        size = ["-x", str(COLUMNS), "-y", str(ROWS)]
        command = f"{pathlib.Path(program).resolve()} browse --index {index}"
        tmux("new-session", "-d", "-s", "desk", *size, "-e", "LC_ALL=C.UTF-8", "-e", "TERM=screen-256color", command)
        try:
            for key, seconds in KEYS:
                if len(key) == 1:
                    tmux("send-keys", "-t", "desk", "-l", key)
                elif key:
                    tmux("send-keys", "-t", "desk", key)
                yield *settled(), seconds
        finally:
            tmux("kill-server")


def stretches(line):
    """The stretches of one style in a line: column, text, classes, and whether it is reversed."""
    column, classes, is_reversed, colour = 0, set(), False, None
    for number, part in enumerate(re.split("\x1b\\[([0-9;]*)m", line)):
        if number % 2:
            for code in [int(code or 0) for code in part.split(";")]:
                if code == 0:
                    classes, is_reversed, colour = set(), False, None
                elif code in (1, 2):
                    classes = classes | {"bold" if code == 1 else "dim"}
                elif code == 22:
                    classes = classes - {"bold", "dim"}
                elif code in (7, 27):
                    is_reversed = code == 7
                elif code in COLOURS or code == 39:
                    colour = COLOURS.get(code)
            continue
        for _, characters in itertools.groupby(re.sub("\x1b\\([0B]", "", part), key=width):
            piece = "".join(characters)
            named = sorted(classes | ({colour} if colour else set()))
            yield column, piece, named, is_reversed
            column += width(piece)


def frame(lines, cursor):
    """The picture of one screen."""
    for row, line in enumerate(lines):
        y = MARGIN + row * LINE
        for column, text, classes, is_reversed in stretches(line):
            x, wide = MARGIN + column * CELL, width(text) * CELL
            if is_reversed:
                yield f'<rect class="bar" x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{LINE}"/>'
            if not text.strip():
                continue
            ahead = width(text) - width(text.lstrip())
            x, text = x + ahead * CELL, text.strip()
            label = f' class="{" ".join(classes)}"' if classes else ""
            size = f'textLength="{width(text) * CELL:.1f}" lengthAdjust="spacing"'
            yield f'<text{label} x="{x:.1f}" y="{y + 14}" {size}>{escape(text, quote=False)}</text>'
    column, row, is_shown = cursor
    if is_shown:
        yield f'<rect class="caret" x="{MARGIN + column * CELL:.1f}" y="{MARGIN + row * LINE}" width="2" height="{LINE}"/>'


def drawn(frames):
    """The animation of all screens. Where nothing moves, the screen before the timeline is shown."""
    wide, high = COLUMNS * CELL + 2 * MARGIN, ROWS * LINE + 2 * MARGIN
    total = sum(seconds for _, _, seconds in frames)
    still = max(len(frames) - 3, 0)
    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{high}" viewBox="0 0 {wide:.0f} {high}" role="img">'
    yield "<title>A search for rare earth as it is typed: results, the article with its matches, and the hits over time</title>"
    yield f"<style>{STYLESHEET}"
    yield "text { white-space: pre }"
    yield ".bar { fill: #8c959f; opacity: .35 } .caret { fill: #8c959f } .frame { visibility: hidden }"
    yield f".still {{ visibility: visible }}\n@media (prefers-reduced-motion: no-preference) {{ .still {{ visibility: hidden }}"
    at = 0.0
    for number, (_, _, seconds) in enumerate(frames):
        start, end = 100 * at / total, 100 * (at + seconds) / total
        before = f"0%, {start:.3f}% {{ visibility: hidden }} " if start else ""
        yield f"@keyframes f{number} {{ {before}{start + 0.001:.3f}%, {end:.3f}% {{ visibility: visible }} {min(end + 0.001, 100):.3f}%, 100% {{ visibility: {'visible' if end > 99.99 else 'hidden'} }} }}"
        yield f"#f{number} {{ animation: f{number} {total:.2f}s step-end infinite }}"
        at += seconds
    yield "}\n</style>"
    yield f'<rect class="back" x=".5" y=".5" width="{wide - 1:.0f}" height="{high - 1}" rx="8"/>'
    for number, (lines, cursor, _) in enumerate(frames):
        yield f'<g id="f{number}" class="frame{" still" if number == still else ""}">'
        yield from frame(lines, cursor)
        yield "</g>"
    yield "</svg>"


def main():
    program, picture = sys.argv[1:]
    frames = list(screens(program))
    with open(picture, "w", encoding="utf-8") as file:
        file.write("\n".join(drawn(frames)) + "\n")


if __name__ == "__main__":
    main()
