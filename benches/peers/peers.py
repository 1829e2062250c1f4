#!/usr/bin/env python3
"""tradewire beside Lucene 10 and Groonga on the same collection, in one run, each language asked apart.

  JAVA_HOME=/path/to/jdk-21-or-newer benches/peers/peers.py COLLECTION [--tradewire PATH] [--rounds N] [--work DIR]

COLLECTION has docs.jsonl (id, title, body, lang), docs.LANG.tsv (id, title, body), topics.LANG.tsv (id, question) for en, de, ko and zh, and
phrases.tsv (id, "quoted phrase", language). It needs a JDK of 21 or newer (Debian 12's own is 17), Maven for the jars of
pom.xml, and, for the phrases, `groonga` from Debian. WORK (COLLECTION/peers) keeps the indexes. Rounds take turns; printed are the
medians of the rounds in milliseconds, and the ratio of tradewire to the faster analyser of Lucene, or to Groonga.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys

LANGUAGES = ["en", "de", "ko", "zh"]
HERE = pathlib.Path(__file__).resolve().parent


def java():
    """The folder of the JDK's programs, or the end with a word of what is missing."""
    home = os.environ.get("JAVA_HOME")
    java = pathlib.Path(home) / "bin" / "java" if home else None
    if not java or not java.exists():
        sys.exit("JAVA_HOME names no JDK; expected the folder of a JDK of 21 or newer, for example from adoptium.net")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    found = re.search(r'version "(\d+)', said)
    if not found or int(found.group(1)) < 21:
        sys.exit(f"the JDK in JAVA_HOME is {found.group(1) if found else 'unknown'}; Lucene 10 needs 21 or newer")
    return java.parent


