"""How long a whole run takes on local checkouts: medians, and ratios to `git ls-files` and to a bare interpreter.

    python bench/times.py [--runs N] [--prefill CMD] CHECKOUT …

Every row is measured in one go, the three commands in turn, so that a busy machine slows all of them alike; trust the ratios
more than the times. Memory is the peak of the prefill process.
"""

from __future__ import annotations

import argparse
import os
import shlex
import statistics
import subprocess
import sys
import time
from pathlib import Path


def measure(command: list[str], folder: Path) -> tuple[float, int, int]:
    """(seconds, peak memory in KiB, exit status) of one process."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - started, usage.ru_maxrss, process.returncode


def main() -> int:
    """Print one row a checkout; 1 when a run failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", nargs="+", type=Path, metavar="CHECKOUT")
    parser.add_argument("--runs", type=int, default=7, help="how often each command runs (default: 7)")
    parser.add_argument("--prefill", default=f"{sys.executable} -m prefill", help="the command that is measured")
    parser.add_argument(
        "--format", default="section", choices=("md", "section", "json"), help="what prefill is asked for"
    )
    args = parser.parse_args()
    commands = {
        "prefill": [*shlex.split(args.prefill), ".", "--format", args.format, "--quiet"],
        "git": ["git", "ls-files", "-z"],
        "python": [sys.executable, "-I", "-c", "pass"],
    }
    print(
        f"{'checkout':44} {'files':>6} {'prefill':>9} {'git':>8} {'python':>8} {'x git':>6} {'x python':>8} {'MiB':>5}"
    )
    failed = False
    for folder in args.checkouts:
        listed = subprocess.run(commands["git"], cwd=folder, capture_output=True, check=False).stdout.count(b"\0")
        times: dict[str, list[float]] = {name: [] for name in commands}
        peak = 0
        for run in range(args.runs + 1):
            for name, command in commands.items():
                seconds, memory, status = measure(command, folder)
                if name == "prefill":
                    peak = max(peak, memory)
                    failed |= status != 0
                if run:  # the first round warms the disk
                    times[name].append(seconds)
        median = {name: statistics.median(rows) * 1000 for name, rows in times.items()}
        print(
            f"{folder.name[-44:]:44} {listed:6} {median['prefill']:6.0f} ms {median['git']:5.0f} ms {median['python']:5.0f} ms "
            f"{median['prefill'] / median['git']:6.1f} {median['prefill'] / median['python']:8.1f} {peak / 1024:5.0f}",
            flush=True,
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
