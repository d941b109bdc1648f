"""The command line: what the arguments ask for, standard output for the result alone, standard error for the rest."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from prefill import __version__
from prefill.errors import PrefillError
from prefill.model import LABELS, Label

if TYPE_CHECKING:
    from prefill.engine import Analysis, Progress
    from prefill.render.labels import RenderedLabel

OK, DIFFERENT, WRONG, INTERRUPTED = 0, 1, 2, 130  # exit statuses

MAIN_HELP = """\
Fill section 2 (technology, architecture, current state) of an AI task document with facts from a repository:
exact versions, the live gate, the schema, the components, each with the place that says it. Offline; nothing of
the repository is run. The document goes to standard output, everything else to standard error.
"""

MAIN_EXAMPLES = """\
examples:
  prefill                                      the task document for the repository of this folder
  prefill ../shop --app apps/web               for one app of a monorepo
  prefill -o ai_docs/tasks/007_invoices.md --title "Add invoice export"
                                               write a file, or refresh what prefill wrote in it
  prefill --format section | pbcopy            section 2 alone
  prefill --format json | jq .analyzers.middleware

commands:
  prefill explain LABEL                        where each statement of a label comes from
  prefill analyzers                            what is loaded, from where, what it reads
  (a folder that is named like a command is written ./explain)

