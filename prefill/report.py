"""Facts to JSON by the published schema `prefill/1`: one serializer per kind of fact, stable order, nothing machine-dependent.

Objects and lists are never null; an unknown scalar is null. See `docs/schema` for the JSON Schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from prefill import model
from prefill.model import Evidence, Fact, Findings, Problem, Project
from prefill.records import fields, is_dataclass

if TYPE_CHECKING:
    from prefill.engine import Analysis
    from prefill.render import RenderedLabel

SCHEMA = "prefill/1"

Json = Any


def report(analysis: Analysis, section: Iterable[RenderedLabel], traps: Iterable[Json]) -> dict[str, Json]:
    """The whole report of a run; `section` and `traps` as they were rendered."""
    return {
        "schema": SCHEMA,
        "repository": _repository(analysis.project),
        "app": _app(analysis.project),
        "analyzers": analyzers(analysis.findings),
        "section": {
            label.label: {"status": label.status, "text": label.text, "evidence": _places(label.evidence)}
            for label in section
        },
        "traps": list(traps),
        "problems": [
            _problem(problem)
            for problem in sorted(analysis.findings.problems, key=lambda p: (p.path, p.line or 0, p.message))
        ],
    }


def dumps(value: Json, depth: int = 4) -> str:
    """JSON text, indented down to `depth` and one line for each value below: readable, one fact a line in a diff, and fast."""
    from json import JSONEncoder

    encode = JSONEncoder(ensure_ascii=True).encode
    out: list[str] = []

    def write(value: Json, level: int) -> None:
        if not value or level >= depth or not isinstance(value, (dict, list)):
            out.append(encode(value))
            return
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        pad = "\n" + "  " * (level + 1)
        separator = opening
        for key in value:
            out.append(separator + pad)
            separator = ","
            if isinstance(value, dict):
                out.append(encode(key) + ": ")
                write(value[key], level + 1)
            else:
                write(key, level + 1)
        out.append("\n" + "  " * level + closing)

    write(value, 0)
    return "".join(out) + "\n"


def _repository(project: Project) -> dict[str, Json]:
    manager = project.package_manager
    return {
        "commit": project.commit,
        "dirty": project.dirty,
        "packageManager": {
            "name": manager.name if manager else None,
            "version": manager.version if manager else None,
            "evidence": _places(project.package_manager_evidence),
        },
        "workspaces": [{"name": name, "path": path} for name, path in project.workspaces],
        "packages": [{"name": name, "path": path} for name, path in project.packages],
    }


def _app(project: Project) -> dict[str, Json]:
    return {
        "path": project.app,
        "name": project.app_name,
        "reason": project.reason,
        "candidates": list(project.candidates),
        "workspaceDependencies": list(project.uses),
    }


def analyzers(findings: Findings) -> dict[str, Json]:
    """Per analyzer its object, with every list that it can have."""
    out: dict[str, dict[str, Json]] = {name: {key: new() for key, new in keys.items()} for name, keys in EMPTY.items()}
    for fact in findings:
        kind = KINDS.get(type(fact))
        if kind is None:
            continue
        key, write = kind
        if isinstance(fact, model.ServerAction) and fact.inline:
            key = "inlineServerActions"
        home = out.setdefault(type(fact).analyzer, {})
        written = write(fact)
        if key is None:
            home.update(written)
        elif isinstance(home.get(key), dict):
            home[key].update(written)
        else:
            home.setdefault(key, []).append(written)
    for name, lists in _SORTED.items():
        for key, by in lists.items():
            out[name][key].sort(key=by)
    for name, statement in findings.statements:
        said = out.setdefault(name, {}).setdefault("statements", [])
        said.append({"label": statement.label, "text": statement.text, "evidence": _places(statement.evidence)})
    return out


def camel(name: str) -> str:
    """`dark_mode` as `darkMode`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


_SCALARS = frozenset({str, int, bool, float})


_KEYS: dict[type, tuple[tuple[str, str], ...]] = {}


def _keys(kind: type) -> tuple[tuple[str, str], ...]:
    if kind not in _KEYS:
        _KEYS[kind] = tuple((one.name, camel(one.name)) for one in fields(kind) if one.name != "evidence")
    return _KEYS[kind]


