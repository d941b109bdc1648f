"""Prisma schemas by `prefill.analyzers.prisma` are what Prisma's own parser makes of them, and what it refuses is a problem."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prefill.analyzers.prisma import ANALYZER
from prefill.testing import report, write

FIXTURES = Path(__file__).parents[2] / "fixtures" / "prisma"

Node = Callable[..., list[dict[str, Any]]]

HEAD = 'datasource db {\n  provider = "postgresql"\n}\n'

# What the language allows, in forms that are seldom written.
SCHEMAS = {
    "spaces": HEAD
    + '  model   A{\n\tid Int@id@map("x")\n\ttags String []\n\tn Int @default (1)\n\to Int ?\n  } // end\n',
    "comments": HEAD
    + "/* model Z {\n id Int @id\n} */\n/// doc\nmodel A { /* y */\n  id Int @id /* z */\n/* gone Int */\n}\n// }\n",
    "strings": HEAD
    + 'model A {\n  id String @id @default("// ] ) \\" @unique /*")\n  b  String @default("{") @map("c")\n}\n',
    "indexes": HEAD
    + 'model A {\n  a Int\n  b Int\n  c String @unique(map: "u")\n  @@id([a, b], name: "n", map: "m")\n  @@unique(b)\n  @@unique([c(sort: Desc), a])\n'
    + '  @@index(fields: [a, c(ops: raw("text_ops"))], map: "i")\n  @@index(c)\n  @@map(name: "t")\n}\n',
    "single block id": HEAD + "model A {\n  a Int\n  b Int\n  @@id([a])\n  @@unique(fields: [b])\n}\n",
    "relations": HEAD
    + 'model User {\n  id Int @id\n  posts Post[] @relation("written")\n  read Post[] @relation("read")\n  boss User? @relation("b", fields: [bossId], references: [id])\n'
    + '  bossId Int?\n  staff User[] @relation("b")\n}\nmodel Post {\n  id Int @id\n  by User @relation("written", fields: [byId], references: [id], onDelete: Cascade)\n'
    + '  byId Int\n  readers User[] @relation("read")\n}\n',
    "ignored": HEAD
    + 'model A {\n  id Int @id\n  x Int @ignore\n  p Unsupported("point(1, 2)")?\n  bs B[] @ignore\n}\nmodel B {\n  id Int @id\n  aId Int\n'
    + "  a A @relation(fields: [aId], references: [id])\n  @@ignore\n}\n",
    "enums": HEAD
    + 'enum E {\n  A_1 @map("a-1")\n  b2 // two\n\n  C\n  @@map("e")\n}\nmodel A {\n  id Int @id\n  e E @default(b2)\n  es E[] @default([A_1, C])\n}\n',
}

REFUSED = {
    "an attribute on a line of its own": "model A {\n  id Int\n  @id\n}\n",
    "arguments over two lines": "model A {\n  id Int @id\n  b Int\n  @@index([id,\n  b])\n}\n",
    "a block on one line": "model A { id Int @id }\n",
    "a brace on the next line": "model A\n{\n  id Int @id\n}\n",
    "a colon": "model A {\n  id: Int @id\n}\n",
    "an unknown type": "model A {\n  id Int @id\n  b Strin\n}\n",
    "a model twice": "model A {\n  id Int @id\n}\nmodel A {\n  id Int @id\n}\n",
    "two block attributes on a line": 'model A {\n  id Int @id\n  @@map("x") @@index([id])\n}\n',
    "a type alias": "type Name = String\nmodel A {\n  id Int @id\n}\n",
    "a block that is not closed": "model A {\n  id Int @id\n",
}


def ours(folder: Path) -> tuple[dict[str, Any], dict[str, Any], list[Any]]:
    """(models, enums, indexes) as the reader's script writes them."""
    (schema,) = report(ANALYZER, folder)["schemas"]
    keys = ("type", "list", "required", "id", "unique")
    models = {
        model["name"]: {
            "table": model["table"],
            "fields": {field["name"]: {key: field[key] for key in keys} for field in model["fields"]},
        }
        for model in schema["models"]
    }
    enums = {enum["name"]: enum["values"] for enum in schema["enums"]}
    return models, enums, sorted([index["model"], index["type"], index["fields"]] for index in schema["indexes"])


def compare(node: Node, folder: Path, file: str) -> None:
    (theirs,) = node("prisma.mjs", str(folder / file))
    assert theirs["error"] is None
    assert ours(folder) == (theirs["models"], theirs["enums"], sorted(theirs["indexes"]))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_what_prisma_makes_of_it(node: Node, tmp_path: Path, name: str) -> None:
    write(tmp_path, {"package.json": "{}", "schema.prisma": SCHEMAS[name]})
    compare(node, tmp_path, "schema.prisma")


@pytest.mark.parametrize("case", ["one_file", "mongodb_types", "what_the_client_leaves_out"])
def test_a_fixture_is_what_prisma_makes_of_it(node: Node, case: str) -> None:
    compare(node, FIXTURES / case, "prisma/schema.prisma")


@pytest.mark.parametrize("name", REFUSED)
def test_what_prisma_refuses_is_a_problem(node: Node, tmp_path: Path, name: str) -> None:
    write(tmp_path, {"package.json": "{}", "schema.prisma": HEAD + REFUSED[name]})
    (theirs,) = node("prisma.mjs", str(tmp_path / "schema.prisma"))
    assert theirs["error"] is not None
    assert report(ANALYZER, tmp_path)["problems"]
