"""The JSON Schema of the report, made from the model: the published file is what this module prints.

    python -m prefill.schema > docs/schema/prefill-1.json

https://json-schema.org/draft/2020-12
"""

from __future__ import annotations

import sys
import types
from collections.abc import Mapping
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from prefill import model, report
from prefill.model import LABELS
from prefill.records import fields, is_dataclass

Json = Any

_PATH = {"type": "string", "description": "a path in the repository, POSIX; the root is `.`"}
_LINE = {"type": ["integer", "null"], "minimum": 0}
_STRING = {"type": "string"}
_SCALAR = {"type": ["string", "null"]}


def schema() -> dict[str, Json]:
    """The schema of the whole report."""
    analyzers = {name: _analyzer(name, lists) for name, lists in report.EMPTY.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{report.SCHEMA}",
        "title": "What prefill knows of a repository",
        **_object(
            {
                "schema": {"const": report.SCHEMA},
                "repository": _object(
                    {
                        "commit": _SCALAR,
                        "dirty": {"type": ["boolean", "null"]},
                        "packageManager": _object({"name": _SCALAR, "version": _SCALAR, "evidence": _evidence()}),
                        "workspaces": _list(_object({"name": _STRING, "path": _PATH})),
                        "packages": _list(_object({"name": _STRING, "path": _PATH})),
                    }
                ),
                "app": _object(
                    {
                        "path": _PATH,
                        "name": _SCALAR,
                        "reason": _STRING,
                        "candidates": _list(_PATH),
                        "workspaceDependencies": _list(_PATH),
                    }
                ),
                "analyzers": {
                    "type": "object",
                    "properties": analyzers,
                    "required": list(analyzers),
                    "additionalProperties": {"type": "object", "description": "of an analyzer of another distribution"},
                },
                "section": _object(
                    {
                        label: _object(
                            {"status": {"enum": ["found", "none", "unknown"]}, "text": _STRING, "evidence": _evidence()}
                        )
                        for label in LABELS
                    },
                    required=False,
                ),
                "traps": _list(_object({"name": _STRING, "text": _STRING, "evidence": _evidence()})),
                "problems": _list(_object({"path": _STRING, "line": _LINE, "message": _STRING})),
            }
        ),
        "$defs": {"evidence": _list(_object({"path": _PATH, "line": _LINE}))},
    }


def _analyzer(name: str, lists: Mapping[str, Any]) -> Json:
    properties: dict[str, Json] = {}
    for key, empty in lists.items():
        value = empty()
        if isinstance(value, list):
            kind = next(
                (kind for kind, (home, _) in report.KINDS.items() if kind.analyzer == name and home == key), None
            )
            if key == "inlineServerActions":
                kind = model.ServerAction
            properties[key] = _list(_written(kind) if kind is not None else {})
        else:
            properties[key] = {"type": "object"} if isinstance(value, dict) else {}
    properties |= _BY_HAND.get(name, {})
    properties["statements"] = _list(_object({"label": _STRING, "text": _STRING, "evidence": _evidence()}))
    return {
        "type": "object",
        "properties": properties,
        "required": list(lists),
        "additionalProperties": False,
    }


def _written(kind: type[model.Fact]) -> Json:
    """How one fact of a kind is written: by hand where `report` writes it so, else by its fields."""
    by_hand = _FACTS.get(kind)
    return by_hand if by_hand is not None else _dataclass(kind, report.OMITTED.get(kind, ()))


def _dataclass(kind: type, omitted: tuple[str, ...] = ()) -> Json:
    hints = get_type_hints(kind)
    named = {
        report.camel(field.name): _type(hints[field.name])
        for field in fields(kind)
        if report.camel(field.name) not in omitted
    }
    return _object(named)


def _type(hint: Any) -> Json:
    origin = get_origin(hint)
    if hint is model.Evidence:
        return _object({"path": _PATH, "line": _LINE})
    if is_dataclass(hint) and isinstance(hint, type):
        return _dataclass(hint)
    if origin is tuple:
        inner = get_args(hint)[0]
        return {"$ref": "#/$defs/evidence"} if inner is model.Evidence else _list(_type(inner))
    if origin in {Mapping, dict}:
        return {"type": "object", "additionalProperties": _type(get_args(hint)[1])}
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if origin in {Union, types.UnionType}:
        return {"anyOf": [_type(one) for one in get_args(hint)]}
    simple = {str: "string", int: "integer", bool: "boolean", float: "number", type(None): "null"}
    return {"type": simple[hint]} if hint in simple else {}