def plain(value: Any) -> Json:
    """A value of the model as JSON: dataclasses by their fields in camel case, tuples as lists, mappings with string keys."""
    kind = type(value)
    if value is None or kind in _SCALARS:
        return value
    if kind is Evidence:
        return {"path": value.path, "line": value.line}
    if is_dataclass(kind):
        out = {key: plain(getattr(value, name)) for name, key in _keys(kind)}
        if hasattr(value, "evidence"):
            out["evidence"] = _places(value.evidence)
        return out
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value


def _places(evidence: Iterable[Evidence]) -> list[Json]:
    return [{"path": place.path, "line": place.line} for place in evidence]


def _problem(problem: Problem) -> Json:
    return {"path": problem.path, "line": problem.line, "message": problem.message}


def _partly(fact: Fact) -> Json:
    omitted = OMITTED[type(fact)]
    return {key: value for key, value in plain(fact).items() if key not in omitted}


def _technology(fact: model.Technology) -> Json:
    # `requested`, not `range`: its evidence need not hold the technology's own name, only its package's.
    return {
        "requested" if key == "range" else key: value
        for key, value in plain(fact).items()
        if key not in {"main", "importers"}
    }


def _command(fact: model.Command) -> Json:
    return {fact.task: {"command": fact.command, "source": fact.source, "evidence": _places(fact.evidence)}}


def _options(fact: model.CompilerOptions) -> Json:
    return {
        "path": fact.path,
        "extends": list(fact.extends),
        "compilerOptions": plain(fact.options),
        "unresolvedExtends": list(fact.unresolved_extends),
        "publishedBases": plain(fact.bases),
        "references": list(fact.references),
        "evidence": _places(fact.evidence),
    }


def _drizzle(fact: model.DrizzleSchema) -> Json:
    return {
        "config": fact.config,
        "workspace": fact.workspace,
        "dialect": fact.dialect,
        "driver": fact.driver,
        "files": list(fact.files),
        "snapshot": plain(fact.snapshot),
        "evidence": {pointer: _places(places) for pointer, places in fact.places.items()},
        "relations": plain(fact.relations),
        "migrations": plain(fact.migrations) if fact.migrations else {},
        "notes": list(fact.notes),
        "sources": _places(fact.evidence),
    }


def _project(fact: model.SupabaseProject) -> Json:
    return {**plain(fact), "migrations": plain(fact.migrations) if fact.migrations else {}}


def _prisma(fact: model.PrismaSchema) -> Json:
    return {**plain(fact), "migrations": plain(fact.migrations) if fact.migrations else {}}


def _gate(fact: model.Gate) -> Json:
    return {
        "file": fact.file,
        "kind": fact.kind,
        "matchers": [{"source": m.source, "regexp": m.regexp, "conditions": list(m.conditions)} for m in fact.matchers],
        "matcherKnown": fact.matcher_known,
        "providers": list(fact.providers),
        "redirects": [{"when": r.when, "to": r.to} for r in fact.redirects],
        "dead": [{"path": d.path, "reason": d.reason} for d in fact.dead],
        "evidence": _places(fact.evidence),
    }


def _coverage(fact: model.Coverage) -> Json:
    return {"covered": list(fact.covered), "uncovered": list(fact.uncovered), "undetermined": list(fact.undetermined)}


def _action(fact: model.ServerAction) -> Json:
    return {
        "name": fact.name,
        "file": fact.file,
        "line": fact.line,
        "wrapper": fact.wrapper,
        "evidence": _places(fact.evidence),
    }


# What a fact holds for other facts alone, by its kind.
OMITTED: dict[type[Fact], tuple[str, ...]] = {
    model.TailwindEntry: ("places",),
    model.Route: ("settings", "groups"),
}