exit status: 0 done; 1 --strict found a problem; 2 a wrong argument or input
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (default: the process's own arguments) and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    gc.set_threshold(200_000)  # a run is short, and what it makes is kept to its end: collecting early finds nothing
    command = COMMANDS.get(arguments[0]) if arguments else None
    try:
        status = command(arguments[1:]) if command else fill(arguments)
        sys.stdout.flush()
    except PrefillError as error:
        _say(f"prefill: {error}")
        return WRONG
    except BrokenPipeError:
        # The reader has gone; what Python flushes on exit must not fail again (https://docs.python.org/3/library/signal.html).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def fill(arguments: Sequence[str]) -> int:
    """`prefill [PATH]`: the task document, its section 2, or the facts."""
    parser = argparse.ArgumentParser(
        prog="prefill",
        description=MAIN_HELP,
        epilog=MAIN_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "path", metavar="PATH", nargs="?", default=".", help="a repository, or a folder in one (default: .)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write FILE; if it exists, merge into it")
    parser.add_argument(
        "--diff", "--dry-run", action="store_true", dest="diff", help="show what --output would change, write nothing"
    )
    parser.add_argument("--app", metavar="PATH", help="which app of a monorepo (default: chosen, and said why)")
    parser.add_argument("--title", metavar="TEXT", help="the task's title, for section 1")
    parser.add_argument("--goal", metavar="TEXT", help="the task's goal, for section 1")
    parser.add_argument(
        "--format",
        choices=("md", "section", "json"),
        default="md",
        help="the whole document (md, the default), section 2 alone, or the facts as JSON",
    )
    parser.add_argument(
        "--label",
        metavar="LABEL",
        action="append",
        default=[],
        help="only this label (repeatable): " + "; ".join(LABELS),
    )
    parser.add_argument(
        "--keep-placeholders", action="store_true", help="leave the template's placeholder where nothing was detected"
    )
    parser.add_argument("--force", action="store_true", help="with --output: also replace values that a person wrote")
    parser.add_argument("--strict", action="store_true", help="exit 1 when something could not be read")
    _common(parser)
    parser.add_argument("--version", action="version", version=f"prefill {__version__}")
    args = parser.parse_args(arguments)
    if args.diff and not args.output:
        parser.error("--diff compares with a document: name it with --output")
    if args.force and not args.output:
        parser.error("--force is for a document that exists: name it with --output")
    if args.output and args.format == "json":
        parser.error("--output merges into a document; for the facts use --format json > FILE")
    only: tuple[Label, ...] = tuple(_label(name) for name in args.label)

    started = time.monotonic()
    with _progress(args.quiet) as tell:
        analysis = _analyze(args.path, args.app, tell)
        tell("writing")
        labels = _rendered(analysis, only)
    problems = analysis.findings.problems
    if args.format == "json":
        _write_json(_report(analysis, labels))
    else:
        _write_document(args, analysis, labels, only)
    if not args.quiet:
        _summarize(analysis, labels, time.monotonic() - started)
    return DIFFERENT if args.strict and problems else OK


def explain(arguments: Sequence[str]) -> int:
    """`prefill explain LABEL`: each statement, and the places that say it."""
    parser = argparse.ArgumentParser(
        prog="prefill explain",
        description="Where each statement of a label comes from: its text, then the lines of the repository that say it.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "label", metavar="LABEL", nargs="*", help="a label, or the start of one (default: all): " + "; ".join(LABELS)
    )
    parser.add_argument("--repo", metavar="PATH", default=".", help="the repository, or a folder in it (default: .)")
    parser.add_argument("--app", metavar="PATH", help="which app of a monorepo")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to write it (default: text)")
    _common(parser)
    args = parser.parse_args(arguments)
    only = (_label(" ".join(args.label)),) if args.label else ()
    with _progress(args.quiet) as tell:
        analysis = _analyze(args.repo, args.app, tell)
        labels = _rendered(analysis, only)
    if args.format == "json":
        _write_json(
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

    sys.stdout.write(explanation(analysis, labels, colour=_colour(sys.stdout)))
    return OK


def analyzers(arguments: Sequence[str]) -> int:
    """`prefill analyzers`: what is loaded."""
    parser = argparse.ArgumentParser(
        prog="prefill analyzers", description="The analyzers that are loaded, from where, and what they read."
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to write it (default: text)")
    args = parser.parse_args(arguments)
    from prefill import registry

    loaded, problems = registry.load()
    if args.format == "json":
        _write_json(
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
            sys.stdout.write(
                f"{analyzer.name:{width}}  {analyzer.reads}\n{'':{width}}  from {origin}; runs for {' or '.join(enabled) or 'every repository'}\n"
            )
    for problem in problems:
        _say(f"prefill: {problem.path}: {problem.message}")
    return DIFFERENT if problems else OK


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {"explain": explain, "analyzers": analyzers}


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="nothing on standard error but errors")


def _label(name: str) -> Label:
    """The label that a person means: its name, or the start of one of its words, in any case."""
    wanted = name.strip().casefold()
    exact: list[Label] = [label for label in LABELS if label.casefold() == wanted]
    found = exact or [label for label in LABELS if wanted and any(word.startswith(wanted) for word in _starts(label))]
    if len(found) == 1:
        return found[0]
    if found:
        raise PrefillError(f"label {name!r} could be {' or '.join(found)}; write more of it")
    raise PrefillError(f"there is no label {name!r}; the labels are {', '.join(LABELS)}")


def _starts(label: str) -> Iterator[str]:
    words = label.casefold().split()
    return (" ".join(words[at:]) for at in range(len(words)))


def _analyze(path: str, app: str | None, tell: Progress) -> Analysis:
    from prefill.engine import analyze

    return analyze(path, app=app, progress=tell)


def _rendered(analysis: Analysis, only: tuple[Label, ...]) -> tuple[RenderedLabel, ...]:
    from prefill.render.labels import render
    from prefill.section import compose

    return render(
        compose(analysis.findings, analysis.project, only), pinned=analysis.config.pin, source=analysis.config.path
    )


def _report(analysis: Analysis, labels: tuple[RenderedLabel, ...]) -> dict[str, Any]:
    from prefill.render.labels import render_traps
    from prefill.report import report

    return report(analysis, labels, render_traps(analysis.findings))


def _write_json(value: Any) -> None:
    from prefill.report import dumps

    sys.stdout.write(dumps(value))


def _write_document(
    args: argparse.Namespace, analysis: Analysis, labels: tuple[RenderedLabel, ...], only: tuple[Label, ...]
) -> None:
    from prefill.documents import Wanted, produce

    wanted = Wanted(
        output=args.output,
        section_only=args.format == "section",
        title=args.title,
        goal=args.goal,
        keep_placeholders=args.keep_placeholders,
        force=args.force,
        dry_run=args.diff,
    )
    result = produce(wanted, analysis.project, labels, only=only, root=_document_root(args.output, analysis))
    if result.text is not None:
        sys.stdout.buffer.write(result.text)
    if not args.quiet:
        for line in result.messages:
            _say(f"prefill: {line}")


def _document_root(output: str | None, analysis: Analysis) -> str | None:
    """The folder that no link may lead out of: the repository, for a document that lies in it."""
    root = analysis.repository.root
    inside = output is not None and os.path.abspath(output).startswith(os.path.join(root, ""))
    return root if inside else None


def _summarize(analysis: Analysis, labels: tuple[RenderedLabel, ...], seconds: float) -> None:
    project = analysis.project
    unknown = [label.label for label in labels if label.status == "unknown"]
    app = "" if project.app == "." and not project.candidates else f"app {project.app} ({project.reason}); "
    missing = f"; not detected: {', '.join(unknown)}" if unknown else ""
    _say(f"prefill: {app}{len(labels) - len(unknown)} of {len(labels)} labels{missing}; {seconds:.2f} s")
    problems = analysis.findings.problems
    for problem in problems[:5]:
        place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
        _say(f"prefill: {place} {problem.message}")
    if len(problems) > 5:
        _say(f"prefill: … and {len(problems) - 5} more problems (--format json lists them)")


def _colour(stream: Any) -> bool:
    """Whether to colour: only on a terminal, and never with NO_COLOR set (https://no-color.org)."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _say(text: str) -> None:
    if _colour(sys.stderr):
        text = text.replace("prefill:", "\x1b[2mprefill:\x1b[0m", 1)
    print(text, file=sys.stderr)


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress]:
    """Tells on a terminal what is being done, once work has taken longer than a second."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    import threading

    doing = ["starting"]
    done = threading.Event()

    def show() -> None:
        wait = 1.0
        while not done.wait(wait):
            sys.stderr.write(f"\r\x1b[Kprefill: {doing[-1]} …")
            sys.stderr.flush()
            wait = 0.2
        if wait < 1.0:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    thread = threading.Thread(target=show, daemon=True)
    thread.start()
    try:
        yield doing.append
    finally:
        done.set()
        thread.join()
