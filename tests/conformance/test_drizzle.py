"""A schema's snapshot is the one that drizzle-kit itself generates, table by table and key by key."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prefill.analyzers.drizzle import ANALYZER
from prefill.analyzers.drizzle.vocabulary import BUILDERS
from prefill.model import DrizzleSchema
from prefill.testing import analyze

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures" / "drizzle"
AGREEMENT = ROOT / "bench" / "drizzle_agreement.py"
CASES = {
    "postgres_every_builder": None,
    "mysql_every_builder": "snake_case",
    "sqlite_every_builder": None,
    "singlestore_every_builder": "snake_case",
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


@pytest.mark.parametrize("prefix", ["pg", "mysql", "sqlite", "singlestore", "gel"])
def test_a_builder_without_options_has_the_type_that_drizzle_gives_it(node: Node, prefix: str) -> None:
    (theirs,) = node("drizzle_types.mjs", prefix)
    said = {name: BUILDERS[prefix][name].type({}) if name in BUILDERS[prefix] else "not known" for name in theirs}
    # without its options, as here, a type that must have them says that they are undefined
    assert {name: kind for name, kind in said.items() if "undefined" not in theirs[name]} == {
        name: kind for name, kind in theirs.items() if "undefined" not in kind
    }


def agreement(*checkouts: Path) -> subprocess.CompletedProcess[str]:
    """What the script says that compares whole checkouts."""
    command = [sys.executable, str(AGREEMENT), *map(str, checkouts)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("case", [*CASES, "relations_and_views"])
def test_a_checkout_agrees_with_drizzle_kit_in_every_part(node: Node, case: str, tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / case, tmp_path / case)
    done = agreement(tmp_path / case)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_checkout_can_neither_write_nor_start_processes(node: Node, tmp_path: Path) -> None:
    """The schema tries both, and reads what lies outside; its table is made all the same."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (tmp_path / "secret.txt").write_text("secret_column")
    (checkout / "package.json").write_text('{"name": "trap", "dependencies": {"drizzle-orm": "0.45.4"}}')
    (checkout / "drizzle.config.ts").write_text('export default { dialect: "postgresql", schema: "./schema.ts" }')
    (checkout / "schema.ts").write_text(
        """
        import { execSync } from "node:child_process";
        import { readFileSync, writeFileSync } from "node:fs";
        import { pgTable, text } from "drizzle-orm/pg-core";
        let name = "kept";
        try { writeFileSync(__dirname + "/written.txt", "1"); name = "written"; } catch {}
        try { execSync("true"); name = "started"; } catch {}
        try { name = readFileSync(__dirname + "/../secret.txt", "utf8"); } catch {}
        export const traps = pgTable("traps", { [name]: text() });
        """
    )
    done = agreement(checkout)
    assert not (checkout / "written.txt").exists()
    # prefill runs nothing, so it does not know the column; drizzle-kit has it under the name that the traps left
    assert "missed: drizzle.config.ts traps kept" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 1


def test_the_checkouts_that_repo_names_agree_with_drizzle_kit(node: Node, checkouts: tuple[Path, ...]) -> None:
    """This runs the schemas of the checkouts, as the script's docstring says."""
    for checkout in checkouts:
        done = agreement(checkout)
        assert done.returncode == 0, done.stdout + done.stderr
