"""Trains trials of a sweep one by one on one thread, and several at once on as many, in turn, and compares trials per second and every bit."""
import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
EXPERIMENT = """\
name: sweep-throughput
data: {{dataset: {dataset}, validation: {validation}, train_limit: {images}}}
model: {{type: vae, encoder: [400], latent_dim: 20}}
train: {{epochs: {epochs}, batch_size: 128}}
sweep: {{seeds: [{seeds}]}}
"""
VALIDATION = {"synthetic": 1_000}     # of 6,000 images; others have 60,000 or more


class Sweep:
    """What one command did, as it tells itself."""

    def __init__(self, options, file, folder, parallel, trials):
        command = [*shlex.split(options.runner), "sweep", str(file), "--json", "--no-report", "--db", str(folder / "results.db"), "--data", str(options.data),
                   "-j", str(parallel), "--threads", str(parallel), *(f"--trial={trial}" for trial in trials)]
        process = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if process.returncode != 0:
            sys.exit(f"sweep-throughput: this ended with exit code {process.returncode} (its own message is above):\n  {shlex.join(command)}")
        events = [json.loads(line) for line in process.stdout.splitlines()]
        ended = [event for event in events if event["event"] == "trial_end"]
        epochs = [event for event in events if event["event"] == "epoch"]
        self.seconds = max(event["seconds"] for event in ended)     # all trials of a command begin together
        self.epoch = statistics.median(event["seconds"] for event in epochs)
        self.digests = {(event["trial"], event["epoch"]): event["parameters_sha256"] for event in epochs}


def cpu():
    try:
        facts = dict(line.split(":", 1) for line in Path("/proc/cpuinfo").read_text().split("\n\n")[0].replace("\t", "").splitlines())
        return f"{facts['model name'].strip()} (family {facts['cpu family'].strip()}, model {facts['model'].strip()})"
    except (OSError, KeyError):
        return "unknown"


def main():
    parser = argparse.ArgumentParser(prog="sweep-throughput.sh", description=__doc__)
    parser.add_argument("--parallel", type=int, default=os.cpu_count(), help="trials at once [default: one for each core, %(default)s]")
    parser.add_argument("--rounds", type=int, default=5, help="[default: %(default)s]")
    parser.add_argument("--epochs", type=int, default=3, help="of each trial [default: %(default)s]")
    parser.add_argument("--dataset", default="mnist", help="such as synthetic, which needs no download [default: %(default)s]")
    parser.add_argument("--images", type=int, default=50_000, help="training images, at most [default: %(default)s]")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder [default: that of the project]")
    parser.add_argument("--runner", default=str(ROOT / "runner"), help="the program [default: %(default)s]")
    options = parser.parse_args()

    n = options.parallel
    alone, together, compared = [], [], set()
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "sweep-throughput.yaml"
        file.write_text(EXPERIMENT.format(dataset=options.dataset, validation=VALIDATION.get(options.dataset, 10_000), images=options.images, epochs=options.epochs, seeds=", ".join(map(str, range(n)))))
        print(f"- CPU: {cpu()}, {os.cpu_count()} cores; load average before: {os.getloadavg()[0]:.2f}\n")
        print(f"| round | 1 trial on 1 thread, s | {n} trials at once, s | trials per second | s per epoch, alone and beside |")
        print("|--:|--:|--:|--:|--:|")
        for number in range(1, options.rounds + 1):
            trial = (number - 1) % n + 1
            for kind in ("alone", "together") if number % 2 else ("together", "alone"):     # nobody always starts
                folder = Path(scratch) / f"{number}-{kind}"
                folder.mkdir()
                sweep = Sweep(options, file, folder, *((1, [trial]) if kind == "alone" else (n, [])))
                (alone if kind == "alone" else together).append(sweep)
            one, many = alone[-1], together[-1]
            compared.add(trial)
            if any(many.digests.get(key) != digest for key, digest in one.digests.items()):
                sys.exit(f"sweep-throughput: trial {trial} beside others has not the bits that it has alone")
            if many.digests != together[0].digests:
                sys.exit(f"sweep-throughput: trials at once have other bits in round {number} than in round 1")
            print(f"| {number} | {one.seconds:.2f} | {many.seconds:.2f} | {n * one.seconds / many.seconds:.3f} × | {one.epoch:.2f}, {many.epoch:.2f} |", flush=True)
    ratio = {pick.__name__: n * pick([sweep.seconds for sweep in alone]) / pick([sweep.seconds for sweep in together]) for pick in (statistics.median, min)}
    print(f"\n{n} trials at once: **{ratio['median']:.2f}** times the trials per second of one on one thread by the medians, **{ratio['min']:.2f}** by the fastest rounds.")
    print(f"Every epoch has the same SHA-256 alone and beside others, in {len(compared)} of {n} trials (each round trains another of them alone), and in every round, in all {n}.")


if __name__ == "__main__":
    main()
