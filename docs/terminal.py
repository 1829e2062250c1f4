#!/usr/bin/env python3
"""Draws docs/terminal.svg: the picture in README of a search that finds one thing in four languages.

    docs/terminal.py PROGRAM PICTURE

Indexes seeds/news into a temporary folder with PROGRAM, searches it with colours, and draws each stretch of one colour at its
column. Every stretch has its width stated, so the columns are right in any font: CJK characters take two. The text is kept as
the picture's description, which the tests compare with what the program prints. Needs nothing but Python."""

import itertools
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from html import escape

SEARCH = ["search", "--by", "document", "-n", "4", "critical minerals"]
SHOWN = "tradewire search --by document -n 4 'critical minerals'"
COLUMNS = 80
CELL, LINE, MARGIN = 8.4, 19, 16  # width of a column, height of a line, space around the text: in pixels at a font size of 14

# The parts of a terminal's style that tradewire uses, by their numbers in ECMA-48.
STYLES = {"1": "bold", "2": "dim", "31": "red", "32": "green", "33": "yellow", "34": "blue", "35": "magenta", "36": "cyan"}

STYLESHEET = """
svg { color-scheme: light dark }
.back { fill: #ffffff; stroke: #d0d7de } .bold { font-weight: bold }
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; fill: #1f2328 }
.dim { fill: #6e7781 } .red { fill: #cf222e } .green { fill: #1a7f37 } .yellow { fill: #9a6700 }
.blue { fill: #0969da } .magenta { fill: #8250df } .cyan { fill: #1b7c83 }
@media (prefers-color-scheme: dark) {
.back { fill: #0d1117; stroke: #30363d } text { fill: #e6edf3 }
.dim { fill: #8b949e } .red { fill: #ff7b72 } .green { fill: #3fb950 } .yellow { fill: #d29922 }
.blue { fill: #58a6ff } .magenta { fill: #bc8cff } .cyan { fill: #39c5cf }
}"""


def width(text):
    """Columns of a terminal that a text takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def searched(program):
    """What the search prints, with colours."""
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, TRADEWIRE_INDEX=os.path.join(folder, "index"), COLUMNS=str(COLUMNS))
        run = lambda *words: subprocess.run([program, *words], env=environment, check=True, capture_output=True, text=True)
        run("index", "seeds/news")
        return run(SEARCH[0], "--color", "always", *SEARCH[1:]).stdout.rstrip("\n")


def stretches(line, styles):
    """The stretches of one style in a line, each with its column; `styles` goes on from line to line."""
    column = 0
    for number, part in enumerate(re.split("\x1b\\[([0-9;]*)m", line)):
        if number % 2:
            for code in part.split(";"):
                if code in ("", "0"):
                    styles.clear()
                else:
                    styles.append(STYLES[code])
            continue
        # Narrow and wide characters are drawn apart, so that each has its own width.
        for _, characters in itertools.groupby(part, key=width):
            piece = "".join(characters)
            if piece.strip():
                yield column + width(piece) - width(piece.lstrip()), piece.strip(), " ".join(styles)
            column += width(piece)


def drawn(lines):
    """The picture of lines of a terminal."""
    plain = "\n".join(re.sub("\x1b\\[[0-9;]*m", "", line) for line in lines)
    wide, high = COLUMNS * CELL + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{high}" viewBox="0 0 {wide:.0f} {high}" role="img">'
    yield f"<title>A search for critical minerals, with hits in English, German, Korean and Chinese</title>\n<desc>{escape(plain, quote=False)}</desc>"
    yield f"<style>{STYLESHEET}\n</style>"
    yield f'<rect class="back" x=".5" y=".5" width="{wide - 1:.0f}" height="{high - 1}" rx="8"/>'
    styles = []
    for row, line in enumerate(lines):
        for column, text, style in stretches(line, styles):
            x, y = MARGIN + column * CELL, MARGIN + row * LINE + 14
            label = f' class="{style}"' if style else ""
            size = f'textLength="{width(text) * CELL:.1f}" lengthAdjust="spacing"'
            yield f'<text{label} x="{x:.1f}" y="{y}" {size}>{escape(text, quote=False)}</text>'
    yield "</svg>"


def main():
    program, picture = sys.argv[1:]
    lines = [f"$ {SHOWN}", *searched(program).split("\n")]
    with open(picture, "w", encoding="utf-8") as file:
        file.write("\n".join(drawn(lines)) + "\n")


if __name__ == "__main__":
    main()
