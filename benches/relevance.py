#!/usr/bin/env python3
"""Leave-one-set-out evaluation of the ranking, over several test collections.

A set is a folder with docs.jsonl, topics.tsv and qrels.txt. Each is indexed alone, with the other sets of
its language, and with all. A candidate is a binary, a configuration, or both. For each set, the candidate that is best on all
others is reported on it, so that no figure is of a set by which anything was chosen. Printed are MRR@10 for each set and layout,
the error (1 - MRR) beside that of other engines' runs, and p of a paired randomisation test over all topics.

  benches/relevance.py --sets DIR [--work DIR] [--peers DIR] [--keywords] [--layouts alone,language,all] NAME=BINARY[,CONFIG] ...

The first candidate is the start, which the others are compared with. PEERS/LAYOUT/SET.KIND.SETTING.run (or LANGUAGE.KIND...) are TREC runs,
of which the best for each set counts; KIND is `questions` or `keywords`. WORK keeps indexes, runs and keyword topics: what has
not changed is not run again.
"""

import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import random
import subprocess
import sys
import threading

DRAWS = 10_000
LAYOUTS = ["alone", "language", "all"]


def digest(path):
    """The contents of a file or folder, as a short name."""
    of = hashlib.sha256()
    path = pathlib.Path(path)
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            of.update(file.read_bytes())
    return of.hexdigest()[:12]


class Set:
    """A test collection."""

    def __init__(self, folder):
        self.folder, self.name = folder, folder.name
        with open(folder / "docs.jsonl", encoding="utf-8") as docs:
            self.language = json.loads(docs.readline())["lang"]
        self.relevant = collections.defaultdict(set)
        with open(folder / "qrels.txt", encoding="utf-8") as qrels:
            for line in qrels:
                topic, _, document, grade = line.split()
                if int(grade) > 0:
                    self.relevant[topic].add(document)

    def ranks(self, run):
        """The reciprocal rank of each topic in a TREC run, at most 10 deep."""
        best = {}
        with open(run, encoding="utf-8") as lines:
            for line in lines:
                topic, _, document, rank, *_ = line.split()
                if int(rank) <= 10 and document in self.relevant.get(topic, ()):
                    best[topic] = max(best.get(topic, 0.0), 1 / int(rank))
        return {topic: best.get(topic, 0.0) for topic in self.relevant}


class Candidate:
    """A binary with a configuration."""

    def __init__(self, stated):
        self.name, stated = stated.split("=", 1)
        self.binary, _, config = stated.partition(",")
        self.options = ["--config", config] if config else []
        self.key = digest(self.binary) + ("-" + digest(config) if config else "")