def jars(work):
    """Lucene's jars, which Maven fetches once."""
    folder = work / "jars"
    if not folder.exists():
        if not shutil.which("mvn"):
            sys.exit("`mvn` is not there; Maven fetches the jars of Lucene (on Debian: apt-get install maven)")
        fetch = ["mvn", "-q", "-f", HERE / "pom.xml", "dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
        subprocess.run(fetch, check=True)
    return f"{folder}/*"


def ask_lucene(jdk, classes, collection, work):
    """Microseconds by language and task: (p50, p99) of the analyser that is faster by p50."""
    command = [jdk / "java", "-cp", classes, "LucenePeer", collection, work / "lucene"]
    best = {}
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        language, _, task, median, last = line.split()
        found = (float(median), float(last))
        best[language, task] = min(found, best.get((language, task), found))
    return best


def ask_groonga(work, phrases):
    """Microseconds by language: (p50, p99) of ten hits with snippets, of the second pass."""
    ask = "".join(
        f'select D --match_columns "title||body" --query {json.dumps(phrase, ensure_ascii=False)} --sort_keys -_score'
        ' --limit 10 --output_columns "_key,title,snippet_html(body)"\n'
        for _, phrase, _ in phrases
    )
    said = subprocess.run(["groonga", work / "groonga" / "db"], input=ask * 2, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in said.stdout.splitlines() if line.startswith("[[")]
    times = {}
    for (_, _, language), answer in zip(phrases, answers[len(phrases) :]):
        times.setdefault(language, []).append(answer[0][2] * 1e6)
    return {language: quantiles(of) for language, of in times.items()}


def index_groonga(collection, work):
    (work / "groonga").mkdir()
    schema = (
        "table_create D TABLE_HASH_KEY ShortText\ncolumn_create D title COLUMN_SCALAR ShortText\n"
        "column_create D body COLUMN_SCALAR|COMPRESS_ZSTD LongText\n"
        "table_create T TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerNFKC130\n"
        "column_create T ix COLUMN_INDEX|WITH_POSITION|WITH_SECTION D title,body\nload --table D\n["
    )
    command = ["groonga", "-n", work / "groonga" / "db"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as groonga:
        groonga.stdin.write(schema)
        with open(collection / "docs.jsonl", encoding="utf-8") as docs:
            for at, line in enumerate(docs):
                doc = json.loads(line)
                record = {"_key": doc["id"], "title": doc["title"], "body": doc["body"]}
                groonga.stdin.write((",\n" if at else "") + json.dumps(record, ensure_ascii=False))
        groonga.stdin.write("]\n")


def quantiles(times):
    times = sorted(times)
    return times[len(times) // 2], times[len(times) * 99 // 100]


def ask_tradewire(binary, index, queries):
    """Microseconds of each stage: (p50, p99), and of all together."""
    command = [binary, "bench", "--index", index, "--queries", queries, "--seconds", "1", "--threads", "1"]
    said = subprocess.run([*command, "--format", "json"], check=True, capture_output=True, text=True)
    report = json.loads(said.stdout)
    stages = {name: (stage["p50_us"], stage["p99_us"]) for name, stage in report["stages"].items()}
    return stages, (report["overall"]["p50_us"], report["overall"]["p99_us"])


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("collection", type=pathlib.Path)
    arguments.add_argument("--tradewire", default="tradewire")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--work", type=pathlib.Path)
    taken = arguments.parse_args()
    work = taken.work or taken.collection / "peers"
    work.mkdir(exist_ok=True)
    jdk = java()
    classes = f"{work}:{jars(work)}"
    subprocess.run([jdk / "javac", "-cp", classes, "-d", work, HERE / "LucenePeer.java"], check=True)
    index = work / "tradewire"
    if not index.exists():
        subprocess.run([taken.tradewire, "index", "--index", index, taken.collection / "docs.jsonl"], check=True)
        subprocess.run([taken.tradewire, "optimize", "--index", index], check=True)
    with open(taken.collection / "phrases.tsv", encoding="utf-8") as lines:
        phrases = [line.rstrip("\n").split("\t") for line in lines]
    has_groonga = shutil.which("groonga") is not None
    if not has_groonga:
        print("`groonga` is not there, so phrases are asked of tradewire alone (on Debian: apt-get install groonga)")
    elif not (work / "groonga").exists():
        index_groonga(taken.collection, work)
    found = {}

    def add(name, times):
        found.setdefault(name, []).append(times)

    for _ in range(taken.rounds):
        for (language, task), times in ask_lucene(jdk, classes, taken.collection, work).items():
            add((language, "Lucene", task), times)
        for times in [ask_groonga(work, phrases)] if has_groonga else []:
            for language, of in times.items():
                add((language, "Groonga", "phrases"), of)
        for language in LANGUAGES:
            stages, all_of_it = ask_tradewire(taken.tradewire, index, taken.collection / f"topics.{language}.tsv")
            of_found = tuple(map(sum, zip(stages["compiled"], stages["found"])))
            for task, times in [("found", of_found), ("marked", all_of_it)]:
                add((language, "tradewire", task), times)
            of_language = work / f"phrases.{language}.tsv"
            of_language.write_text("".join("\t".join(one) + "\n" for one in phrases if one[2] == language))
            _, times = ask_tradewire(taken.tradewire, index, of_language)
            add((language, "tradewire", "phrases"), times)
    print(f"{'':8}{'':10}{'peer p50':>10}{'p99':>8}{'tradewire':>11}{'p99':>8}{'ratio':>8}{'p99':>8}")
    for task, peer in [("found", "Lucene"), ("marked", "Lucene"), ("phrases", "Groonga")]:
        for language in LANGUAGES:
            ours, theirs = (
                [statistics.median(times) / 1e3 for times in zip(*found[name])] if (name := (language, who, task)) in found else None
                for who in ["tradewire", peer]
            )
            ratios = [f"{one / other:8.2f}" for one, other in zip(ours, theirs)] if theirs else []
            shown = [f"{value:8.2f}" for value in [*(theirs or []), *ours]] + ratios
            print(f"{task:10}{language:6}" + " ".join(shown))


if __name__ == "__main__":
    main()
