"""`prefill explain [LABEL]`: each statement, and the places that say it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from prefill.cli.common import OK, analysed, colour, common, label_named, progress, rendered, repository, write_json
from prefill.model import LABELS


def run(arguments: Sequence[str]) -> int:
    """Print the statements of one label, or of all."""
    parser = argparse.ArgumentParser(
        prog="prefill explain",
        description="Where each statement of a label comes from: its text, then the lines of the repository that say it.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "label",
        metavar="LABEL",
        nargs="*",
        help="a label, or the start of one of its words (default: all): " + "; ".join(LABELS),
    )
    repository(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to write it (default: text)")
    common(parser)
    args = parser.parse_args(arguments)
    only = (label_named(" ".join(args.label)),) if args.label else ()
    with progress(args.quiet) as tell:
        analysis = analysed(args.repo or ".", args.app, tell)
        labels = rendered(analysis, only)
    if args.format == "json":
        write_json(
            [
                {
                    "label": label.label,
                    "status": label.status,
                    "statements": [
                        {"text": entry.text, "evidence": [{"path": e.path, "line": e.line} for e in entry.evidence]}
                        for entry in label.entries
                    ],
                    "lookedIn": list(label.looked_in),
                }
                for label in labels
            ]
        )
        return OK
    from prefill.explain import explanation

    sys.stdout.write(explanation(analysis, labels, colour=colour(sys.stdout)))
    return OK