class Bench:
    def __init__(self, args):
        self.work, self.peers = pathlib.Path(args.work), args.peers and pathlib.Path(args.peers)
        self.kind = "keywords" if args.keywords else "questions"
        folders = sorted(path.parent for path in pathlib.Path(args.sets).glob("*/qrels.txt"))
        self.sets = [Set(folder) for folder in folders]
        self.layouts = args.layouts.split(",")
        self.locks = collections.defaultdict(threading.Lock)

    def groups(self, layout):
        """The sets that are in one index, by the name of the index."""
        groups = collections.defaultdict(list)
        for each in self.sets:
            groups[{"alone": each.name, "language": each.language, "all": "all"}[layout]].append(each)
        return groups

    def index(self, candidate, layout, group, sets):
        """An index of some sets; one that is there is used if the candidate can read it."""
        keys = dict.fromkeys([candidate.key.split("-")[0], candidate.key])
        for key in keys:
            folder = self.work / "indexes" / key / layout / group
            # Candidates that share an index wait for the one that writes it.
            with self.locks[folder]:
                if not folder.exists():
                    docs = [each.folder / "docs.jsonl" for each in sets]
                    folder.parent.mkdir(parents=True, exist_ok=True)
                    run([candidate.binary, "index", "--index", f"{folder}.part", *candidate.options, *docs])
                    os.replace(f"{folder}.part", folder)
            stats = [candidate.binary, "stats", "--index", folder, *candidate.options]
            if subprocess.run(stats, capture_output=True).returncode == 0:
                return folder
        raise SystemExit(f"{candidate.name} cannot read the index that it has made in {folder}")

    def evaluate(self, candidate, layout, group, sets):
        """Writes a run for each set of an index."""
        folder = self.work / "runs" / candidate.key / layout
        folder.mkdir(parents=True, exist_ok=True)
        missing = [each for each in sets if not (folder / f"{each.name}.{self.kind}.run").exists()]
        index = self.index(candidate, layout, group, sets) if missing else None
        for each in missing:
            written = folder / f"{each.name}.{self.kind}.run"
            topics = self.work / "keywords" / f"{each.name}.tsv" if self.kind == "keywords" else each.folder / "topics.tsv"
            evaluated = [candidate.binary, "eval", "--plain", "--index", index, *candidate.options, "--topics", topics]
            run([*evaluated, "--qrels", each.folder / "qrels.txt", "--run", f"{written}.part"])
            os.replace(f"{written}.part", written)

    def write_keywords(self, candidate):
        """Derives the keyword topics by the last candidate's index of each set alone, once."""
        (self.work / "keywords").mkdir(parents=True, exist_ok=True)
        for each in self.sets:
            written = self.work / "keywords" / f"{each.name}.tsv"
            if written.exists():
                continue
            index = self.index(candidate, "alone", each.name, [each])
            files = ["--topics", each.folder / "topics.tsv", "--qrels", each.folder / "qrels.txt", "--format", "json"]
            shown = run([candidate.binary, "eval", "--keywords", "--index", index, *candidate.options, *files])
            lines = [f"{topic['id']}\t{topic['query']}\n" for topic in json.loads(shown)["topics"]]
            written.write_text("".join(lines), encoding="utf-8")

    def run_all(self, candidates):
        """The reciprocal ranks: by candidate, layout and set."""
        if self.kind == "keywords":
            self.write_keywords(candidates[-1])
        jobs = [
            (candidate, layout, group, sets)
            for candidate in candidates
            for layout in self.layouts
            for group, sets in self.groups(layout).items()
        ]
        jobs.sort(key=lambda job: -sum(len(each.relevant) for each in job[3]))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for job in [pool.submit(self.evaluate, *job) for job in jobs]:
                job.result()
        runs = self.work / "runs"
        return {
            candidate.name: {
                layout: {
                    each.name: each.ranks(runs / candidate.key / layout / f"{each.name}.{self.kind}.run")
                    for each in self.sets
                }
                for layout in self.layouts
            }
            for candidate in candidates
        }

    def best_peers(self, layout):
        """The greatest MRR of other engines' runs for each set, with its setting. In one index of all languages nothing is
        better than the runs of each language, since a peer is told the language."""
        best = {}
        for each in self.sets if self.peers else []:
            named = each.name if layout == "alone" else each.language
            folder = self.peers / ("alone" if layout == "alone" else "language")
            for written in sorted(folder.glob(f"{named}.{self.kind}.*.run")):
                setting = written.name[len(named) + len(self.kind) + 2 : -len(".run")]
                best[each.name] = max(best.get(each.name, (0.0, "")), (mean(each.ranks(written)), setting))
        return best


def run(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stderr}")
    return done.stdout


def mean(ranks):
    return sum(ranks.values()) / len(ranks)


def randomised(differences, seed=20261128):
    """p of the paired randomisation test, two-sided: how often a mean difference is as great if the sign of each is drawn."""
    # Reciprocal ranks down to 10 are multiples of 1/2520: whole numbers have no rounding.
    moved = [round(difference * 2520) for difference in differences if difference]
    seen, draw = abs(sum(moved)), random.Random(seed)
    as_great = 0
    for _ in range(DRAWS):
        signs = draw.getrandbits(len(moved) or 1)
        drawn = sum(value if signs >> at & 1 else -value for at, value in enumerate(moved))
        as_great += abs(drawn) >= seen
    return (as_great + 1) / (DRAWS + 1)


