"""What is held of published tsconfig bases is what TypeScript reads in the packages themselves, which npm fetches.

At every version from which something else is said, and at the last one that was looked at. The versions between are compared
by `python bench/tsconfig_bases.py check`, which takes minutes.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from prefill.formats import toml
from prefill.typescript.bases import numbers, said

ROOT = Path(__file__).parents[2]
DATA = ROOT / "prefill" / "typescript" / "bases"
PACKAGES = sorted(path.relative_to(DATA).as_posix().removesuffix(".toml") for path in DATA.rglob("*.toml"))


@cache
def asking() -> Callable[[str, list[str]], dict[str, dict[str, Any]]]:
    """`ask` of the script that writes the data."""
    spec = importlib.util.spec_from_file_location("tsconfig_bases", ROOT / "bench" / "tsconfig_bases.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    found: Callable[[str, list[str]], dict[str, dict[str, Any]]] = script.ask
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_a_published_base_says_what_is_held_of_it(package: str) -> None:
    data = toml.parse((DATA / f"{package}.toml").read_text(encoding="utf-8")).value
    versions = {data["until"], *(change["since"] for base in data["base"] for change in base["change"])}
    names = [name for base in data["base"] for name in base["names"]]
    answers = asking()(package, sorted(versions, key=lambda version: numbers(version) or ()))
    held = {version: {name: said(package, name, version) for name in names} for version in versions}
    read = {version: {name: answers[version].get(name) for name in names} for version in versions}
    assert held == read
