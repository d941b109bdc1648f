"""`prefill update FILE...`: refresh what prefill wrote in documents."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from prefill.cli.common import OK, budget, common, progress, repository, say


def run(arguments: Sequence[str]) -> int:
    """Write the documents whose values are prefill's own and have changed."""
    parser = argparse.ArgumentParser(
        prog="prefill update",
        description="Refresh what prefill wrote in documents. Placeholders and what a person wrote stay as they are.",
        allow_abbrev=False,
    )
    parser.add_argument("files", metavar="FILE", nargs="+", help="a task document")
    repository(parser)
    budget(parser)
    parser.add_argument(
        "--diff", "--dry-run", action="store_true", dest="diff", help="show what would change, write nothing"
    )
    parser.add_argument("--force", action="store_true", help="also replace values that a person wrote")
    common(parser)
    args = parser.parse_args(arguments)
    from prefill.documents import Sources, refresh

    with progress(args.quiet) as tell:
        sources = Sources(args.repo, args.app, args.budget, tell)
        results = [refresh(path, sources, force=args.force, dry_run=args.diff) for path in args.files]
    for result in results:
        if result.text is not None:
            sys.stdout.buffer.write(result.text)
        if not args.quiet:
            for line in result.messages:
                say(f"prefill: {line}")
    return OK
