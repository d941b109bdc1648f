"""`prefill [PATH]`: the task document, its section 2, or the facts."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from prefill import __version__
from prefill.cli.common import (
    DIFFERENT,
    OK,
    analysed,
    budget,
    common,
    document_root,
    formatter,
    label_named,
    progress,
    rendered,
    say,
    write_json,
)
from prefill.model import LABELS, Label

if TYPE_CHECKING:
    from prefill.engine import Analysis
    from prefill.render import RenderedLabel

HELP = """\
Fill section 2 (technology, architecture, current state) of an AI task document with facts from a repository:
exact versions, the live gate, the schema, the components, each with the place that says it. Offline; nothing of
the repository is run. The document goes to standard output, everything else to standard error.
"""

EXAMPLES = """\
examples:
  prefill                                      the task document for the repository of this folder
  prefill ../shop --app apps/web               for one app of a monorepo
  prefill -o ai_docs/tasks/007_invoices.md --title "Add invoice export"
                                               write a file, or refresh what prefill wrote in it
  prefill --format section | pbcopy            section 2 alone
  prefill --format json | jq .analyzers.middleware

commands:
  prefill check FILE...                        exit 1 if a document no longer says what the repository says
  prefill update FILE...                       refresh what prefill wrote in documents
  prefill explain [LABEL]                      where each statement of a label comes from
  prefill new TITLE                            the next task document of the repository, filled
  prefill analyzers                            what is loaded, from where, what it reads
  (a folder that is named like a command is written ./check)

exit status: 0 done; 1 --strict found a problem; 2 a wrong argument or input
"""


def run(arguments: Sequence[str]) -> int:
    """Fill a document, and say on standard error what was done."""
    parser = argparse.ArgumentParser(
        prog="prefill",
        description=HELP,
        epilog=EXAMPLES,
        formatter_class=formatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("path", metavar="PATH", nargs="?", default=".", help="a repository, or a folder in one (default: .)")
    add("-o", "--output", metavar="FILE", help="write FILE; if it exists, merge into it")
    add("--diff", "--dry-run", action="store_true", dest="diff", help="show what --output would change, write nothing")
    add(
        "--template",
        metavar="FILE",
        help="a Markdown template, no markers needed (default: the repository's own task template where one has the section, "
        "which is said; else the built-in)",
    )
    add("--app", metavar="PATH", help="which app of a monorepo (default: chosen, and said why)")
    add("--title", metavar="TEXT", help="the task's title, for section 1")
    add("--goal", metavar="TEXT", help="the task's goal, for section 1")
    add(
        "--format",
        choices=("md", "section", "json"),
        default="md",
        help="the whole document (md, the default), section 2 alone, or the facts as JSON",
    )
    add(
        "--label",
        metavar="LABEL",
        action="append",
        default=[],
        help="only this label (repeatable): " + "; ".join(LABELS),
    )
    budget(parser)
    add("--keep-placeholders", action="store_true", help="leave the template's placeholder where nothing was detected")
    add("--force", action="store_true", help="with --output: also replace values that a person wrote")
    add("--strict", action="store_true", help="exit 1 when something could not be read")
    common(parser)
    add("--version", action="version", version=f"prefill {__version__}")
    args = parser.parse_args(arguments)
    for option, given in (("--diff", args.diff), ("--force", args.force)):
        if given and not args.output:
            parser.error(f"{option} is about a document: name it with --output")
    if args.output and args.format == "json":
        parser.error("--output merges into a document; for the facts use --format json > FILE")
    only: tuple[Label, ...] = tuple(label_named(name) for name in args.label)

    started = time.monotonic()
    with progress(args.quiet) as tell:
        analysis = analysed(args.path, args.app, tell)
        tell("writing")
        labels = rendered(analysis, only)
    if args.format == "json":
        _write_facts(analysis, labels)
    else:
        _write_document(args, analysis, labels, only)
    if not args.quiet:
        _summarize(analysis, labels, time.monotonic() - started)
    return DIFFERENT if args.strict and analysis.findings.problems else OK


def _write_facts(analysis: Analysis, labels: tuple[RenderedLabel, ...]) -> None:
    from prefill.render.labels import render_traps
    from prefill.report import report

    write_json(report(analysis, labels, render_traps(analysis.findings)))


def _write_document(
    args: argparse.Namespace, analysis: Analysis, labels: tuple[RenderedLabel, ...], only: tuple[Label, ...]
) -> None:
    from prefill.documents import Wanted, produce

    wanted = Wanted(
        output=args.output,
        template=args.template,
        section_only=args.format == "section",
        title=args.title,
        goal=args.goal,
        budget=args.budget,
        keep_placeholders=args.keep_placeholders,
        force=args.force,
        dry_run=args.diff,
    )
    result = produce(wanted, analysis, labels, only=only, root=document_root(args.output, analysis))
    if result.text is not None:
        sys.stdout.buffer.write(result.text)
    if not args.quiet:
        for line in result.messages:
            say(f"prefill: {line}")


def _summarize(analysis: Analysis, labels: tuple[RenderedLabel, ...], seconds: float) -> None:
    project = analysis.project
    unknown = [label.label for label in labels if label.status == "unknown"]
    app = "" if project.app == "." and not project.candidates else f"app {project.app} ({project.reason}); "
    missing = f"; not detected: {', '.join(unknown)}" if unknown else ""
    say(f"prefill: {app}{len(labels) - len(unknown)} of {len(labels)} labels{missing}; {seconds:.2f} s")
    problems = analysis.findings.problems
    for problem in problems[:5]:
        place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
        say(f"prefill: {place} {problem.message}")
    if len(problems) > 5:
        say(f"prefill: … and {len(problems) - 5} more problems (--format json lists them)")
