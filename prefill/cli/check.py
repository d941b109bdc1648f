"""`prefill check FILE...`: whether documents still say what the repository says."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from prefill import __version__
from prefill.cli.common import DIFFERENT, OK, budget, common, progress, repository, say, write_json

EPILOG = """\
A document that prefill never wrote is read too: a version, the gate's file, the dialect or the ORM that contradicts the
repository is named, and so are values that are the template's own example, cited paths that do not exist, and placeholders
that were left.

exit status: 0 the documents hold; 1 a difference was found; 2 a wrong argument or input
"""


def run(arguments: Sequence[str]) -> int:
    """Print what no longer holds; 1 when there is anything but a placeholder."""
    parser = argparse.ArgumentParser(
        prog="prefill check",
        description="Exit 1 if a document no longer says what the repository says, and say where.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("files", metavar="FILE", nargs="+", help="a task document")
    repository(parser)
    budget(parser)
    parser.add_argument(
        "--format", choices=("text", "json", "sarif"), default="text", help="how to write it (default: text)"
    )
    common(parser)
    args = parser.parse_args(arguments)
    from prefill.documents import Sources, remarks_on

    with progress(args.quiet) as tell:
        sources = Sources(args.repo, args.app, args.budget, tell)
        found = {path: remarks_on(path, sources) for path in args.files}
    if args.format == "json":
        from prefill.render.check import as_json

        write_json(as_json(found))
    elif args.format == "sarif":
        from prefill.render.check import sarif

        write_json(sarif(found, __version__))
    else:
        from prefill.explain import printable

        for path, remarks in found.items():
            for remark in remarks:
                sys.stdout.write(printable(f"{path}:{remark.line}: {remark.rule}: {remark.message}") + "\n")
    wrong = sum(remark.rule != "placeholder" for remarks in found.values() for remark in remarks)
    if not args.quiet:
        documents = f"{len(found)} document" + ("" if len(found) == 1 else "s")
        say(f"prefill: {documents}, " + (f"{wrong} statements do not hold" if wrong else "what they state holds"))
    return DIFFERENT if wrong else OK
