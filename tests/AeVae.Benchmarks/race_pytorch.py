"""Trains experiments/pytorch-example.yaml in PyTorch and in AeVae, in turn, and compares seconds per epoch, memory and losses."""
import argparse
import datetime
import itertools
import json
import os
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
EXPERIMENT = ROOT / "experiments" / "pytorch-example.yaml"
TRAIN_IMAGES = 60_000
MNIST = [f"{split}-ubyte" for split in ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")]


@dataclass
class Entrant:
    """One program with one setting of its threads, and what was measured of it."""

    program: str
    setting: str
    threads: int                # the most that compute at once
    command: list[str]
    environment: dict[str, str]
    seconds: list[float] = field(default_factory=list)      # of each epoch of each round
    megabytes: list[float] = field(default_factory=list)    # peak resident memory of each round
    start: dict = field(default_factory=dict)
    losses: dict = field(default_factory=dict)

    @property
    def median(self):
        return statistics.median(self.seconds)

    def run(self):
        process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True, env=os.environ | self.environment)
        events = [json.loads(line) for line in process.stdout]
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"race-pytorch: this ended with exit code {process.returncode} (its own message is above):\n  {shlex.join(self.command)}")
        epochs = [event for event in events if event["event"] == "epoch"]
        self.start = events[0]
        self.seconds += [epoch["seconds"] for epoch in epochs]
        self.megabytes.append(usage.ru_maxrss / 1000)       # Linux counts kilobytes
        self.losses = {"train": epochs[-1]["train.loss"], "test": events[-1]["test.loss"]}
        print(f"  {self.program}, {self.setting}:", *(f"{epoch['seconds']:.2f}" for epoch in epochs), "s", file=sys.stderr)


def enter(options, batch, data, scratch):
    counts = sorted({1, options.threads})
    pytorch = [sys.executable, str(HERE / "pytorch_vae.py"), str(data / "mnist"), "--epochs", str(options.epochs), "--batch", str(batch)]
    for omp, openblas in itertools.product(counts, counts):
        yield Entrant("PyTorch", f"OMP_NUM_THREADS={omp} OPENBLAS_NUM_THREADS={openblas}", max(omp, openblas), pytorch,
                      {"OMP_NUM_THREADS": str(omp), "OPENBLAS_NUM_THREADS": str(openblas)})
    for threads in counts:
        yield Entrant("AeVae", f"--threads {threads}", threads, [
            str(ROOT / "runner"), "run", str(EXPERIMENT), "--json", "--no-report", "--threads", str(threads),
            "--db", str(scratch / "results.db"), "--data", str(data),
            "--set", f"train.epochs={options.epochs}", "--set", f"eval.every={options.epochs}", "--set", f"train.batch_size={batch}",
        ], {})


def race(options, batch, data, scratch):
    entrants = list(enter(options, batch, data, scratch))
    for number in range(options.rounds):
        print(f"batch {batch}, round {number + 1} of {options.rounds}", file=sys.stderr)
        for place in range(len(entrants)):
            entrants[(place + number) % len(entrants)].run()     # nobody always starts
    return entrants


def ratio(entrants, threads):
    """PyTorch's best setting against AeVae, within a number of threads."""
    best = min((e for e in entrants if e.program == "PyTorch" and e.threads <= threads), key=lambda e: e.median)
    ours = next(e for e in entrants if e.program == "AeVae" and e.threads == threads)
    return f"**{best.median / ours.median:.2f}** on {threads} thread{'s' if threads > 1 else ''}: {best.median:.2f} s ({best.setting}) ÷ {ours.median:.2f} s"


def table(options, batch, entrants):
    lines = [
        f"## Batch {batch}", "",
        "| program | threads | median s per epoch | fastest … slowest | images/s | peak memory, MB | train loss | test loss |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for e in entrants:
        lines.append(f"| {e.program} | `{e.setting}` | {e.median:.2f} | {min(e.seconds):.2f} … {max(e.seconds):.2f} | {TRAIN_IMAGES / e.median:,.0f} "
                     f"| {max(e.megabytes):.0f} | {e.losses['train']:.2f} | {e.losses['test']:.2f} |")
    lines += ["", "PyTorch's best setting ÷ AeVae, medians:", ""]
    lines += [f"- {ratio(entrants, threads)}" for threads in sorted({1, options.threads}, reverse=True)]
    return lines


def head(options, doctor, pytorch):
    peak = doctor["peak"]
    return [
        f"# PyTorch and AeVae on {machine(doctor)}", "",
        f"- Command: `tests/AeVae.Benchmarks/race-pytorch.sh{''.join(' ' + shlex.quote(a) for a in sys.argv[1:])}`, "
        f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d}",
        f"- CPU: {doctor['processor']}{cpu_family()}, {peak['threads']} physical cores; fused multiply-add "
        f"peak {peak['gflops_on_1_thread']:.0f} GFLOP/s on 1 thread, {peak['gflops']:.0f} on {peak['threads']}",
        f"- AeVae: {revision()}; {doctor['system']}",
        f"- PyTorch: {pytorch['pytorch']}{packages()}, {pytorch['blas'] or 'its own matrix library'}, Python {pytorch['python']}",
        f"- Recipe: experiments/pytorch-example.yaml, 60,000 images per epoch; epochs {options.epochs}, rounds {options.rounds}, every setting once per round. "
        f"Load average before: {options.load:.2f}",
        "- Seconds are those of training alone, losses nats per image in and after the last epoch, memory the peak of the whole process (AeVae's with its final "
        "evaluation and baselines)",
        "",
    ]


