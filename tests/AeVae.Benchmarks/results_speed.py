#!/usr/bin/env python3
"""What it takes to look at many results: list and compare with 10,000 runs in the file, a report of 100 runs of 50 epochs. Start of the program and all else included.

The runs are copies of those in results.db with other ids and seeds. From the root of the repository on a quiet machine:  tests/AeVae.Benchmarks/results_speed.py [--turns N]
"""
import argparse
import os
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Everything that belongs to a run and is read when runs are listed, compared or reported.
TABLES = ["run_param", "metric", "metric_summary", "epoch", "artifact", "provenance", "provenance_environment", "provenance_package", "provenance_data_file"]


def file_of(folder, count, epochs, artifacts):
    """A results file of so many runs; each keeps its first epochs alone, and its artifacts where they are asked for."""
    path = pathlib.Path(folder) / f"{count}-runs.db"
    shutil.copy(ROOT / "results.db", path)
    with sqlite3.connect(path) as file:
        file.execute("pragma journal_mode = memory")
        file.execute("delete from metric where epoch > ?", (epochs,))
        file.execute("delete from epoch_tensor where epoch > ?", (epochs,))
        file.execute("delete from epoch where epoch > ?", (epochs,))
        originals = [row[0] for row in file.execute("select id from run where parent_run_id is null and status = 'completed' and epochs_done >= 50 order by id")]
        for i in range(count):
            source = originals[i % len(originals)]
            copy = f"260101-{i // 10000 % 24:02}{i // 100 % 60:02}{i % 60:02}-{i:04}"
            columns = columns_of(file, "run", {"id": copy, "seed": 1000 + i // len(originals), "seal_sha256": None})
            file.execute(f"insert into run ({', '.join(columns)}) select {', '.join(columns.values())} from run where id = ?", (source,))
            for table in TABLES if artifacts else [name for name in TABLES if name != "artifact"]:
                columns = columns_of(file, table, {"run_id": copy})
                file.execute(f"insert into {table} ({', '.join(columns)}) select {', '.join(columns.values())} from {table} where run_id = ?", (source,))
    return path


def columns_of(file, table, replaced):
    """What to select for each column of a table but its running number."""
    known = [(row[1], row[2], row[5]) for row in file.execute(f"pragma table_info({table})")]
    return {name: ("null" if replaced[name] is None else f"'{replaced[name]}'") if name in replaced else name for name, kind, key in known if not (key and kind.lower() == "integer" and name == "id")}


def measure(turns, name, *arguments):
    """The median, fastest and slowest of some turns."""
    seconds = []
    for _ in range(turns + 1):
        begin = time.monotonic()
        subprocess.run([ROOT / "runner", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds.append(time.monotonic() - begin)
    seconds = seconds[1:]   # the first reads the file from the disk
    print(f"{name:44} {statistics.median(seconds):6.2f} s   ({min(seconds):.2f} to {max(seconds):.2f})", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--turns", type=int, default=5)
    turns = options.parse_args().turns
    with tempfile.TemporaryDirectory() as folder:
        many, report = file_of(folder, 10_000, 5, artifacts=False), file_of(folder, 100, 50, artifacts=True)
        print(f"{os.path.getsize(many) / 1e6:.0f} MB of 10,000 runs, {os.path.getsize(report) / 1e6:.0f} MB of 100 runs with all that is stored")
        with sqlite3.connect(report) as file:
            ids = [row[0] for row in file.execute("select id from run where id like '260101-%'")]
        measure(turns, "--version", "--version")
        measure(turns, "list, 10,000 runs", "list", "--db", str(many))
        measure(turns, "list --all, 10,000 runs", "list", "--all", "--db", str(many))
        measure(turns, "compare @1 @2, 10,000 runs", "compare", "@1", "@2", "--db", str(many))
        measure(turns, "report of 100 runs of 50 epochs", "report", *ids, "--db", str(report), "-o", f"{folder}/report")


if __name__ == "__main__":
    main()
