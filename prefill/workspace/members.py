"""Which folders are packages, and which of them a package manager links: by the rules of `@manypkg/get-packages`.

A folder is the root of a workspace when one of the tools says so, asked in this order: yarn, pnpm, npm, bun, lerna, rush
(https://github.com/Thinkmill/manypkg/tree/main/packages/tools). Its globs are matched against folders, not files.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence

from prefill.formats.document import FormatError
from prefill.lazy import regex
from prefill.model import Evidence
from prefill.repository import LOCKFILE_LIMIT, Repository
from prefill.workspace.globs import expand
from prefill.workspace.package import Package, Root, Workspaces, join

_ASIDE_ROOT = regex(r"(?:^|/)(?:fixtures?|__fixtures__|templates?|tests?|__tests__)/", re.IGNORECASE)


def read_workspaces(repository: Repository) -> Workspaces:
    """Every package of the repository, told apart by who links them."""
    packages: dict[str, Package] = {}
    for path in repository.named("package.json"):
        folder = posixpath.dirname(path) or "."
        if "node_modules" not in folder.split("/"):
            packages[folder] = _read_package(repository, folder, path)
    linked: dict[str, str] = {}
    roots: list[Root] = []
    folders = set(packages)
    for name in ("pnpm-workspace.yaml", "lerna.json", "rush.json"):
        folders.update(posixpath.dirname(path) or "." for path in repository.named(name))
    for folder in sorted(folders, key=lambda at: (at != ".", at.count("/"), at)):
        if _ASIDE_ROOT.search(folder + "/"):
            continue
        found = _root(repository, folder, packages)
        if found is None:
            continue
        roots.append(found)
        for path in found.members:
            if path != "." and found.installs:
                linked.setdefault(path, folder)
    independent = tuple(package for path, package in sorted(packages.items()) if path != "." and path not in linked)
    return Workspaces(packages.get("."), tuple(packages[path] for path in sorted(linked)), independent, tuple(roots))


def _read_package(repository: Repository, folder: str, path: str) -> Package:
    from prefill.formats import jsonc

    text = repository.text(path)
    if text is None:
        return Package(folder, None)
    try:
        document = jsonc.parse(text)
    except FormatError as error:
        repository.report(path, error.line, error.message)
        return Package(folder, None)
    if not isinstance(document.value, dict):
        repository.report(path, 1, "is not a JSON object")
        return Package(folder, None)
    name = document.value.get("name")
    return Package(folder, name if isinstance(name, str) and name else None, document.value, document)


def _root(repository: Repository, folder: str, packages: Mapping[str, Package]) -> Root | None:
    """What the first tool that takes this folder for a workspace root links; None where none does."""
    package = packages.get(folder)
    declared = package.manifest.get("workspaces") if package else None
    globs = declared.get("packages") if isinstance(declared, dict) else declared
    listed = _strings(globs)

    def here(*names: str) -> bool:
        return any(repository.exists(join(folder, name)) for name in names)

    def members(patterns: Sequence[str]) -> tuple[str, ...]:
        return tuple(expand(patterns, folder, packages))

    def by_manifest(tool: str, *, installs: bool = True) -> Root:
        line = package.document.line("workspaces") if package and package.document else None
        return Root(folder, tool, members(listed), (Evidence(join(folder, "package.json"), line),), installs)

    if isinstance(globs, list) and here("yarn.lock"):
        return by_manifest("yarn")
    if (found := _pnpm(repository, folder)) is not None:
        patterns, evidence = found
        return Root(folder, "pnpm", members(patterns), evidence, by_range=_pnpm_links_ranges(repository, folder))
    if isinstance(declared, list) and here("package-lock.json"):
        return by_manifest("npm")
    if isinstance(globs, list) and here("bun.lock", "bun.lockb"):
        return by_manifest("bun")
    if (found := _lerna(repository, folder)) is not None and package is not None:
        patterns, evidence = found
        return Root(folder, "lerna", members(patterns), evidence)
    if (found := _rush(repository, folder)) is not None:
        paths, evidence = found
        return Root(folder, "rush", tuple(path for path in paths if path in packages), evidence)
    # Declared, but without the lockfile that tells whose they are: what they name still means each other.
    return by_manifest("package.json", installs=False) if listed else None


def _pnpm(repository: Repository, folder: str) -> tuple[list[str], tuple[Evidence, ...]] | None:
    path = join(folder, "pnpm-workspace.yaml")
    text = repository.text(path)
    if text is None or "packages" not in text:
        return None
    found = _plain_packages(text)
    if found is not None:
        return (found[0], (Evidence(path, found[1]),)) if found[0] else None
    from prefill.formats import yaml

    try:
        document = yaml.parse(text)
    except FormatError as error:
        repository.report(path, error.line, error.message)
        return None
    listed = _strings(document.get("packages"))
    return (listed, (Evidence(path, document.line("packages")),)) if listed else None


def _pnpm_links_ranges(repository: Repository, folder: str) -> bool:
    settings = repository.text(join(folder, "pnpm-workspace.yaml")) or ""
    said = re.search(r"^linkWorkspacePackages:[ \t]*(\w+)", settings, re.MULTILINE)
    if said is not None:
        return said.group(1) != "false"
    lock = repository.source(join(folder, "pnpm-lock.yaml"), LOCKFILE_LIMIT) or b""
    version = re.search(rb"^lockfileVersion:[ \t]*['\"]?(\d+)", lock[:4_000], re.MULTILINE)
    return version is not None and int(version.group(1)) < 9


_ITEM = regex(r"""[ \t]*-[ \t]+(?:"([^"\\\n]*)"|'([^'\n]*)'|([^\s'"\[{&*#|>%@`!?,:][^\s:,\]}#]*))[ \t]*(?:[ \t]#.*)?""")


def _plain_packages(text: str) -> tuple[list[str], int] | None:
    """The block list under `packages:` and its line, read without a YAML parser; None where it is written in another way."""
    found: list[str] = []
    at: int | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if at is None:
            if line.startswith(("packages:", '"packages"', "'packages'")):
                if line.partition("#")[0].rstrip() != "packages:":
                    return None
                at = number
            elif line.startswith(("{", "---", "<<", "?")):
                return None
            continue
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item = _ITEM.fullmatch(line)
        if item is None:
            if line[0] in " \t-":
                return None
            break
        found.append(next(part for part in item.groups() if part is not None))
    return (found, at) if at is not None else ([], 0)


def _lerna(repository: Repository, folder: str) -> tuple[list[str], tuple[Evidence, ...]] | None:
    from prefill.formats import jsonc

    path = join(folder, "lerna.json")
    if (text := repository.text(path)) is None:
        return None
    try:
        document = jsonc.parse(text)
    except FormatError as error:
        repository.report(path, error.line, error.message)
        return None
    if document.get("useWorkspaces") is True:
        return None
    return _strings(document.get("packages")) or ["packages/*"], (Evidence(path, document.line("packages")),)


def _rush(repository: Repository, folder: str) -> tuple[list[str], tuple[Evidence, ...]] | None:
    from prefill.formats import jsonc

    path = join(folder, "rush.json")
    if (text := repository.text(path)) is None:
        return None
    try:
        document = jsonc.parse(text)
    except FormatError as error:
        repository.report(path, error.line, error.message)
        return None
    projects = document.get("projects")
    listed = _strings(
        [p.get("projectFolder") for p in projects if isinstance(p, dict)] if isinstance(projects, list) else []
    )
    paths = [posixpath.normpath(posixpath.join(folder, path)) for path in listed]
    return [at for at in paths if not at.startswith("..")], (Evidence(path, document.line("projects")),)


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
