#!/usr/bin/env python3
"""The reports' race: our command beside Typst and WeasyPrint, in one run. Prints tables, asserts nothing about time.

race.py KETNOI FOLDER [PEERS-PYTHON]   FOLDER is emptied; without PEERS-PYTHON our own figures alone

Ours reads a registry in SQLite, works the figures out and writes a tagged, archivable file with its model attached. The
peers get the finished texts of that model as a document in their own language, the widths of columns worked out: what they
are measured at is making the PDF alone.
"""

import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
RUNS = int(os.environ.get("KETNOI_BENCH_RUNS", "10"))
SLOW_RUNS = min(RUNS, 3)
LONG = 21  # programmes with a long report: one to be measured alone, the others to measure the warm process
PEERS_LONG = 6
SUMMARIES = int(os.environ.get("KETNOI_BENCH_SUMMARIES", "1000"))
PEERS = [
    ("typst", "tagged", RUNS, "Typst {}, tagged, its default"),
    ("typst", "archive", RUNS, "Typst {}, PDF/A-3a + UA-1, model attached"),
    ("weasyprint", "plain", SLOW_RUNS, "WeasyPrint {}, untagged, its default"),
    ("weasyprint", "tagged", SLOW_RUNS, "WeasyPrint {}, PDF/UA-1, model attached"),
]


class Run:
    """A process that ended: wall and processor time in seconds, peak memory in MB, what it printed."""

    def __init__(self, command, **options):
        # This process stays small: what a child is said to have used at the most counts from before its `exec`.
        before = time.perf_counter()
        child = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
        self.out = child.stdout.read().decode("utf-8", "replace")
        _, status, used = os.wait4(child.pid, 0)
        self.wall = time.perf_counter() - before
        child.returncode = os.waitstatus_to_exitcode(status)
        self.cpu, self.memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        self.sound = child.returncode == 0
        if not self.sound:
            print(f"FAILED: {' '.join(map(str, command))}\n{self.out.strip()}", file=sys.stderr)

    def told(self):
        return json.loads(self.out.strip().splitlines()[-1])


def median(runs, what):
    return statistics.median(getattr(r, what) for r in runs)


def tool(*command) -> str:
    if not shutil.which(command[0]):
        return ""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def pages_of(pdf) -> int:
    found = re.search(r"^Pages:\s+(\d+)", tool("pdfinfo", str(pdf)), re.M)
    return int(found[1]) if found else 0


def words_of(pdf) -> int:
    return len(tool("pdftotext", str(pdf), "-").split())


def row(label, *cells):
    print(f"  {label:<52}" + "".join(f"{c:>11}" for c in cells))


