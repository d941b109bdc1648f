"""The catalog as data: one form, sorted, unique, and every entry detects itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tomli

from prefill.analyzers.package_json.catalog import Catalog, catalog

FOLDER = Path(__file__).parents[2] / "analyzers" / "catalog"
FILES = sorted(FOLDER.glob("*.toml"))
ENTRIES = {path.stem: tomli.loads(path.read_text()) for path in FILES}
ALL = [(category, key, entry) for category, entries in ENTRIES.items() for key, entry in entries.items()]
NAME = re.compile(r"(?:@[a-z0-9*~-][a-z0-9*._~-]*/)?[a-z0-9*~-][a-z0-9*._~-]*")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_sorted_and_in_the_one_form_that_the_fast_reader_knows(path: Path) -> None:
    text = path.read_text()
    lines = text.splitlines()
    assert text.endswith("\n")
    assert all(re.fullmatch(r'"[^"]+" = \{ (?:id|of) = .+ \}', line) for line in lines)
    keys = [line.split('"')[1] for line in lines]
    assert keys == sorted(set(keys))


def test_the_fast_reader_sees_every_key_that_a_toml_parser_sees() -> None:
    assert sorted(catalog().keys()) == sorted(key for _, key, _ in ALL)


def test_a_package_stands_in_one_category_only() -> None:
    keys = [key for _, key, _ in ALL]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("category", ENTRIES)
def test_every_entry_detects_itself(category: str) -> None:
    for key, written in ENTRIES[category].items():
        entry = catalog().find(key.replace("*", "anything"))
        assert entry is not None
        assert entry.id == written.get("id", written.get("of"))
        assert entry.name
        assert entry.category == category
        if "id" in written:
            assert entry.name == written["name"]
            assert entry.supersedes == tuple(written.get("supersedes", ()))


def test_names_are_names_of_packages_with_one_star_at_most() -> None:
    for _, key, _ in ALL:
        assert NAME.fullmatch(key), key
        assert key.count("*") <= 1
        assert len(key.replace("*", "")) >= 2, f"{key} would match anything"


def test_an_entry_says_what_it_is_or_of_what_it_is_a_sign() -> None:
    for _, key, entry in ALL:
        assert ("of" in entry) is not ("id" in entry), key
        known = {"of"} if "of" in entry else {"id", "name", "rank", "supersedes", "since", "then"}
        assert set(entry) <= known, key
        assert ("since" in entry) is ("then" in entry), key


def test_a_technology_has_one_name_one_category_and_a_rank_for_each_package() -> None:
    said: dict[str, list[tuple[str, str, str, int]]] = {}
    for category, key, entry in ALL:
        if "id" in entry:
            said.setdefault(entry["id"], []).append((category, entry["name"], key, entry.get("rank", 0)))
    for identifier, rows in said.items():
        assert len({(category, name) for category, name, _, _ in rows}) == 1, identifier
        assert len({rank for _, _, _, rank in rows}) == len(rows), identifier
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", identifier), identifier
    for _, key, entry in ALL:
        assert entry.get("of", entry.get("id")) in said, key
        assert set(entry.get("supersedes", ())) <= set(said), key


def test_a_technology_supersedes_neither_itself_nor_what_supersedes_it() -> None:
    above: dict[str, set[str]] = {}
    for _, _, entry in ALL:
        if "id" in entry:
            above.setdefault(entry["id"], set()).update(entry.get("supersedes", ()))
    for identifier, below in above.items():
        assert identifier not in below
        assert all(identifier not in above.get(other, set()) for other in below)


def test_an_exact_name_comes_before_a_glob_and_the_longest_glob_first() -> None:
    made = Catalog(
        [
            (
                "a",
                '"@x/*" = { id = "x", name = "X" }\n"@x/long-*" = { id = "long", name = "L" }\n"@x/y" = { id = "y", name = "Y" }\n',
            )
        ]
    )
    found = [made.find(name) for name in ("@x/y", "@x/long-z", "@x/z", "@x/", "x")]
    assert [entry.id if entry else None for entry in found] == ["y", "long", "x", None, None]


def test_what_the_catalog_does_not_know_is_nothing() -> None:
    assert catalog().find("a-package-that-nobody-published") is None
    assert catalog().find("") is None
    assert catalog().find('x" = { id = "') is None
