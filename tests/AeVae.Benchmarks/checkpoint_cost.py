#!/usr/bin/env python3
"""What a checkpoint after every epoch costs: the reference run with it and without, in pairs, one right after the other, each first in every second pair.

Wall-clock and processor time from the line of one epoch to that of the next: trained, evaluated, stored, and the checkpoint before it written.
From the root of the repository on a quiet machine, after `./runner data fetch mnist`:  tests/AeVae.Benchmarks/checkpoint_cost.py [--pairs N] [--epochs N] [--folder DIR]
"""
import argparse
import json
import os
import pathlib
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXPERIMENT = "experiments/pytorch-example.yaml"
LIMIT_PERCENT = 3


def processor_seconds(process):
    """User and system time of all its threads so far."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def epochs_of(folder, every, epochs):
    """Wall-clock and processor seconds of an epoch: means over the run without its first, in which the program is still being compiled."""
    command = [ROOT / "runner", "--db", f"{folder}/results.db", "run", EXPERIMENT, "--no-report", "--json",
               "--set", f"checkpoint.every={every}", "--set", f"train.epochs={epochs + 1}"]
    finished = []
    with tempfile.TemporaryFile("w+") as errors, subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True) as process:
        for line in process.stdout:
            if json.loads(line)["event"] == "epoch":
                finished.append((time.monotonic(), processor_seconds(process)))
                # The last epoch always has a checkpoint, and nobody needs the final evaluation here.
                if len(finished) == epochs:
                    process.terminate()
        process.wait()
        if len(finished) < epochs:
            errors.seek(0)
            print(f"checkpoint_cost: this ended with exit code {process.returncode} after {len(finished)} of {epochs} epochs:\n  {shlex.join(map(str, command))}\n{errors.read()}", end="", file=sys.stderr)
            sys.exit(2)
    return [(end - begin) / (epochs - 1) for begin, end in zip(finished[0], finished[-1])]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pairs", type=int, default=8)
    options.add_argument("--epochs", type=int, default=6, help="epochs of each run, of which the first is not counted")
    options.add_argument("--folder", default=ROOT / "artifacts", help="where results and checkpoints go: decides the disk [default: artifacts/]")
    arguments = options.parse_args()
    if arguments.pairs < 1 or arguments.epochs < 2:
        options.error("at least 1 pair of 2 epochs")
    pathlib.Path(arguments.folder).mkdir(parents=True, exist_ok=True)
    costs = []
    print("pair  without: wall, processor s/epoch  with: wall, processor s/epoch  cost: wall, processor")
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        for pair in range(arguments.pairs):
            seconds = {every: epochs_of(folder, every, arguments.epochs) for every in ((0, 1) if pair % 2 == 0 else (1, 0))}
            costs.append([100 * (dear / cheap - 1) for cheap, dear in zip(seconds[0], seconds[1])])
            print(f"{pair + 1:4}  {seconds[0][0]:13.3f} {seconds[0][1]:8.3f} {seconds[1][0]:23.3f} {seconds[1][1]:8.3f} {costs[-1][0]:20.1f} % {costs[-1][1]:6.1f} %", flush=True)
    (wall, processor) = (statistics.median(cost) for cost in zip(*costs))
    print(f"a checkpoint after every epoch costs {wall:.1f} % of the time and {processor:.1f} % of the processor (medians of {len(costs)} pairs)")
    if wall >= LIMIT_PERCENT:
        sys.exit(f"more than {LIMIT_PERCENT} %: on a busy machine take more pairs")


if __name__ == "__main__":
    main()
