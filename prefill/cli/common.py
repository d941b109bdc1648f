"""What the commands share: labels by name, a run with progress, standard output for results and standard error for the rest."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from prefill.errors import PrefillError
from prefill.model import LABELS, Label

if TYPE_CHECKING:
    import argparse

    from prefill.engine import Analysis, Progress
    from prefill.render import RenderedLabel

OK, DIFFERENT, WRONG, INTERRUPTED = 0, 1, 2, 130  # exit statuses


def formatter(prog: str) -> argparse.HelpFormatter:
    """How help is written: as it stands, to the width of the terminal, which argparse would import `shutil` to learn."""
    from argparse import RawDescriptionHelpFormatter

    try:
        width = int(os.environ.get("COLUMNS", "")) or 80
    except ValueError:
        try:
            width = os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError, AttributeError):
            width = 80
    return RawDescriptionHelpFormatter(prog, width=width - 2)


def common(parser: argparse.ArgumentParser) -> None:
    """The options that every command has."""
    parser.add_argument("--quiet", action="store_true", help="nothing on standard error but errors")


def repository(parser: argparse.ArgumentParser) -> None:
    """Which repository and app, for commands whose arguments are something else."""
    parser.add_argument(
        "--repo", metavar="PATH", help="the repository (default: the one that the file or this folder is in)"
    )
    parser.add_argument("--app", metavar="PATH", help="which app of a monorepo (default: chosen, and said why)")


def budget(parser: argparse.ArgumentParser) -> None:
    """How long section 2 may be."""
    parser.add_argument(
        "--budget",
        metavar="N",
        type=int,
        help="section 2 in at most N tokens of 4 characters (default: 900); what was left out is said",
    )


def analysed(path: str, app: str | None, tell: Progress) -> Analysis:
    """The analysis of a repository."""
    from prefill.engine import analyze

    return analyze(path, app=app, progress=tell)


def label_named(name: str) -> Label:
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


def rendered(analysis: Analysis, only: tuple[Label, ...] = ()) -> tuple[RenderedLabel, ...]:
    """The labels of an analysis in Markdown; `only` names those that are wanted."""
    from prefill.render.labels import render
    from prefill.section import compose

    return render(
        compose(analysis.findings, analysis.project, only), pinned=analysis.config.pin, source=analysis.config.path
    )


def write_json(value: Any) -> None:
    """A value as JSON on standard output."""
    from prefill.report import dumps

    sys.stdout.write(dumps(value))


def document_root(output: str | None, analysis: Analysis) -> str | None:
    """The folder that no link may lead out of: the repository, for a document that lies in it."""
    root = analysis.repository.root
    inside = output is not None and os.path.abspath(output).startswith(os.path.join(root, ""))
    return root if inside else None


def colour(stream: Any) -> bool:
    """Whether to colour: only on a terminal, and never with NO_COLOR set (https://no-color.org)."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say(text: str) -> None:
    """A line on standard error."""
    if colour(sys.stderr):
        text = text.replace("prefill:", "\x1b[2mprefill:\x1b[0m", 1)
    print(text, file=sys.stderr)


@contextmanager
def progress(quiet: bool) -> Iterator[Progress]:
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