class Race:
    def __init__(self, ketnoi, folder, python):
        self.ketnoi, self.folder, self.python = ketnoi, folder, python
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("KETNOI_")} | {"KETNOI_LOG": "warn"}

    def ours(self, database, *arguments) -> Run:
        url = f"sqlite://{self.folder / database}"
        return Run([self.ketnoi, "--database-url", url, *arguments], cwd=self.folder, env=self.env)

    def registry(self, what, name, count) -> bool:
        """Whether a registry of invented programmes was made."""
        data = self.folder / name
        subprocess.run([sys.executable, str(HERE / "registry.py"), what, str(data), str(count)], check=True)
        return self.ours(f"{name}.db", "migrate", "up").sound and self.ours(f"{name}.db", "import", "registry", data).sound

    def report(self, number, out, form="pdf") -> Run:
        what = ["report", "race", "--reports", HERE / "definitions", "--programme", f"RACE-LONG-{number:02}", "--lang", "vi"]
        return self.ours("long.db", *what, "--format", form, "--out", out)

    def batch(self, database, out, *arguments) -> Run:
        return self.ours(database, "report", "batch", "--langs", "vi", *arguments, "--out", self.folder / out)

    def peer(self, name, *arguments) -> Run:
        return Run([self.python, HERE / f"{name}_peer.py", *arguments], cwd=self.folder)

    def peers(self):
        """The peers that are there and whose documents could be made, with their versions."""
        if not self.python:
            return []
        found = {}
        for name in dict.fromkeys(p[0] for p in PEERS):
            seen = subprocess.run(
                [self.python, "-c", f"import {name}, importlib.metadata as m; print(m.version('{name}'))"],
                capture_output=True, text=True, check=False,
            )
            if seen.returncode:
                why = (seen.stderr.strip().splitlines() or ["no reason given"])[-1]
                print(f"skipped: {name}, which Python cannot load ({why})")
                continue
            made = [self.peer(name, "make", self.folder / f"model-{n}.json", self.folder / f"{name}-{n}") for n in range(1, PEERS_LONG + 1)]
            if all(m.sound for m in made):
                found[name] = seen.stdout.strip()
        return [(name, kind, runs, label.format(found[name])) for name, kind, runs, label in PEERS if name in found]

    def whole(self, peers):
        """One report, one process."""
        pdf = self.folder / "ours.pdf"
        lanes = [("ketnoi, PDF/A-3a + UA-1, model attached", RUNS, lambda: self.report(1, pdf), pdf)]
        for name, kind, runs, label in peers:
            out = self.folder / f"{name}-{kind}.pdf"
            make = lambda name=name, kind=kind, out=out: self.peer(name, "render", self.folder / f"{name}-1", kind, out)  # noqa: E731
            lanes.append((label, runs, make, out))
        sound = [lane for lane in lanes if lane[2]().sound]  # the first run of each fills the caches of the system
        done = {lane[0]: [] for lane in sound}
        for turn in range(RUNS):
            for label, runs, make, _ in sound:
                if turn < runs:
                    done[label].append(make())
        model = json.loads((self.folder / "model-1.json").read_bytes())
        rows = sum(len(b["table"]["rows"]) for s in model["sections"] for b in s["blocks"] if "table" in b)
        slow = f" (WeasyPrint {SLOW_RUNS}), by turns" if peers else ""
        print(f"\nOne report, whole process: {rows} rows of table in Vietnamese; medians of {RUNS} runs{slow}")
        row("", "ms", "ratio", "inside ms", "cpu ms", "MB", "pages", "words", "kB")
        first, base_pages = None, pages_of(pdf)
        for label, _, _, out in sound:
            runs = [r for r in done[label] if r.sound]
            wall = median(runs, "wall")
            first = first or wall
            inside = "" if out == pdf else f"{statistics.median(r.told()['inside'] for r in runs) * 1e3:.0f}"
            pages = pages_of(out)
            row(
                label, f"{wall * 1e3:.0f}", f"{wall / first:.1f}", inside, f"{median(runs, 'cpu') * 1e3:.0f}", f"{median(runs, 'memory'):.0f}",
                pages or "?", words_of(out) or "?", f"{out.stat().st_size / 1000:.0f}",
            )
            if base_pages and abs(pages - base_pages) > base_pages * 0.2:
                print(f"  not equivalent: {pages} pages beside our {base_pages}")
        if peers:
            print("  ours: from the registry's tables on. Theirs: from finished texts on; inside: without the start of Python")
        return base_pages

    def warm(self, peers, pages):
        """One process, one long report after the other."""
        base = [self.batch("one.db", "long-one", "--report", "race", "--reports", HERE / "definitions") for _ in range(3)]
        many = [self.batch("long.db", "long-all", "--report", "race", "--reports", HERE / "definitions") for _ in range(3)]
        if not all(r.sound for r in base + many):
            return
        each = (median(many, "wall") - median(base, "wall")) / (LONG - 1)
        print("\nThe same, warm: one process, one document after the other, each with other figures")
        row("", "ms", "ratio", "pages/s", "MB")

        def line(label, seconds, memory):
            row(label, f"{seconds * 1e3:.1f}", f"{seconds / each:.1f}", f"{pages / seconds:.0f}" if pages else "?", f"{memory:.0f}")

        line(f"ketnoi report batch, each of {LONG - 1}, one thread", each, median(many, "memory"))
        for name, kind, _, label in peers:
            folders = [self.folder / f"{name}-{n}" for n in range(1, PEERS_LONG + 1)]
            run = self.peer(name, "warm", kind, self.folder / "warm.pdf", *folders)
            if run.sound:
                told = run.told()
                line(label, statistics.median(told["other"]), run.memory)
                if "same" in told:
                    line("  the very same document again, from its memory", statistics.median(told["same"]), run.memory)
        if peers:
            print("  ours reads the registry for each; theirs have the text. Typst uses all processors")

    def summaries(self):
        """All programmes of a large registry, by our command alone."""
        if not self.registry("many", "many", SUMMARIES):
            return
        # Once to fill the system's caches, once to be measured.
        run = [self.batch("many.db", "summaries") for _ in range(2)][-1]
        if not run.sound:
            return
        files = sorted((self.folder / "summaries").iterdir())
        found = re.search(r"(\d+) reports with (\d+) pages", run.out)
        reports = len(files)
        pages = int(found[2]) if found else sum(map(pages_of, files))
        sizes = [f.stat().st_size for f in files]
        print(f"\n{reports} summaries in one process: {run.wall:.1f} s, {pages} pages")
        row("", "ms/page", "ms/report", "pages/s", "cpu s", "MB", "median kB", "largest kB")
        row(
            "ketnoi report batch --langs vi", f"{run.wall * 1e3 / pages:.2f}", f"{run.wall * 1e3 / reports:.1f}", f"{pages / run.wall:.0f}", f"{run.cpu:.1f}",
            f"{run.memory:.0f}", f"{statistics.median(sizes) / 1000:.0f}", f"{max(sizes) / 1000:.0f}",
        )

    def run(self):
        # What fails says so where it fails; the rest still runs as far as it can.
        if not (self.registry("long", "long", LONG) and self.registry("long", "one", 1)):
            return
        wanted = PEERS_LONG if self.python else 1
        if not all(self.report(n, self.folder / f"model-{n}.json", "json").sound for n in range(1, wanted + 1)):
            return
        peers = self.peers()
        pages = self.whole(peers)
        self.warm(peers, pages)
        self.summaries()


def main() -> None:
    ketnoi, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if not tool("pdfinfo", "-v") and not shutil.which("pdfinfo"):
        print("skipped: counts of pages and words (needs poppler-utils)")
    print(f"{os.cpu_count()} processors")
    Race(ketnoi, folder, sys.argv[3] if len(sys.argv) > 3 else "").run()


if __name__ == "__main__":
    main()
