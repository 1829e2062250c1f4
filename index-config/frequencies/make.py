#!/usr/bin/env python3
"""make.py WORDFREQ_FOLDER TRADEWIRE: writes the tables beside this script from the lists of the Python package wordfreq 3.1.1 (a wheel, unpacked) and
the analysis chains of a tradewire binary. Needs msgpack. Each line is TERM<TAB>FREQUENCY, sorted by bytes: how many of ten million tokens of general text the
term is, as the chain of that name keeps it; `chars.tsv` has characters, and pairs of them within words and, as if words were drawn at random,
across their borders."""
import collections, gzip, os, subprocess, sys
import msgpack
WORDFREQ, TRADEWIRE = sys.argv[1:3]
HERE = os.path.dirname(os.path.abspath(__file__))
TOKENS, BATCH = 10_000_000, 2000
# What is rarer changes no ranking.
LEAST, LEAST_OF_PAIRS = 50, 150
LISTS = {"en": "large_en", "de": "large_de", "ko": "small_ko", "zh": "large_zh"}

def words(name):
    levels = msgpack.load(gzip.open(f"{WORDFREQ}/wordfreq/data/{name}.msgpack.gz"), raw=False)
    return {word: 10 ** (-level / 100) for level, words in enumerate(levels[1:]) for word in words}

def terms(lang, listed):
    """The frequencies by term: a word counts for each term that its chain makes of it as a whole."""
    found = collections.Counter()
    listed = [(word, often) for word, often in listed.items() if often * TOKENS > 1 and not word.startswith("-")]
    for start in range(0, len(listed), BATCH):
        batch = listed[start : start + BATCH]
        text, places = "", {}
        for word, often in batch:
            # Full stops, so that neighbours are segmented by themselves.
            begin = len(text.encode())
            text += word + " . "
            places[begin] = (begin + len(word.encode()), often)
        shown = subprocess.run([TRADEWIRE, "analyze", "--lang", lang, "--", text], capture_output=True, text=True).stdout
        for line in shown.splitlines():
            _, _, place, term, _ = line.split("\t", 4)
            begin, end = map(int, place.split(".."))
            if begin in places and end == places[begin][0] and not term.startswith("+"):
                found[term] += places[begin][1]
    return found

def pairs(lists):
    """The frequencies of characters and pairs, by the terms of the chains."""
    found = collections.Counter()
    for listed in lists:
        first, last, inside = collections.Counter(), collections.Counter(), collections.Counter()
        for word, often in listed.items():
            if not all(ord(sign) > 0x2E80 for sign in word): continue
            first[word[0]] += often; last[word[-1]] += often
            for one in word: inside[one] += often
            for one, other in zip(word, word[1:]): inside[one + other] += often
        total = sum(first.values())
        for one, before in last.items():
            for other, after in first.items():
                if before * after / total * TOKENS >= 1: inside[one + other] += before * after / total
        found.update({pair: often for pair, often in inside.items()})
    return found

tables = {lang: terms(lang, words(name)) for lang, name in LISTS.items()}
tables["chars"] = pairs([tables["zh"], tables["ko"]])
for lang, table in tables.items():
    least = LEAST_OF_PAIRS if lang == "chars" else LEAST
    kept = sorted((term.encode(), round(often * TOKENS)) for term, often in table.items() if round(often * TOKENS) >= least)
    with open(f"{HERE}/{lang}.tsv", "wb") as out:
        out.writelines(b"%s\t%d\n" % row for row in kept)
    print(lang, len(kept))
