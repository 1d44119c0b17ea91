#!/usr/bin/env python3
"""What a checkpoint after every epoch costs: the reference run with it and without, in turn; from epoch to epoch by the wall clock, stored and evaluated.

From the root of the repository, after `./runner data fetch mnist`:  tests/AeVae.Benchmarks/checkpoint_cost.py [--rounds N] [--epochs N]
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXPERIMENT = "experiments/pytorch-example.yaml"


def epoch_seconds(folder, every, epochs):
    """Seconds between the lines of two epochs, without the first epoch, in which the program is still being compiled."""
    command = [ROOT / "runner", "--db", f"{folder}/results.db", "run", EXPERIMENT, "--no-report", "--json",
               "--set", f"checkpoint.every={every}", "--set", f"train.epochs={epochs + 1}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        finished = []
        for line in process.stdout:
            if json.loads(line)["event"] == "epoch":
                finished.append(time.monotonic())
                # The last epoch always has a checkpoint, and nobody needs the final evaluation here.
                if len(finished) == epochs:
                    process.terminate()
    return [after - before for before, after in zip(finished, finished[1:])]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--epochs", type=int, default=6, help="epochs of each run, of which the first is not counted")
    arguments = options.parse_args()
    seconds = {0: [], 1: []}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(arguments.rounds):
            for every in (0, 1) if turn % 2 == 0 else (1, 0):
                seconds[every] += epoch_seconds(folder, every, arguments.epochs)
    without, with_it = statistics.median(seconds[0]), statistics.median(seconds[1])
    for every, times in seconds.items():
        print(f"checkpoint.every={every}: median {statistics.median(times):.3f} s per epoch, quickest {min(times):.3f} s, {len(times)} epochs")
    print(f"a checkpoint after every epoch costs {100 * (with_it / without - 1):.1f} % of it (median), {100 * (min(seconds[1]) / min(seconds[0]) - 1):.1f} % (quickest)")


if __name__ == "__main__":
    main()
