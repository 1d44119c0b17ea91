#!/usr/bin/env python3
"""What a checkpoint costs: the reference run with one after every second epoch, so that each epoch during which one is written lies between two without.

Wall-clock and processor time from the line of one epoch to that of the next: the checkpoint before it written, trained, evaluated, stored.
From the root of the repository on a quiet machine, after `./runner data fetch mnist`:  tests/AeVae.Benchmarks/checkpoint_cost.py [--checkpoints N] [--folder DIR]
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


def epochs_of(folder, epochs):
    """Wall-clock and processor seconds of each epoch but the first, in which the program is still being compiled."""
    command = [ROOT / "runner", "--db", f"{folder}/results.db", "run", EXPERIMENT, "--no-report", "--json",
               "--set", "checkpoint.every=2", "--set", f"train.epochs={epochs + 1}"]
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
    return [[end - begin for begin, end in zip(*pair)] for pair in zip(finished, finished[1:])]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--checkpoints", type=int, default=30)
    options.add_argument("--folder", default=ROOT / "artifacts", help="where results and checkpoints go: decides the disk [default: artifacts/]")
    arguments = options.parse_args()
    if arguments.checkpoints < 1:
        options.error("at least 1 checkpoint")
    pathlib.Path(arguments.folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        # Epochs 2, 3, 4, …: the odd ones begin with a checkpoint to be written.
        seconds = epochs_of(folder, 2 * arguments.checkpoints + 2)
    costs = []
    print("epoch  before, with, after: wall-clock s  cost: wall, processor")
    for i in range(1, len(seconds), 2):
        before, during, after = seconds[i - 1:i + 2]
        costs.append([100 * (2 * dear / (one + other) - 1) for one, dear, other in zip(before, during, after)])
        print(f"{i + 2:5}  {before[0]:15.3f} {during[0]:6.3f} {after[0]:6.3f} {costs[-1][0]:15.1f} % {costs[-1][1]:6.1f} %")
    (wall, processor) = (statistics.median(cost) for cost in zip(*costs))
    print(f"a checkpoint after every epoch costs {wall:.1f} % of the time and {processor:.1f} % of the processor (medians of {len(costs)} checkpoints)")
    print(f"fastest epoch: {min(wall for wall, _ in seconds[1::2]):.3f} s with a checkpoint, {min(wall for wall, _ in seconds[0::2]):.3f} s without")
    if wall >= LIMIT_PERCENT:
        sys.exit(f"more than {LIMIT_PERCENT} %: on a busy machine take more checkpoints")


if __name__ == "__main__":
    main()