# kind of fact -> (where it goes in its analyzer's object, None for the object itself; how it is written)
KINDS: dict[type[Fact], tuple[str | None, Callable[[Any], Json]]] = {
    model.Dependency: ("dependencies", plain),
    model.LeftoverDependency: ("dependencies", plain),
    model.Technology: ("technologies", _technology),
    model.Command: ("commands", _command),
    model.Runtime: ("runtime", plain),
    model.Part: ("parts", plain),
    model.LockfileState: ("lockfiles", plain),
    model.CompilerOptions: ("configs", _options),
    model.SourceFiles: ("languages", plain),
    model.TailwindEntry: ("entries", _partly),
    model.DeadConfig: ("deadConfigs", lambda fact: fact.path),
    model.Shadcn: ("shadcn", plain),
    model.Font: ("fonts", plain),
    model.TailwindUse: ("uses", plain),
    model.StyleFiles: ("styleFiles", plain),
    model.DrizzleSchema: ("schemas", _drizzle),
    model.Migrations: ("migrations", plain),
    model.PrismaSchema: ("schemas", _prisma),
    model.SupabaseUse: ("uses", plain),
    model.SupabaseTables: ("tables", plain),
    model.SupabaseProject: ("projects", _project),
    model.DatabaseClient: ("clients", plain),
    model.DataModel: ("models", plain),
    model.DatabaseService: ("services", plain),
    model.Route: ("routes", _partly),
    model.Router: ("routers", plain),
    model.NextSettings: ("settings", plain),
    model.Gate: (None, _gate),
    model.Coverage: ("routes", _coverage),
    model.AuthProvider: ("providers", plain),
    model.Session: ("sessions", plain),
    model.AuthHelper: ("helpers", plain),
    model.AuthCheck: ("checks", plain),
    model.Unchecked: (None, lambda fact: {"noCheckSeen": list(fact.pathnames)}),
    model.Component: ("components", plain),
    model.ClientFile: ("clientFiles", lambda fact: fact.path),
    model.ServerAction: ("serverActions", _action),
    model.RefusedModule: ("refusedModules", plain),
    model.VariableRead: ("read", plain),
    model.VariableDocumented: ("documented", plain),
    model.Undocumented: (
        None,
        lambda fact: {"undocumented": list(fact.names), "examples": list(fact.examples), "unread": list(fact.unread)},
    ),
    model.Runner: ("runners", plain),
    model.CountedTests: (None, lambda fact: {"files": {**plain(fact)}}),
    model.Workflow: ("workflows", plain),
    model.CheckOff: ("checksOff", plain),
}

EMPTY: dict[str, dict[str, Callable[[], Json]]] = {
    "package_json": {
        "dependencies": list,
        "technologies": list,
        "commands": dict,
        "runtime": list,
        "parts": list,
        "lockfiles": list,
    },
    "tsconfig": {"configs": list, "languages": list},
    "tailwind": {"entries": list, "deadConfigs": list, "shadcn": list, "fonts": list, "uses": list, "styleFiles": list},
    "drizzle": {"schemas": list},
    "prisma": {"schemas": list},
    "supabase": {"projects": list, "tables": list, "uses": list},
    "database": {"clients": list, "migrations": list, "models": list, "services": list},
    "routes": {"routes": list, "routers": list, "settings": list},
    "middleware": {
        "file": lambda: None,
        "kind": lambda: None,
        "matchers": list,
        "matcherKnown": lambda: True,
        "providers": list,
        "redirects": list,
        "dead": list,
        "evidence": list,
        "routes": lambda: {"covered": [], "uncovered": [], "undetermined": []},
    },
    "auth": {"providers": list, "sessions": list, "helpers": list, "checks": list, "noCheckSeen": list},
    "components": {
        "components": list,
        "clientFiles": list,
        "serverActions": list,
        "inlineServerActions": list,
        "refusedModules": list,
    },
    "environment": {"read": list, "documented": list, "undocumented": list, "examples": list, "unread": list},
    "tests": {
        "runners": list,
        "files": lambda: {"files": 0, "own": 0, "undetermined": 0, "patterns": [], "evidence": []},
    },
    "ci": {"workflows": list, "checksOff": list},
}

_SORTED: dict[str, dict[str, Callable[[Any], Any]]] = {
    "tsconfig": {"configs": lambda c: c["path"]},
    "tailwind": {"entries": lambda e: e["entry"], "deadConfigs": str},
    "routes": {"routes": lambda r: (r["app"], r["pathname"], r["kind"], r["file"])},
    "components": {
        "components": lambda c: (c["file"], c["line"], c["name"]),
        "clientFiles": str,
        "serverActions": lambda a: (a["file"], a["line"], a["name"]),
        "inlineServerActions": lambda a: (a["file"], a["line"], a["name"]),
    },
    "environment": {"read": lambda v: v["name"], "documented": lambda v: v["name"]},
    "ci": {"workflows": lambda w: w["file"]},
}
