"""What tests there are: which runner, how many files, where. A runner needs more than a dependency: a configuration, files or a script.

A file belongs to the runner that it imports; one that imports none (`describe` and `test` as globals) to the only runner of its package
that gives globals, or to the browser runner in whose folder it lies. Everything else is counted, and said to be undetermined.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import Literal

from prefill.analyzer import Analyzer, App
from prefill.lazy import regex
from prefill.model import CountedTests, Evidence, Fact, Problem, Runner
from prefill.records import dataclass, field
from prefill.workspace import Package, inside, join

MAX_FILES = 20_000  # test files that are looked at
HEAD = 20_000  # bytes of a test file in which its imports stand
FOLDERS = 3  # folders that a runner names

PATTERNS = ("*.test.*", "*.spec.*", "*.cy.*", "__tests__/")

_FILE = regex(
    r"(?:^|/)(?:[^/]+\.(?:test|spec|cy|e2e)\.[cm]?[jt]sx?|[^/]+_(?:test|spec)\.[cm]?[jt]sx?|test_[^/]+\.py|[^/]+_test\.(?:py|go)"
    r"|__tests__/(?:[^/]+/)*[^/]+\.[cm]?[jt]sx?|\.maestro/(?:[^/]+/)*[^/]+\.ya?ml)$"
)
_PLAIN = regex(r"\.(?:test|spec)\.[cm]?[jt]sx?$")
_ASIDE = regex(
    r"(?:^|/)(?:node_modules|_{0,2}fixtures?_{0,2}|templates?|examples?|dist|build|out|vendor|\.next|__snapshots__|__mocks__)/"
    r"|\.d\.[cm]?ts$"
)
_IMPORT = regex(
    rb"""(?:from|import|require\()\s{0,4}["'](vitest|@jest/globals|@playwright/test|cypress|node:test|bun:test|ava|mocha|(?:jsr:)?@std/testing)(?:[/@][\w/.^~@-]{1,60})?["']"""
)
_FOLDER = regex(r"""\b(?:testDir|specPattern)\s{0,4}:\s{0,4}\[?\s{0,4}["'`]([^"'`$\n]{1,200})["'`]""")
_TESTS = regex(rb"\b(?:describe|test|it)(?:\.\w{1,20})?\(")
_STATIC = regex(r"[*{\[?]")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is known of a runner. `config` and `script` are patterns of file names and of commands."""

    id: str
    name: str
    kind: Literal["unit", "e2e"]
    packages: tuple[str, ...] = ()
    config: str = r"(?!)"
    script: str = r"(?!)"
    imports: str = ""
    globals: bool = False
    key: str = ""  # of package.json


_RUNNERS = (
    _Kind(
        "vitest", "Vitest", "unit", ("vitest",), r"vitest\.(?:config|workspace)[\w.-]*\.\w+", r"\bvitest\b", "vitest", globals=True
    ),
    _Kind(
        "jest",
        "Jest",
        "unit",
        ("jest", "jest-expo", "react-scripts", "ts-jest"),
        r"jest\.config[\w.-]*\.\w+|jest\.config\.json",
        r"\bjest\b|\breact-scripts test\b",
        "@jest/globals",
        globals=True,
        key="jest",
    ),
    _Kind("mocha", "Mocha", "unit", ("mocha",), r"\.mocharc\.\w+", r"\bmocha\b", "mocha", globals=True, key="mocha"),
    _Kind("ava", "AVA", "unit", ("ava",), r"ava\.config\.\w+", r"\bava\b", "ava", key="ava"),
    _Kind("node", "node:test", "unit", script=r"\b(?:node|tsx)\b[^&|;]{0,80} --test\b", imports="node:test"),
    _Kind("deno", "deno test", "unit", script=r"\bdeno test\b", imports="@std/testing"),
    _Kind("bun", "bun test", "unit", script=r"\bbun test\b", imports="bun:test"),
    _Kind(
        "playwright",
        "Playwright",
        "e2e",
        ("@playwright/test",),
        r"playwright[\w.-]*\.config\.\w+|playwright\.config[\w.-]*\.\w+",
        r"\bplaywright test\b",
        "@playwright/test",
    ),
    _Kind(
        "cypress", "Cypress", "e2e", ("cypress",), r"cypress\.config\.\w+|cypress\.json", r"\bcypress (?:run|open)\b", "cypress"
    ),
)  # fmt: skip
_BY_ID = {kind.id: kind for kind in _RUNNERS}
_BY_IMPORT = {kind.imports: kind.id for kind in _RUNNERS if kind.imports}
# Runners that come with a language: a file named so is theirs.
_BY_NAME: Mapping[str, tuple[str, str]] = {
    ".go": ("go", "go test"),
    ".py": ("pytest", "pytest"),
    ".yaml": ("maestro", "Maestro"),
    ".yml": ("maestro", "Maestro"),
}


@dataclass(slots=True)
class _Found:
    """What speaks for a runner."""

    config: str | None = None
    script: tuple[str, Evidence] | None = None
    dependency: tuple[str, Evidence] | None = None
    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)  # that its configuration names


def analyze(app: App) -> Iterable[Fact | Problem]:
    """The runners, and how many test files there are."""
    files = _files(app)
    found = {kind.id: _signs(app, kind) for kind in _RUNNERS}
    open_: list[str] = []  # import no runner
    undetermined: list[str] = []
    for path in files:
        by_name = _by_name(app, path)
        if by_name is not None:
            found.setdefault(by_name, _Found()).files.append(path)
            continue
        if not path.endswith((".py", ".go", ".yaml", ".yml")):
            imported = _imported(app, path)
            kind = _BY_ID.get(imported or "")
            if kind is None:
                open_.append(path)
            elif kind.packages and not (found[kind.id].dependency or found[kind.id].config):
                undetermined.append(path)  # it imports what nobody installs
            else:
                found[kind.id].files.append(path)
    for path in open_:
        runner = _by_place(app, path, found)
        if runner is not None:
            found[runner].files.append(path)
        elif _PLAIN.search(path):
            undetermined.append(path)
    counted: list[str] = list(undetermined)
    for identifier, signs in found.items():
        kind = _BY_ID.get(identifier)
        shown = bool(signs.config or signs.script) and (
            signs.dependency is not None or kind is None or not kind.packages
        )
        if not signs.files and not shown:
            continue
        counted.extend(signs.files)
        yield _runner(app, identifier, kind, signs)
    yield CountedTests(
        files=len(counted),
        own=sum(_is_own(app, path) for path in counted),
        undetermined=len(undetermined),
        patterns=PATTERNS,
        evidence=(Evidence(min(counted)),)
        if counted
        else (Evidence(app.package.manifest_path),) * bool(app.package.document),
    )


def _runner(app: App, identifier: str, kind: _Kind | None, signs: _Found) -> Runner:
    name = kind.name if kind else next(name for one, name in _BY_NAME.values() if one == identifier)
    evidence = [Evidence(signs.config)] if signs.config else []
    if signs.dependency:
        evidence.append(signs.dependency[1])
    if signs.script:
        evidence.append(signs.script[1])
    evidence += [Evidence(path) for path in signs.files[:2]]
    return Runner(
        id=identifier,
        name=name,
        kind=kind.kind if kind else "e2e" if identifier == "maestro" else "unit",
        files=len(signs.files),
        own=sum(_is_own(app, path) for path in signs.files),
        folders=_folders(app, signs.files),
        config=signs.config,
        package=signs.dependency[0] if signs.dependency else None,
        script=signs.script[0] if signs.script else None,
        evidence=tuple(evidence),
    )


# which files ----------------------------------------------------------------------------------------------------------


def _files(app: App) -> list[str]:
    """The test files of the app, of the packages that it uses, and of the root outside of all packages."""
    near = (*app.packages, *app.roots)
    found = []
    for path in app.repository.files:
        if not _FILE.search(path) or _ASIDE.search(app.relative(path)):
            continue
        if app.package_of(path) in near and not _is_configuration(app, path):
            found.append(path)
            if len(found) == MAX_FILES:
                app.repository.report(path, None, f"is beyond {MAX_FILES:,} test files; the rest was not looked at")
                break
    return found


def _is_configuration(app: App, path: str) -> bool:
    """Whether a file such as `drizzle.config.test.ts` configures something for tests instead of testing a configuration."""
    return ".config." in posixpath.basename(path) and not _TESTS.search(app.repository.source(path) or b"")


def _is_own(app: App, path: str) -> bool:
    return inside(path, app.path) and app.package_of(path).path == app.path


def _by_name(app: App, path: str) -> str | None:
    """The runner of another language, by the name of the file and what lies above it."""
    runner = _BY_NAME.get(posixpath.splitext(path)[1])
    if runner is None or not _is_own(app, path):
        return None
    if runner[0] == "pytest":
        return "pytest" if _has_pytest(app) else None
    return runner[0]


def _has_pytest(app: App) -> bool:
    """Whether something asks for pytest. https://docs.pytest.org/en/stable/reference/customize.html"""
    files = app.repository.named(
        "pytest.ini", "conftest.py", "tox.ini", "setup.cfg", "pyproject.toml", "requirements.txt"
    )
    files += app.repository.named("requirements-dev.txt", "requirements-test.txt", "dev-requirements.txt")
    return any(
        posixpath.basename(path) in {"pytest.ini", "conftest.py"} or "pytest" in (app.text(path) or "")
        for path in files
    )


def _imported(app: App, path: str) -> str | None:
    source = app.repository.source(path)
    if source is None:
        return None
    match = _IMPORT.search(source, 0, HEAD)
    return _BY_IMPORT.get(match[1].decode().removeprefix("jsr:")) if match else None


def _by_place(app: App, path: str, found: Mapping[str, _Found]) -> str | None:
    """The runner of a file that imports none: by its suffix or folder, else the one that gives globals in its package."""
    if re.search(r"\.cy\.[cm]?[jt]sx?$", path):
        return "cypress" if found["cypress"].dependency or found["cypress"].config else None
    for identifier in ("playwright", "cypress"):
        if any(inside(path, folder) for folder in found[identifier].folders):
            return identifier
    if not (_PLAIN.search(path) or "__tests__/" in path):
        return None
    holders = (app.package_of(path), *app.roots)
    for holder in holders:
        runners = [
            kind.id
            for kind in _RUNNERS
            if kind.globals
            and holder.depends_on(*kind.packages)
            and (found[kind.id].config or found[kind.id].script or found[kind.id].files)
        ]
        if runners:
            if len(runners) > 1 or (runners[0] != "jest" and not _PLAIN.search(path)):
                return None  # two could run it; or a helper in `__tests__`, which only Jest takes for a test
            return runners[0]
    if (
        _PLAIN.search(path)
        and found["bun"].script
        and not any(holder.depends_on("vitest", "jest") for holder in holders)
    ):
        return "bun"
    return None


def _folders(app: App, files: list[str]) -> tuple[str, ...]:
    """Where files lie, the fullest folder first: per package the one that holds its files, or the top folders of the root's."""
    groups: dict[str, list[str]] = {}
    for path in files:
        home = app.package_of(path).path
        groups.setdefault(home if home != "." else path.partition("/")[0] if "/" in path else ".", []).append(path)
    counts = {
        posixpath.commonpath([posixpath.dirname(path) for path in group]) or ".": len(group)
        for group in groups.values()
    }
    ordered = sorted(counts, key=lambda folder: (-counts[folder], folder))[:FOLDERS]
    return tuple(folder if folder == "." else folder + "/" for folder in ordered)


# what speaks for a runner ---------------------------------------------------------------------------------------------


def _signs(app: App, kind: _Kind) -> _Found:
    found = _Found()
    for package in (*app.packages, *app.roots):
        for name in kind.packages:
            if found.dependency is None and package.depends_on(name):
                found.dependency = (name, _dependency_place(app, package, name))
        for name in app.repository.folder(package.path)[1]:
            if re.fullmatch(kind.config, name):
                path = join(package.path, name)
                found.config = found.config or path
                if kind.kind == "e2e":
                    found.folders.extend(_named_folders(app, kind, path))
        if found.config is None and kind.key and kind.key in package.manifest:
            found.config = package.manifest_path
    for package in (app.package, *app.roots, *app.packages[1:]):
        scripts = package.manifest.get("scripts")
        for name, command in scripts.items() if isinstance(scripts, dict) else ():
            if found.script is None and isinstance(command, str) and re.search(kind.script, command):
                found.script = (name, app.versions.place(package, "scripts", name))
    return found


def _dependency_place(app: App, package: Package, name: str) -> Evidence:
    for table in ("devDependencies", "dependencies", "optionalDependencies", "peerDependencies"):
        entries = package.manifest.get(table)
        if isinstance(entries, dict) and name in entries:
            return app.versions.place(package, table, name)
    return Evidence(package.manifest_path)


def _named_folders(app: App, kind: _Kind, config: str) -> list[str]:
    """The folders in which a browser runner looks for tests: those that its configuration names, else Cypress's own."""
    base = posixpath.dirname(config) or "."
    out = []
    for named in _FOLDER.findall(app.text(config) or ""):
        fixed = _STATIC.split(named, maxsplit=1)[0]
        folder = posixpath.normpath(posixpath.join(base, fixed if fixed == named else posixpath.dirname(fixed)))
        if folder not in {".", base} and not folder.startswith(".."):
            out.append(folder)
    if not out and kind.id == "cypress":
        out.append(join(base, "cypress"))
    return out


ANALYZER = Analyzer(
    name="tests",
    reads="test files, the configuration of test runners, and the scripts that start them",
    analyze=analyze,
)
