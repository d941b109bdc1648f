"""Where a new task document goes and what it is called: the folder, the template, the next number, the style in use.

Pure functions over the repository's paths. Real trees have gaps, duplicates, suffixes and strays; the majority decides.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Literal, TypeVar

from prefill.lazy import regex
from prefill.records import dataclass

T = TypeVar("T")
Case = Literal["snake", "kebab", "title"]

_NUMBERED = regex(r"(?P<number>\d{1,6})(?P<suffix>[a-z]?)(?P<separator>[_.\- ]{1,3})(?P<rest>[^/]{1,200})\.mdx?")
_DATE = regex(r"(?:19|20)\d{2}(?:[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?\d{2})?)?[_.\- ]")
_FOLDERS = ("ai_docs/tasks", "ai_docs/task_documents", "docs/tasks", ".claude/tasks", ".ai/tasks", "tasks")
_TEMPLATE_FOLDERS = (
    "ai_docs/templates",
    "ai_docs/dev_templates",
    ".claude/commands",
    "ai_docs",
    "docs/templates",
    ".github",
)
_TEMPLATE = regex(r"(?:ai_)?task[_-]?(?:planning[_-]?)?template\.md", re.IGNORECASE)
_PLAN = regex(r"(?:plan|feature|task)[_-]template\.md|task\.md", re.IGNORECASE)
_SLUG_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Style:
    """How the documents of a folder are named: digits of the number, what follows it, how words are joined."""

    width: int = 3
    separator: str = "_"
    case: Case = "snake"


def task_folder(paths: Iterable[str]) -> str | None:
    """The folder of the task documents: the one that holds most numbered documents, a usual name first; None for none."""
    counts: Counter[str] = Counter()
    folders: set[str] = set()
    for path in paths:
        folder, name = posixpath.split(path)
        folders.update(_above(folder))
        if (
            _NUMBERED.fullmatch(name)
            and _DATE.match(name) is None
            and posixpath.basename(folder) in ("tasks", "task_documents")
        ):
            counts[folder] += 1
    usual = [folder for folder in _FOLDERS if folder in folders]
    if counts:
        return min(counts, key=lambda folder: (folder not in usual, -counts[folder], folder))
    # A folder `tasks` at the root may be anything (a package of a program, say); without documents it is not taken.
    return next((folder for folder in usual if folder != "tasks"), None)


def template_candidates(paths: Iterable[str]) -> tuple[str, ...]:
    """The task templates of a repository, the most likely first; whoever reads them takes the first with a section."""
    found = []
    for path in paths:
        folder, name = posixpath.split(path)
        if folder not in _TEMPLATE_FOLDERS and not folder.endswith("/templates"):
            continue
        exact = 0 if _TEMPLATE.fullmatch(name) else 1 if _PLAN.fullmatch(name) else None
        if exact is not None:
            rank = _TEMPLATE_FOLDERS.index(folder) if folder in _TEMPLATE_FOLDERS else len(_TEMPLATE_FOLDERS)
            found.append((exact, rank, path))
    return tuple(path for _, _, path in sorted(found))


def style_of(names: Iterable[str]) -> Style:
    """The style that most numbered names of a folder share; ties go to the later names, which show where a team is going."""
    widths: Counter[int] = Counter()
    separators: Counter[str] = Counter()
    cases: Counter[Case] = Counter()
    for name in sorted(names):
        match = _NUMBERED.fullmatch(name)
        if match is None or _DATE.match(name):
            continue
        widths[len(match["number"])] += 1
        separators[match["separator"]] += 1
        joined = _case(match["rest"])
        if joined is not None:
            cases[joined] += 1
    if not widths:
        return Style()
    separator = _most(separators)
    case: Case = _most(cases) if cases else "kebab" if separator == "-" else "snake"
    return Style(_most(widths), separator, case)


def next_number(names: Iterable[str]) -> int:
    """One more than the highest number; names that start with a date have none."""
    numbers = sorted(
        int(match["number"])
        for name in names
        if (match := _NUMBERED.fullmatch(name)) is not None and _DATE.match(name) is None
    )
    # A stray `999_` or `2024_` far above all others is not where the counting goes on.
    while len(numbers) > 2 and numbers[-1] > 2 * numbers[-2] + 50:
        numbers.pop()
    return numbers[-1] + 1 if numbers else 1


def next_name(names: Collection[str], title: str) -> str:
    """The file name of a new task document in a folder that holds `names`: `012_add_login.md`."""
    style = style_of(names)
    number = next_number(names)
    taken = {name.casefold() for name in names}
    slug = slug_of(title, style.case)
    while (name := f"{number:0{style.width}d}{style.separator}{slug}.md").casefold() in taken:
        number += 1
    return name


def slug_of(title: str, case: Case = "snake") -> str:
    """A title as part of a file name, at most 60 characters, cut between words. Letters of any script stay."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", title.replace("ß", "ss"))
    plain = unicodedata.normalize("NFC", "".join(c for c in plain if not "\u0300" <= c <= "\u036f"))
    words = re.sub(r"[\W_]+", " ", re.sub("['\u2019]", "", plain)).split()
    kept: list[str] = []
    for word in words:
        if sum(map(len, kept)) + len(kept) + len(word) > _SLUG_LENGTH:
            break
        kept.append(word if case == "title" else word.lower())
    if words and not kept:
        kept = [words[0][:_SLUG_LENGTH]]
    if case == "title":
        kept = [word[:1].upper() + word[1:] for word in kept]
    return ("_" if case == "snake" else "-").join(kept) or "task"


def _case(rest: str) -> Case | None:
    """How the words of one name are joined; None where it has one word."""
    if "-" in rest and rest.count("-") >= rest.count("_"):
        words = [word for word in rest.split("-") if word]
        return "title" if sum(word[0].isupper() for word in words) * 2 > len(words) else "kebab"
    return "snake" if "_" in rest else None


def _most(counts: Counter[T]) -> T:
    best = max(counts.values())
    return [value for value, count in counts.items() if count == best][-1]


def _above(folder: str) -> Iterable[str]:
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
