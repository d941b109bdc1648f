"""`prefill new TITLE`: the next task document of a repository, from its own template, filled."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from prefill.cli.common import OK, analysed, budget, common, progress, rendered, repository, say


def run(arguments: Sequence[str]) -> int:
    """Write the document and print its path."""
    parser = argparse.ArgumentParser(
        prog="prefill new",
        description="The next numbered file in the repository's task folder, named as its neighbours are, from the repository's "
        "own task template where it has one, filled. Its path goes to standard output.",
        allow_abbrev=False,
    )
    parser.add_argument("title", metavar="TITLE", help="the task's title")
    parser.add_argument("--goal", metavar="TEXT", help="the task's goal")
    parser.add_argument(
        "--folder", metavar="FOLDER", help="the folder of the task documents (default: the one that is in use)"
    )
    parser.add_argument("--template", metavar="FILE", help="a Markdown template (default: the repository's own)")
    parser.add_argument("--dry-run", action="store_true", help="print the path and the document, write nothing")
    repository(parser)
    budget(parser)
    common(parser)
    args = parser.parse_args(arguments)
    from prefill.documents import Wanted, next_document, produce

    with progress(args.quiet) as tell:
        analysis = analysed(args.repo or ".", args.app, tell)
        labels = rendered(analysis)
    path = next_document(analysis, args.title, args.folder)
    full = os.path.join(analysis.repository.root, path)
    wanted = Wanted(
        output=None if args.dry_run else full,
        template=args.template,
        title=args.title,
        goal=args.goal,
        budget=args.budget,
    )
    if not args.dry_run:
        os.makedirs(os.path.dirname(full), exist_ok=True)
    result = produce(wanted, analysis, labels, root=analysis.repository.root)
    sys.stdout.write(f"{path}\n")
    sys.stdout.flush()
    if result.text is not None:
        sys.stdout.buffer.write(result.text)
    if not args.quiet:
        for line in result.messages:
            say(f"prefill: {line}")
    return OK
