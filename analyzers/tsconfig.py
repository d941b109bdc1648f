"""Reads every `tsconfig.json` and `jsconfig.json`, and counts the app's source files by language.

The options are TypeScript's own (https://www.typescriptlang.org/tsconfig/), resolved by `prefill.typescript.config`; here they
become facts, with the lines of those options that a document cites. What a base says that lies in an installed package is known by
the version that the lockfile names (`prefill.typescript.bases`).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from prefill.analyzer import Analyzer, App
from prefill.model import CompilerOptions, Evidence, Fact, Problem, PublishedBase, SourceFiles
from prefill.typescript.config import Config, Reader, effective
from prefill.versions import Installed

NAMES = ("tsconfig.json", "jsconfig.json")

CITED = (
    "strict",
    "paths",
    "baseUrl",
    "target",
    "module",
    "moduleResolution",
    "noImplicitAny",
    "strictNullChecks",
    "strictFunctionTypes",
    "strictPropertyInitialization",
    "noImplicitThis",
    "useUnknownInCatchVariables",
    "allowJs",
    "checkJs",
    "noUncheckedIndexedAccess",
    "exactOptionalPropertyTypes",
    "verbatimModuleSyntax",
    "erasableSyntaxOnly",
    "experimentalDecorators",
)
"""The options whose lines are looked up."""

LANGUAGES = {
    "TypeScript": ("ts", "tsx", "mts", "cts"),
    "JavaScript": ("js", "jsx", "mjs", "cjs"),
    "Python": ("py",),
    "Rust": ("rs",),
    "Go": ("go",),
    "Ruby": ("rb",),
    "PHP": ("php",),
    "Java": ("java",),
    "Kotlin": ("kt", "kts"),
    "Swift": ("swift",),
    "C#": ("cs",),
    "C": ("c",),
    "C++": ("cc", "cpp", "cxx"),
    "Dart": ("dart",),
    "Elixir": ("ex", "exs"),
    "Scala": ("scala",),
    "Clojure": ("clj", "cljs", "cljc"),
    "Haskell": ("hs",),
    "Lua": ("lua",),
    "Zig": ("zig",),
}
"""Language → extensions of its source files."""

Lines = dict[tuple[str, str], int | None]
"""(file, option) → the line that says it, as far as it was looked up."""

_BY_EXTENSION = {extension: language for language, extensions in LANGUAGES.items() for extension in extensions}


def analyze(app: App) -> Iterator[Fact | Problem]:
    """`CompilerOptions` for each configuration, and `SourceFiles` for each language of the app."""
    yield from _languages(app.files)
    packages = {name: package.path for name, package in app.workspaces.by_name().items()}
    reader = Reader(app.repository, packages, installed=lambda folder, name: _version(app, folder, name))
    told: set[tuple[str, int | None, str]] = set()
    own = [app.join(name) for name in NAMES if app.repository.exists(app.join(name))]
    listed = [path for path in app.repository.named(*NAMES) if "node_modules" not in path.split("/")]
    solution: list[str] = []
    lines: Lines = {}
    for path in listed:
        config = effective(app.repository, path, reader=reader)
        if path in own and _is_solution(config):
            solution.extend(config.references)
        yield from _said(app, config, told, lines)
    # A "solution" names no files of its own: what holds for the sources stands in the projects that it references.
    for path in solution:
        if path not in listed and app.repository.exists(path):
            yield from _said(app, effective(app.repository, path, reader=reader), told, lines)


def _dependency(app: App, folder: str, name: str) -> Installed | None:
    """A package as Node finds it from a folder: that of the nearest manifest which depends on it, here or above."""
    at = folder or "."
    while True:
        package = app.workspaces.by_path(at)
        row = app.versions.installed(package, name) if package is not None else None
        if row is not None or at == ".":
            return row
        at = posixpath.dirname(at) or "."


def _version(app: App, folder: str, name: str) -> str | None:
    """The exact version of the package of this very name; none of what a range may lead to, a link or an alias."""
    row = _dependency(app, folder, name)
    if row is None or row.source == "range" or row.target is not None or row.alias_of not in {None, name}:
        return None
    return row.version


def _bases(app: App, config: Config) -> Iterator[PublishedBase]:
    for base in config.bases:
        row = _dependency(app, posixpath.dirname(base.path), base.package)
        yield PublishedBase(
            specifier=base.specifier,
            package=base.package,
            version=base.version,
            options=tuple(sorted(name for name, holds in config.inherited.items() if holds == base)),
            evidence=(Evidence(base.path, config.extending(base)), *(row.evidence if row is not None else ())),
        )


def _said(app: App, config: Config, told: set[tuple[str, int | None, str]], lines: Lines) -> Iterator[Fact | Problem]:
    for place in config.problems:
        # A file that could not be read is named again by whatever extends it, without the reason.
        again = place[2] == "cannot be read" and any(path == place[0] for path, _, _ in told)
        if place not in told and not again:
            told.add(place)
            yield Problem(*place)
    if not config.documents.get(config.path):
        return
    origins = _origins(config, CITED, lines)
    if (line := config.line("extends")) is not None:
        origins["extends"] = Evidence(config.path, line)
    yield CompilerOptions(
        path=config.path,
        extends=config.extends,
        options=config.options,
        unresolved_extends=config.unresolved,
        origins=origins,
        references=config.references,
        base=config.base if config.base is None else config.base or ".",
        bases=tuple(_bases(app, config)),
        evidence=tuple(
            dict.fromkeys((Evidence(config.path, config.line("compilerOptions")), *sorted(set(origins.values()))))
        ),
    )


def _origins(config: Config, names: Iterable[str], lines: Lines) -> dict[str, Evidence]:
    """The line of each of these options that a file really writes; what a jsconfig says by its name alone has none."""
    out = {}
    for name in names:
        path = config.origins.get(name)
        if path is None:
            continue
        if name in config.inherited:
            line = config.extending(config.inherited[name])
        elif (path, name) in lines:  # many configurations inherit from one base
            line = lines[path, name]
        else:
            document = config.documents.get(path)
            line = lines[path, name] = document.line("compilerOptions", name) if document is not None else None
        if line is not None:
            out[name] = Evidence(path, line)
    return out


def _is_solution(config: Config) -> bool:
    """Whether a configuration only references others: https://www.typescriptlang.org/docs/handbook/project-references.html"""
    return bool(config.references) and config.files == () and not config.include


def _languages(files: Iterable[str]) -> Iterator[SourceFiles]:
    """How many files of each language there are, the most first. Declarations (`.d.ts`) are no sources."""
    counts: dict[str, int] = {}
    first: dict[str, str] = {}
    for path in files:
        name = posixpath.basename(path)
        stem, _, extension = name.rpartition(".")
        language = _BY_EXTENSION.get(extension)
        if language is None or (language == "TypeScript" and stem.endswith(".d")):
            continue
        counts[language] = counts.get(language, 0) + 1
        first.setdefault(language, path)
    for language, count in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        yield SourceFiles(language=language, files=count, evidence=(Evidence(first[language]),))


ANALYZER = Analyzer(
    name="tsconfig",
    reads="tsconfig.json and jsconfig.json with all that they extend; source files by language",
    analyze=analyze,
)
