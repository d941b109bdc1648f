"""`prefill analyzers`: what is loaded, from where, what it reads."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from prefill.cli.common import DIFFERENT, OK, say, write_json


def run(arguments: Sequence[str]) -> int:
    """Print the analyzers; 1 when one of another distribution could not be loaded."""
    parser = argparse.ArgumentParser(
        prog="prefill analyzers", description="The analyzers that are loaded, from where, and what they read."
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to write it (default: text)")
    args = parser.parse_args(arguments)
    from prefill import registry

    loaded, problems = registry.load()
    if args.format == "json":
        write_json(
            [
                {
                    "name": analyzer.name,
                    "from": origin,
                    "reads": analyzer.reads,
                    "packages": list(analyzer.packages),
                    "files": list(analyzer.files),
                }
                for analyzer, origin in loaded
            ]
        )
    else:
        width = max(len(analyzer.name) for analyzer, _ in loaded)
        for analyzer, origin in loaded:
            enabled = [f"packages {', '.join(analyzer.packages)}"] if analyzer.packages else []
            enabled += [f"files {', '.join(analyzer.files)}"] if analyzer.files else []
            when = " or ".join(enabled) or "every repository"
            sys.stdout.write(
                f"{analyzer.name:{width}}  {analyzer.reads}\n{'':{width}}  from {origin}; runs for {when}\n"
            )
    for problem in problems:
        say(f"prefill: {problem.path}: {problem.message}")
    return DIFFERENT if problems else OK
