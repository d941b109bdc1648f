"""What of Supabase is used is what the sources call on a client, and tables are those that are said plainly."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from prefill.analyzers.supabase import ANALYZER, tables_of
from prefill.model import SupabaseProject, SupabaseTables, SupabaseUse
from prefill.testing import analyze, write

PACKAGE = '{ "name": "x", "dependencies": { "@supabase/supabase-js": "2.0.0" } }'


def uses(folder: Path, source: str | bytes, path: str = "src/a.ts") -> dict[str, tuple[str, ...]]:
    write(folder, {"package.json": PACKAGE, path: source})
    return {fact.part: fact.names for fact in analyze(ANALYZER, folder).of(SupabaseUse)}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('await supabase.from("users").select();', {"database": ("users",)}),
        ("await this.supabaseAdmin\n  .from('users')\n  .select()", {"database": ("users",)}),
        ("const db = await createClient();\n// supabase\ndb.from(`a`)", {"database": ("a",)}),
        ("getSupabase().rpc('total')", {"database": ()}),
        ("supabase.schema('audit').from('logs')", {"database": ("logs",)}),
        ("supabase.storage.from('pictures')", {"storage": ("pictures",)}),
        ("supabase.channel('room')", {"realtime": ()}),
        ("supabase.functions.invoke('x')", {"functions": ()}),
        ("supabase.auth.getUser()", {"auth": ()}),
        ("supabase.from(TABLE)", {"database": ()}),
        ("// supabase.from('users')", {}),
        (" * supabase.from('users')", {}),
        ("const text = `\nsupabase.from('users')`;", {}),
        ("const a = `\\\\`; supabase.from('users')", {"database": ("users",)}),
        ('import "supabase"; Array.from("abc"); Buffer.from("x")', {}),
        ("supabase.fromage('x')", {}),
        ("const supabase = 1;", {}),
    ],
)
def test_a_part_is_used_where_it_is_called_on_a_client(
    tmp_path: Path, source: str, said: dict[str, tuple[str, ...]]
) -> None:
    assert uses(tmp_path, source) == said


@pytest.mark.parametrize("path", ["tests/a.ts", "src/a.test.ts", "supabase/functions/hello/index.ts", "readme.md"])
def test_tests_and_functions_of_the_service_are_not_the_app(tmp_path: Path, path: str) -> None:
    assert uses(tmp_path, "supabase.from('users')", path) == {}


def test_without_a_package_of_supabase_nothing_is_used(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": '{ "name": "x" }', "a.ts": "supabase.from('users')"})
    assert list(analyze(ANALYZER, tmp_path)) == []


def test_generated_types_in_utf_16_are_read(tmp_path: Path) -> None:
    text = "export interface Database {\n  public: {\n    Tables: {\n      users: {\n        Row: {\n          id: string\n"
    write(tmp_path, {"package.json": PACKAGE, "types_db.ts": text.encode("utf-16")})
    assert [fact.tables for fact in analyze(ANALYZER, tmp_path).of(SupabaseTables)] == [("users",)]


def test_keys_in_a_table_are_no_tables() -> None:
    text = (
        "export type Database = { public: { Tables: { a: { Row: { x: { Tables: { y: { Row: {} } } } } }, b: { Row: {} } },"
        " Views: { v: { Row: {} } } }, other: { Tables: { z: { Row: {} } } } }"
    )
    assert list(tables_of(text)) == ["a", "b"]


def test_a_type_of_another_kind_has_no_tables() -> None:
    assert tables_of("export type Database = { public: { Tables: string } }") == {}


def test_hostile_types_cost_no_more_than_their_length() -> None:
    for text in ("Tables: { Row: {" * 50_000, "{" * 500_000 + "Tables: { Row: {", '"' * 300_000 + "Tables: { Row: {"):
        start = time.perf_counter()
        tables_of(text)
        assert time.perf_counter() - start < 3


def test_a_project_of_an_example_is_not_the_app_s(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": PACKAGE, "examples/a/supabase/config.toml": "", "supabase/config.toml": ""})
    assert [fact.path for fact in analyze(ANALYZER, tmp_path).of(SupabaseProject)] == ["supabase/config.toml"]