def _object(properties: Mapping[str, Json], *, required: bool = True) -> dict[str, Json]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties) if required else [],
        "additionalProperties": False,
    }


def _list(items: Json) -> dict[str, Json]:
    return {"type": "array", "items": items}


def _evidence() -> Json:
    return {"$ref": "#/$defs/evidence"}


_COLUMN = {"type": "object", "required": ["name", "type", "notNull"]}
_TABLE = {
    "type": "object",
    "required": ["name", "schema", "columns", "foreignKeys", "indexes", "uniqueConstraints", "compositePrimaryKeys"],
    "properties": {"columns": {"type": "object", "additionalProperties": _COLUMN}},
}

# Where `report` writes a fact otherwise than by its fields.
_FACTS: dict[type[model.Fact], Json] = {
    model.CompilerOptions: _object(
        {
            "path": _PATH,
            "extends": _list(_STRING),
            "compilerOptions": {"type": "object"},
            "unresolvedExtends": _list(_STRING),
            "publishedBases": _list(
                _object(
                    {
                        "specifier": _STRING,
                        "package": _STRING,
                        "version": _STRING,
                        "options": _list(_STRING),
                        "evidence": _evidence(),
                    }
                )
            ),
            "references": _list(_STRING),
            "evidence": _evidence(),
        }
    ),
    model.Technology: _object(
        {
            "id": _STRING,
            "name": _STRING,
            "category": _STRING,
            "version": _SCALAR,
            "requested": _SCALAR,
            "inUse": {"type": ["boolean", "null"]},
            "imports": {"type": "integer"},
            "supersededBy": _SCALAR,
            "workspace": _PATH,
            "package": _SCALAR,
            "evidence": _evidence(),
        }
    ),
    model.DeadConfig: _PATH,
    model.ClientFile: _PATH,
    model.ServerAction: _object(
        {"name": _STRING, "file": _PATH, "line": _LINE, "wrapper": _SCALAR, "evidence": _evidence()}
    ),
    model.DrizzleSchema: _object(
        {
            "config": _SCALAR,
            "workspace": _PATH,
            "dialect": _STRING,
            "driver": _SCALAR,
            "files": _list(_PATH),
            "snapshot": {
                "type": "object",
                "description": "drizzle-kit's snapshot, version 7, whatever the dialect",
                "properties": {
                    "tables": {"type": "object", "additionalProperties": _TABLE},
                    "enums": {"type": "object"},
                    "views": {"type": "object"},
                },
            },
            "evidence": {"type": "object", "additionalProperties": _evidence(), "description": "by JSON pointer"},
            "relations": _list(_type(model.DrizzleRelation)),
            "migrations": {"type": "object"},
            "notes": _list(_STRING),
            "sources": _evidence(),
        }
    ),
}

# The keys of an analyzer's object that are no list of facts.
_BY_HAND: dict[str, dict[str, Json]] = {
    "environment": {"undocumented": _list(_STRING), "examples": _list(_PATH), "unread": _list(_PATH)},
    "tests": {
        "files": _object(
            {
                "files": {"type": "integer"},
                "own": {"type": "integer"},
                "undetermined": {"type": "integer"},
                "patterns": _list(_STRING),
                "evidence": _evidence(),
            }
        )
    },
    "package_json": {
        "commands": {
            "type": "object",
            "additionalProperties": _object({"command": _STRING, "source": _STRING, "evidence": _evidence()}),
        }
    },
    "middleware": {
        "file": {"type": ["string", "null"]},
        "kind": {"enum": ["middleware", "proxy", None]},
        "matchers": _list(_object({"source": _STRING, "regexp": _STRING, "conditions": _list(_STRING)})),
        "matcherKnown": {"type": "boolean"},
        "providers": _list(_STRING),
        "redirects": _list(_object({"when": _STRING, "to": _STRING})),
        "dead": _list(_object({"path": _PATH, "reason": _STRING})),
        "evidence": _evidence(),
        "routes": _object({"covered": _list(_STRING), "uncovered": _list(_STRING), "undetermined": _list(_STRING)}),
    },
}


if __name__ == "__main__":
    import json

    json.dump(schema(), sys.stdout, indent=2)
    sys.stdout.write("\n")