def compared(bench, new, start):
    """The differences of all topics of all sets."""
    return [new[each.name][topic] - start[each.name][topic] for each in bench.sets for topic in each.relevant]


def report(bench, candidates, results):
    start = candidates[0].name
    for layout in bench.layouts:
        peers = bench.best_peers(layout)
        cut = lambda name, score: 1 - (1 - score) / (1 - peers[name][0])
        print(f"\n{bench.kind}, {layout}: MRR@10" + (", error cut against the best peer" if peers else ""))
        width = max(len(each.name) for each in bench.sets)
        shown = [each for each in candidates] + ["left out"]
        print(f"{'':{width}}  {'peers':>6} " + "".join(f"{getattr(each, 'name', each):>17}" for each in shown))
        scores = {
            candidate.name: {name: mean(ranks) for name, ranks in results[candidate.name][layout].items()}
            for candidate in candidates
        }
        chosen, left_out = {}, {}
        for each in bench.sets:
            others = [other.name for other in bench.sets if other is not each]
            # The mean of errors beside the start's: a set with few errors counts as much as one with many.
            error = lambda name: sum((1 - scores[name][other]) / (1 - scores[start][other]) for other in others)
            chosen[each.name] = min(scores, key=error)
            left_out[each.name] = scores[chosen[each.name]][each.name]
        columns = [scores[candidate.name] for candidate in candidates] + [left_out]
        for each in bench.sets:
            line = f"{each.name:{width}}  {peers[each.name][0]:.4f} " if peers else f"{each.name:{width}}         "
            for column in columns:
                line += f"  {column[each.name]:.4f}"
                line += f" {100 * cut(each.name, column[each.name]):6.1f} %" if peers else " " * 9
            print(line + f"  {chosen[each.name]}")
        line = f"{'mean of sets':{width}}         "
        for column in columns:
            line += f"  {sum(column.values()) / len(column):.4f}"
            cuts = [cut(each.name, column[each.name]) for each in bench.sets] if peers else []
            line += f" {100 * sum(cuts) / len(cuts):6.1f} %" if cuts else " " * 9
        print(line)
        for language in dict.fromkeys(each.language for each in bench.sets):
            of = [each.name for each in bench.sets if each.language == language]
            line = f"{'mean of ' + language:{width}}  " + (f"{sum(peers[name][0] for name in of) / len(of):.4f} " if peers else " " * 7)
            print(line + "".join(f"  {sum(column[name] for name in of) / len(of):.4f}         " for column in columns))
        first = results[start][layout]
        composed = {each.name: results[chosen[each.name]][layout][each.name] for each in bench.sets}
        for name, new in [(each.name, results[each.name][layout]) for each in candidates[1:]] + [("left out", composed)]:
            differences = compared(bench, new, first)
            better, worse = sum(each > 0 for each in differences), sum(each < 0 for each in differences)
            by_set = [
                f"{each.name} {100 * (mean(new[each.name]) - mean(first[each.name])):+.2f}"
                f" (p {randomised([new[each.name][topic] - first[each.name][topic] for topic in each.relevant]):.3f})"
                for each in bench.sets
            ]
            print(f"{name} v {start}: {better} topics better, {worse} worse, p {randomised(differences):.4f}")
            print("  in hundredths: " + ", ".join(by_set))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", required=True)
    parser.add_argument("--work", default="target/relevance")
    parser.add_argument("--peers")
    parser.add_argument("--keywords", action="store_true")
    parser.add_argument("--layouts", default=",".join(LAYOUTS))
    parser.add_argument("candidates", nargs="+", metavar="NAME=BINARY[,CONFIG]")
    args = parser.parse_args()
    bench = Bench(args)
    if not bench.sets:
        sys.exit(f"{args.sets}: no folder in it with a qrels.txt")
    candidates = [Candidate(stated) for stated in args.candidates]
    report(bench, candidates, bench.run_all(candidates))


if __name__ == "__main__":
    main()
