"""A schema's snapshot is the one that drizzle-kit itself generates, table by table and key by key."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prefill.analyzers.drizzle import ANALYZER
from prefill.model import DrizzleSchema
from prefill.testing import analyze

FIXTURES = Path(__file__).parents[2] / "fixtures" / "drizzle"
CASES = {
    "postgres_every_builder": None,
    "mysql_every_builder": "snake_case",
    "sqlite_every_builder": None,
    "evaluated_monorepo": "snake_case",
}

Node = Callable[..., list[dict[str, Any]]]


def plain(name: str, value: Any) -> Any:
    """drizzle-kit's value without what only differs in form: absent for false or empty, and SQLite's columns as texts."""
    if name == "columns" and isinstance(value, list):
        return [column if isinstance(column, str) else column["expression"] for column in value]
    return None if value in (False, {}, "", []) else value


def rows(table: dict[str, Any], group: str) -> dict[str, dict[str, Any]]:
    """The members of one group of a table, each with its values in plain form."""
    members = table.get(group) or table.get(group.replace("Constraints", "Constraint")) or {}
    return {key: {name: plain(name, value) for name, value in member.items()} for key, member in members.items()}


def differences(theirs: dict[str, Any], ours: dict[str, Any]) -> list[str]:
    """Where the snapshots differ, in either direction, one line each."""
    found = []
    for name in theirs["tables"].keys() | ours["tables"].keys():
        if name not in theirs["tables"] or name not in ours["tables"]:
            found.append(f"{name}: the table is {'missed' if name in theirs['tables'] else 'invented'}")
            continue
        table, mine = theirs["tables"][name], ours["tables"][name]
        for group in ("columns", "indexes", "foreignKeys", "uniqueConstraints", "policies", "checkConstraints"):
            wanted, said = rows(table, group), rows(mine, group)
            found += [f"{name}: {group} {key} is missed" for key in wanted.keys() - said.keys()]
            found += [f"{name}: {group} {key} is invented" for key in said.keys() - wanted.keys()]
            for key in wanted.keys() & said.keys():
                for field, value in wanted[key].items():
                    # a primary key of one column is said by the column, whatever the dialect
                    if field == "primaryKey" or (field == "nulls" and "isExpression" in wanted[key]):
                        continue
                    if value is not None and field != "using" and said[key].get(field) != value:
                        found.append(f"{name}: {group} {key} {field}: {said[key].get(field)!r}, not {value!r}")
        keys = [member["columns"] for member in (table.get("compositePrimaryKeys") or {}).values()]
        alone = {column["name"] for column in table["columns"].values() if column.get("primaryKey")}
        alone |= {columns[0] for columns in keys if len(columns) == 1}
        if {column["name"] for column in mine["columns"].values() if column["primaryKey"]} != alone:
            found.append(f"{name}: the primary key is not {alone}")
        if [member["columns"] for member in mine["compositePrimaryKeys"].values()] != [
            key for key in keys if len(key) > 1
        ]:
            found.append(f"{name}: the primary keys of several columns are not {keys}")
    if (theirs.get("enums") or {}) != ours["enums"]:
        found.append(f"enums: {ours['enums']}, not {theirs.get('enums')}")
    return found


@pytest.mark.parametrize("case", CASES)
def test_a_snapshot_is_drizzle_kits(node: Node, case: str) -> None:
    said = analyze(ANALYZER, FIXTURES / case).of(DrizzleSchema)
    assert len(said) == 1
    packages = {
        json.loads(manifest.read_text())["name"]: str(manifest.parent)
        for manifest in (FIXTURES / case).glob("packages/*/package.json")
    }
    # the client connects when it is imported; it declares nothing
    files = [str(FIXTURES / case / file) for file in said[0].files if not file.endswith("db/index.ts")]
    job = {"dialect": said[0].dialect, "casing": CASES[case], "files": files, "packages": packages}
    (answer,) = node("drizzle.mjs", json.dumps(job))
    assert "error" not in answer, answer
    assert differences(answer["snapshot"], dict(said[0].snapshot)) == []
