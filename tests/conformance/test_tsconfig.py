"""Effective compiler options are those of TypeScript's own parser, where it can read every base."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from prefill.testing import open_repository, write
from prefill.typescript.config import Reader, effective

Node = Callable[..., list[dict[str, Any]]]
Find = Callable[..., list[Path]]

NAMES = ("tsconfig.json", "jsconfig.json")

CASES: dict[str, str] = {
    "plain/tsconfig.json": '{"compilerOptions": {"strict": true, "target": "ES2015", "lib": ["ES2016", "DOM"], "jsx": null}}',
    "commented/tsconfig.json": '{ // why\n "compilerOptions": { "module": "NodeNext", /* x */ "moduleResolution": "Node16", }, }',
    "app/tsconfig.json": '{"extends": ["../one", "../two.json"], "compilerOptions": {"strict": false, "outDir": "out"}}',
    "one.json": '{"extends": "./deep/base", "compilerOptions": {"strict": true, "noEmit": true, "rootDir": "."}}',
    "two.json": '{"compilerOptions": {"noEmit": null, "paths": {"@/*": ["./src/*"]}, "typeRoots": ["types", "${configDir}/t"]}}',
    "deep/base.json": '{"compilerOptions": {"allowJs": true, "baseUrl": ".", "outDir": "dist", "declarationDir": "${configDir}/d"}}',
    "js/jsconfig.json": '{"compilerOptions": {"baseUrl": "src", "noEmit": false}}',
    "package/tsconfig.json": '{"extends": "bases/strict"}',
    "package/node_modules/bases/package.json": '{"name": "bases"}',
    "package/node_modules/bases/strict.json": '{"compilerOptions": {"strict": true, "moduleResolution": "node"}}',
    "circle/tsconfig.json": '{"extends": "./other.json", "compilerOptions": {"strict": true}}',
    "circle/other.json": '{"extends": "./tsconfig.json", "compilerOptions": {"noEmit": true}}',
    "wrong/tsconfig.json": '{"compilerOptions": {"strict": "yes", "target": "ES1999", "checkJs": true, "unheardOf": 1}}',
}


def differences(root: Path, answers: list[dict[str, Any]]) -> list[str]:
    """What is read otherwise than by TypeScript; files for which it has an error are left out."""
    repository = open_repository(root)
    reader = Reader(repository)
    found = []
    for answer in answers:
        path = Path(answer["file"]).relative_to(root).as_posix()
        ours = effective(repository, path, reader=reader)
        if answer["errors"] or ours.unresolved or not repository.exists(path):
            continue
        theirs = {key: value for key, value in answer["options"].items() if key != "paths"}
        said = {key: value for key, value in ours.options.items() if key != "paths"}
        if said != theirs:
            found.append(f"{path}: {said} is not {theirs}")
        if list(ours.paths) != list(answer["options"].get("paths") or {}):
            found.append(f"{path}: {list(ours.paths)} are not its aliases")
    return found


def test_options_are_typescripts(node: Node, find: Find, tmp_path: Path) -> None:
    write(tmp_path, CASES)
    files = find(tmp_path, *NAMES)
    answers = node("tsconfig.mjs", *map(str, files))
    assert differences(tmp_path, answers) == []
    errors = {Path(answer["file"]).parent.name for answer in answers if answer["errors"]}
    assert errors == {"circle", "wrong"}


def test_what_typescript_refuses_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, CASES)
    repository = open_repository(tmp_path)
    for name in ("circle", "wrong"):
        assert effective(repository, f"{name}/tsconfig.json").problems != ()


def test_options_of_the_checkouts_are_typescripts(node: Node, find: Find, checkouts: tuple[Path, ...]) -> None:
    for root in checkouts:
        files = find(root, *NAMES)
        assert differences(root, node("tsconfig.mjs", *map(str, files)) if files else []) == []
