"""Language: which language at which version, how strictly it is checked, and which aliases resolve.

Defaults by version are TypeScript's own: https://www.typescriptlang.org/tsconfig/#strict
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from prefill.model import CompilerOptions, Dependency, Evidence, Findings, Part, Project, PublishedBase, SourceFiles
from prefill.records import dataclass
from prefill.section.entry import Entry, LabelEntries

LOOKED_IN = ("tsconfig.json", "jsconfig.json", "package.json")

STRICT_BY_DEFAULT = 6
"""The major version of TypeScript from which `strict` holds where no file says otherwise."""

STRICT_FAMILY = (
    "noImplicitAny",
    "strictNullChecks",
    "strictFunctionTypes",
    "strictPropertyInitialization",
    "noImplicitThis",
    "useUnknownInCatchVariables",
)
"""What `strict` switches on, and a file can switch for itself."""

NOTABLE = (
    "noUncheckedIndexedAccess",
    "exactOptionalPropertyTypes",
    "verbatimModuleSyntax",
    "erasableSyntaxOnly",
    "experimentalDecorators",
    "checkJs",
)
"""Options beyond `strict` that change which code compiles."""

MAIN_ALIASES = frozenset({"@/*", "~/*", "#/*", "$/*"})
"""The aliases that name all sources at once come first."""
MAX_ALIASES = 3
SHARE = 0.1
"""Another language is named from this share of the main one's files."""

_TARGETS = {"es3": "ES3", "es5": "ES5", "es6": "ES2015", "esnext": "ESNext"}
_RESOLUTIONS = {"node10": "node"}  # the name that files write
_MODULES = {
    "commonjs": "CommonJS",
    "esnext": "ESNext",
    "es6": "ES2015",
    "nodenext": "NodeNext",
    "preserve": "Preserve",
}


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    config = governing(findings, project.app)
    counts = {fact.language: fact for fact in findings.of(SourceFiles)}
    script = config is not None or any(fact.workspace == project.app for fact in findings.of(Dependency))
    if script and (config or "TypeScript" in counts or "JavaScript" in counts):
        entries = tuple(_script(findings, project, config, counts))
    else:
        entries = tuple(_other(findings, counts))
    return LabelEntries(
        label="Language", entries=entries, status="found" if entries else "unknown", looked_in=LOOKED_IN
    )


def governing(findings: Findings, app: str) -> CompilerOptions | None:
    """The configuration that governs an app's sources: in its folder or the nearest one above, `tsconfig.json` first.

    One that only references others gives way to the first of those that is about the sources, not the build tools.
    """
    configs = {fact.path: fact for fact in findings.of(CompilerOptions)}
    at = "" if app == "." else app
    while True:
        for name in ("tsconfig.json", "jsconfig.json"):
            found = configs.get(posixpath.join(at, name))
            if found is not None:
                referenced = [configs[path] for path in found.references if path in configs]
                if referenced and not {"strict", "target", "module", "paths"} & found.options.keys():
                    return next((one for one in referenced if "node" not in posixpath.basename(one.path)), found)
                return found
        if not at:
            return None
        at = posixpath.dirname(at)