def revision():
    git = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"], capture_output=True, text=True)
    return f"commit {git.stdout.strip()}" if git.returncode == 0 else "no git checkout"


def packages():
    """Debian's version of PyTorch, which the number in the library hides."""
    query = ["dpkg-query", "--show", "--showformat", "${Version}", "python3-torch"]
    try:
        found = subprocess.run(query, capture_output=True, text=True)
    except FileNotFoundError:
        return ""
    return f" (python3-torch {found.stdout})" if found.returncode == 0 and sys.executable.startswith("/usr/bin/") else ""


def machine(doctor):
    """What tells machines apart; the benchmarks' Program.cs names its file by the same words."""
    return f"{doctor['processor']}{cpu_family()}, {doctor['peak']['threads']} cores, {doctor['arithmetic']}"


def cpu_family():
    """Tells processors apart that have one name, as virtual machines have; empty off x86."""
    values = dict(re.findall(r"^(cpu family|model)\s*: (\d+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE))
    return f" (family {values['cpu family']}, model {values['model']})" if len(values) == 2 else ""


def physical_cores():
    """Cores that this process may use, as AeVae counts them."""
    available = len(os.sched_getaffinity(0))
    siblings = {path.read_text() for path in Path("/sys/devices/system/cpu").glob("cpu[0-9]*/topology/thread_siblings_list")}
    return min(available, len(siblings) or available)


def examine():
    """What `runner doctor` says; builds the program first where that is needed."""
    doctor = subprocess.run([str(ROOT / "runner"), "doctor", "--json"], stdout=subprocess.PIPE, text=True)
    if doctor.returncode != 0:
        sys.exit("race-pytorch: ./runner doctor fails (its message is above); AeVae has to build first.")
    return json.loads(doctor.stdout)


def require_mnist(data):
    missing = [name for name in MNIST if not (data / "mnist" / name).exists() and not (data / "mnist" / f"{name}.gz").exists()]
    if missing:
        sys.exit(f"race-pytorch: {data / 'mnist'} lacks {', '.join(missing)}. Fetch them: {ROOT / 'runner'} data fetch mnist --data {shlex.quote(str(data))}")


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def read_options():
    parser = argparse.ArgumentParser(prog="race-pytorch.sh", description=__doc__)
    parser.add_argument("--epochs", type=positive, default=3, help="epochs of one training [default: 3]")
    parser.add_argument("--rounds", type=positive, default=5, help="times that each setting trains [default: 5]")
    parser.add_argument("--batch", type=positive, nargs="+", default=[128, 64], help="images per step [default: 128 64]")
    parser.add_argument("--threads", type=positive, default=physical_cores(), help="threads of the faster settings; 1 is always tried too [default: the physical cores]")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("RUNNER_DATA") or ROOT / "data"), help="folder of the data sets [default: data/, env RUNNER_DATA]")
    parser.add_argument("--quick", action="store_true", help="one epoch, one round, batch 128: a look that is printed and not kept")
    options = parser.parse_args()
    options.load = os.getloadavg()[0]
    if options.quick:
        options.epochs, options.rounds, options.batch = 1, 1, [128]
    return options


def main():
    options = read_options()
    data = options.data.resolve()
    require_mnist(data)
    if options.load > 0.5:
        print(f"race-pytorch: other work is running (load average {options.load:.2f}); the figures will be worth little.", file=sys.stderr)
    doctor = examine()
    with tempfile.TemporaryDirectory(prefix="race-pytorch") as scratch:
        races = {batch: race(options, batch, data, Path(scratch)) for batch in options.batch}
    pytorch = next(iter(races.values()))[0].start
    lines = head(options, doctor, pytorch)
    for batch, entrants in races.items():
        lines += [*table(options, batch, entrants), ""]
    text = "\n".join(lines)
    print(text)
    if options.quick:
        return
    slug = re.sub("[^a-z0-9]+", "-", machine(doctor).lower())
    path = HERE / "results" / f"{slug}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"written to {path}", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