def _script(
    findings: Findings, project: Project, config: CompilerOptions | None, counts: dict[str, SourceFiles]
) -> Iterator[Entry]:
    typescript, javascript = counts.get("TypeScript"), counts.get("JavaScript")
    installed = compiler(findings, project)
    typed = typescript.files if typescript else 0
    plain = javascript.files if javascript else 0
    unreadable = [p for p in findings.problems if p.path == posixpath.join(_folder(project.app), "tsconfig.json")]
    is_ts = config is not None and posixpath.basename(config.path) != "jsconfig.json"
    if is_ts or typed or unreadable:
        evidence = installed.evidence if installed else typescript.evidence if typescript else ()
        version, wanted = (installed.version, installed.range) if installed else (None, None)
        yield Entry(kind="typescript", values={"version": version, "range": wanted}, evidence=evidence, rank=0)
        if plain and plain >= max(1, typed // 3) and javascript:
            share = {"files": plain, "total": plain + typed}
            yield Entry(kind="mixed", values=share, evidence=javascript.evidence, before=", ", rank=2)
    elif javascript:
        yield Entry(kind="language", values=_counted(javascript), evidence=javascript.evidence, rank=0)
    if config is not None:
        yield from _options(config, _major(installed), strictness=is_ts)
    elif unreadable:
        first = unreadable[0]
        said = {"path": first.path, "message": first.message}
        yield Entry(kind="unreadable", values=said, evidence=(Evidence(first.path, first.line),), rank=0)
    else:
        first_file = typescript or javascript
        evidence = first_file.evidence if first_file else ()
        yield Entry(kind="unconfigured", evidence=evidence, rank=1)
    yield from _beside({k: v for k, v in counts.items() if k not in {"TypeScript", "JavaScript"}}, max(typed, plain))


def _folder(app: str) -> str:
    return "" if app == "." else app


@dataclass(frozen=True, slots=True)
class Compiler:
    """TypeScript as a dependency: the installed version, else the range of a manifest, where that is one (not `catalog:`)."""

    version: str | None
    range: str | None
    evidence: tuple[Evidence, ...]


def compiler(findings: Findings, project: Project) -> Compiler | None:
    """The TypeScript that the app is compiled with: its own, else the root's, else that of a package that it uses."""
    rows = {fact.workspace: fact for fact in findings.of(Dependency) if fact.name == "typescript"}
    for workspace in (project.app, ".", *project.uses):
        if (row := rows.get(workspace)) is not None:
            plain = row.range[:1].isdigit() or row.range[:1] in {"^", "~", ">", "<", "="}
            return Compiler(row.version, row.range if plain else None, row.evidence)
    return None


def _major(installed: Compiler | None) -> int | None:
    if installed is None:
        return None
    digits = (installed.version or installed.range or "").lstrip("^~>=v ").split(".")[0]
    return int(digits) if digits.isdecimal() else None


def _options(config: CompilerOptions, major: int | None, *, strictness: bool) -> Iterator[Entry]:
    options, own = config.options, Evidence(config.path)
    if strictness:
        yield _strict(config, major)
    aliases = options.get("paths")
    into_package = config.base is None and _published(config, "paths") is not None
    if isinstance(aliases, dict) and aliases and not into_package:
        rows = [(alias, _target(config, targets)) for alias, targets in aliases.items() if targets]
        rows.sort(key=lambda row: row[0] not in MAIN_ALIASES)
        values: dict[str, Any] = {"aliases": rows[:MAX_ALIASES], "more": max(0, len(rows) - MAX_ALIASES)}
        yield Entry(kind="paths", values=values, evidence=_cited(config, "paths"), rank=1)
    if isinstance(options.get("baseUrl"), str) and options["baseUrl"] not in {"./", "."}:
        values = {"folder": options["baseUrl"]}
        yield Entry(kind="base_url", values=values, evidence=_cited(config, "baseUrl"), rank=2)
    before = "; "
    if isinstance(options.get("target"), str):
        values = {"name": _target_name(options["target"])}
        yield Entry(kind="target", values=values, evidence=_cited(config, "target"), rank=3)
        before = ", "
    if isinstance(options.get("moduleResolution"), str):
        values = {"name": _RESOLUTIONS.get(options["moduleResolution"], options["moduleResolution"])}
        yield Entry(
            kind="resolution", values=values, evidence=_cited(config, "moduleResolution"), before=before, rank=3
        )
    elif isinstance(options.get("module"), str):
        values = {"name": _MODULES.get(options["module"], options["module"])}
        yield Entry(kind="module", values=values, evidence=_cited(config, "module"), before=before, rank=3)
    notable = [name for name in NOTABLE if options.get(name) is True]
    if notable:
        cited = tuple(e for name in notable for e in _cited(config, name))
        yield Entry(kind="notable", values={"names": notable}, evidence=cited, rank=4)
    yield Entry(kind="config", values={"path": config.path}, evidence=(own,), before=" ", rank=1)


def _strict(config: CompilerOptions, major: int | None) -> Entry:
    strict = config.options.get("strict")
    family = {name: config.options[name] for name in STRICT_FAMILY if isinstance(config.options.get(name), bool)}
    if strict is None:
        default = None if major is None or config.unresolved_extends else major >= STRICT_BY_DEFAULT
    else:
        default = strict
    against = [name for name, value in family.items() if value is not (True if default is None else default)]
    if default is None:
        against = [name for name, value in family.items() if value]
    place = config.origins.get("strict")
    base = _published(config, "strict")
    values: dict[str, Any] = {
        "said": strict,
        "holds": default,
        "major": major,
        "file": place.path if base is None and place is not None and place.path != config.path else None,
        "base": {"specifier": base.specifier, "package": base.package, "version": base.version} if base else None,
        "against": against,
        "unread": list(config.unresolved_extends) if strict is None else [],
    }
    evidence = (*_cited(config, "strict"), *(e for name in against for e in _cited(config, name)))
    if base is not None:
        evidence = tuple(dict.fromkeys((*evidence, *base.evidence)))
    if values["unread"]:
        evidence = (*_cited(config, "extends"), *evidence)
    return Entry(kind="strict", values=values, evidence=evidence or (Evidence(config.path),), before=", ", rank=0)


def _published(config: CompilerOptions, name: str) -> PublishedBase | None:
    """The base of an installed package that an option comes from."""
    return next((base for base in config.bases if name in base.options), None)


def _cited(config: CompilerOptions, name: str) -> tuple[Evidence, ...]:
    place = config.origins.get(name)
    return (place,) if place is not None else ()


def _target(config: CompilerOptions, targets: list[str]) -> str:
    """The first target of an alias, relative to the configuration's folder; as written where that is the same."""
    written = targets[0]
    folder = posixpath.dirname(config.path) or "."
    if config.base is None or config.base == folder or written.startswith("/"):
        return written
    seen = posixpath.relpath(posixpath.join(config.base, written), folder)
    return seen if seen.startswith("..") else "./" + seen


def _target_name(name: str) -> str:
    return _TARGETS.get(name, name.upper())


def _counted(fact: SourceFiles) -> dict[str, Any]:
    return {"name": fact.language, "files": fact.files}


def _other(findings: Findings, counts: dict[str, SourceFiles]) -> Iterator[Entry]:
    """A repository without a JavaScript app: the language that most files are in, at the version that its manifest asks for."""
    if not counts:
        return
    ranked = sorted(counts.values(), key=lambda fact: (-fact.files, fact.language))
    main = ranked[0]
    parts = sorted(
        (p for p in findings.of(Part) if p.language == main.language), key=lambda p: (p.folder.count("/"), -p.files)
    )
    if parts:
        part = parts[0]
        said = {"name": part.language, "version": part.version, "manifest": part.manifest}
        yield Entry(kind="part", values=said, evidence=part.evidence, rank=0)
    else:
        yield Entry(kind="language", values=_counted(main), evidence=main.evidence, rank=0)
    yield from _beside({fact.language: fact for fact in ranked[1:]}, main.files)


def _beside(counts: dict[str, SourceFiles], main: int) -> Iterator[Entry]:
    ranked = sorted(counts.values(), key=lambda fact: (-fact.files, fact.language))
    for fact in ranked[:2]:
        if fact.files >= max(3, main * SHARE):
            yield Entry(kind="beside", values=_counted(fact), evidence=fact.evidence, rank=5)
