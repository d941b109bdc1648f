"""What is installed in each workspace, by the lockfile that rules it, and which package manager that is.

A workspace is ruled by the lockfile of the root that links it, else by its own, else by one above that lists it. Where one
folder holds two, the `packageManager` field decides, then the workspace's own files, then which one covers the manifest.
Without a lockfile an exactly written version is taken as pinned; a range stays a range.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Literal

from prefill.formats.document import FormatError
from prefill.lazy import regex
from prefill.lockfiles import TOOLS, Lockfile, parse, yarn_catalogs
from prefill.model import Evidence, PackageManager
from prefill.records import dataclass
from prefill.repository import LOCKFILE_LIMIT, Repository
from prefill.workspace import DEPENDENCY_KINDS, Kind, Package, Workspaces, admits, join

Source = Literal["lockfile", "pinned", "range"]

_EXACT = regex(r"(?:npm:(?:@[^/@\s]+/)?[^/@\s]+@)?[=v]?(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?)")
_ASIDE = regex(r"(?:^|/)(?:fixtures?|__fixtures__|templates?|tests?|__tests__|e2e|node_modules)/", re.IGNORECASE)
_FIELD = regex(r"(npm|pnpm|yarn|bun|deno)@v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)?")


@dataclass(frozen=True, slots=True)
class Installed:
    """One direct dependency as installed. `version` is None where no lockfile says it; `range` is what the manifest asks for.

    `target` is the repository's folder that it leads to, `alias_of` the real name behind an ``npm:`` alias, `asks` the range behind
    a ``catalog:`` where that is known. Evidence: the lockfile's line, then the manifest's.
    """

    name: str
    range: str
    version: str | None
    source: Source
    evidence: tuple[Evidence, ...]
    kind: Kind = "prod"
    target: str | None = None
    alias_of: str | None = None
    asks: str | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """The lockfile that rules a package: `workspace` is the package's folder as the lockfile names it, `others` are lockfiles beside it."""

    path: str
    tool: str
    lockfile: Lockfile
    workspace: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drift:
    """How a lockfile departs from a manifest: `differs` are (name, range in the manifest, range in the lockfile), `absent` names."""

    path: str
    differs: tuple[tuple[str, str, str], ...]
    absent: tuple[str, ...]


class Versions:
    """Direct dependencies of workspaces, resolved on demand; each lockfile is read once."""

    def __init__(self, repository: Repository, workspaces: Workspaces) -> None:
        self.repository = repository
        self.workspaces = workspaces
        self._read: dict[str, Lockfile | None] = {}
        self._ruling: dict[str, Ruling | None] = {}
        self._lines: dict[str, dict[tuple[str, str], int]] = {}
        self._found: dict[tuple[str, str], Installed | None] = {}
        self._catalogs: dict[str, dict[str, dict[str, str]]] = {}
        self._members: dict[str, dict[str, Package]] = {}

    # one dependency

    def installed(self, package: Package, name: str) -> Installed | None:
        """A direct dependency of a package; None where it has no such dependency."""
        key = (package.path, name)
        if key not in self._found:
            wanted = package.ranges().get(name)
            self._found[key] = None if wanted is None else self._resolve(package, name, *wanted)
        return self._found[key]

    def rows(self, package: Package) -> Iterator[Installed]:
        """Every direct dependency of a package, one row per table that names it, in the order of the manifest."""
        for name, wanted, kind in package.rows():
            yield self._resolve(package, name, wanted, kind)

    def links(self, package: Package) -> tuple[str, ...] | None:
        """The folders of the repository that a package's dependencies lead to by its lockfile; None without one."""
        ruling = self.ruling(package)
        if ruling is None:
            return None
        found = (self._resolve(package, *row).target for row in package.rows())
        return tuple(dict.fromkeys(target for target in found if target is not None))

    def line(self, package: Package, name: str, kind: Kind) -> Evidence:
        """Where a manifest names a dependency of a kind."""
        table = next((table for table, of_kind in DEPENDENCY_KINDS if of_kind == kind), "")
        return self.place(package, table, name)

    def place(self, package: Package, table: str, key: str) -> Evidence:
        """Where a manifest names a key of one of its tables, such as `scripts` and `build`; table "" for the tables themselves."""
        if package.path not in self._lines:
            text = package.document.text if package.document else ""
            self._lines[package.path] = manifest_lines(text)
        return Evidence(package.manifest_path, self._lines[package.path].get((table, key)))

    def _resolve(self, package: Package, name: str, wanted: str, kind: Kind) -> Installed:
        here = self.line(package, name, kind)
        ruling = self.ruling(package)
        if ruling is None:
            asks = self._catalog(package, name, wanted) if wanted.startswith("catalog:") else None
            exact = _EXACT.fullmatch(asks or wanted)
            if exact is not None and kind != "peer":
                return Installed(name, wanted, exact.group(1), "pinned", (here,), kind, asks=asks)
            return Installed(name, wanted, None, "range", (here,), kind, asks=asks)
        found = ruling.lockfile.resolve(ruling.workspace, name, wanted)
        if found is None:
            # Yarn's classic lockfile leaves out what it links.
            target = self._member(package, name, wanted)
            return Installed(name, wanted, None, "lockfile" if target else "range", (here,), kind, target)
        folder = ruling.path.rpartition("/")[0]
        target = posixpath.normpath(posixpath.join(folder, found.target)) if found.target is not None else None
        if target is not None and target.startswith(".."):
            target = None
        locked = Evidence(ruling.path, found.line)
        evidence = (locked, here) if found.line is not None else (here,)
        source: Source = "lockfile" if found.version is not None or target is not None else "range"
        return Installed(name, wanted, found.version, source, evidence, kind, target, found.alias_of)

    def _member(self, package: Package, name: str, wanted: str) -> str | None:
        root = self.workspaces.root_of(package.path)
        if root is None:
            return None
        if root.path not in self._members:
            packages = (self.workspaces.by_path(path) for path in root.members)
            self._members[root.path] = {
                member.name: member for member in packages if member is not None and member.name
            }
        member = self._members[root.path].get(name)
        return member.path if member is not None and admits(wanted, member.manifest.get("version")) else None

    def _catalog(self, package: Package, name: str, wanted: str) -> str | None:
        """The range behind a `catalog:` reference (https://pnpm.io/catalogs, https://bun.com/docs/pm/catalogs)."""
        root = self.workspaces.root_of(package.path)
        folder = root.path if root else "."
        if folder not in self._catalogs:
            self._catalogs[folder] = self._read_catalogs(folder)
        return self._catalogs[folder].get(wanted.removeprefix("catalog:").strip() or "default", {}).get(name)

    def _read_catalogs(self, folder: str) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}

        def take(holder: object) -> None:
            if not isinstance(holder, dict):
                return
            named = holder.get("catalogs")
            tables = {"default": holder.get("catalog"), **(named if isinstance(named, dict) else {})}
            for title, table in tables.items():
                if isinstance(table, dict):
                    found.setdefault(str(title), {}).update((str(k), str(v)) for k, v in table.items())

        path = join(folder, "pnpm-workspace.yaml")
        if (text := self.repository.text(path)) is not None and "catalog" in text:
            from prefill.formats import yaml

            try:
                take(yaml.parse(text).value)
            except FormatError as error:
                self.repository.report(path, error.line, error.message)
        package = self.workspaces.by_path(folder)
        if package is not None:
            take(package.manifest)
            take(package.manifest.get("workspaces"))
        return found

    # which lockfile

    def ruling(self, package: Package) -> Ruling | None:
        """The lockfile that rules a package; None where there is none that could be read and covers it."""
        if package.path not in self._ruling:
            self._ruling[package.path] = self._find_ruling(package)
        return self._ruling[package.path]

    def lockfiles_in(self, folder: str) -> tuple[str, ...]:
        """The lockfiles that stand in a folder."""
        paths = (join(folder, name) for name in TOOLS)
        return tuple(path for path in paths if self.repository.exists(path))

    def _find_ruling(self, package: Package) -> Ruling | None:
        root = self.workspaces.root_of(package.path)
        folders = [root.path] if root is not None else []
        at = package.path
        while True:
            if at not in folders:
                folders.append(at)
            if at == ".":
                break
            at = at.rpartition("/")[0] or "."
        for folder in folders:
            workspace = package.path if folder == "." else package.path[len(folder) + 1 :] or "."
            linked = root is not None and folder == root.path
            ranked = self._ranked(folder)
            covering = []
            for path in ranked:
                lockfile = self._lockfile(path, folder)
                if lockfile is not None and (linked or workspace == "." or workspace in lockfile.workspaces()):
                    covering.append((path, lockfile))
            if linked and workspace != "." and len(folders) > 1:
                # pnpm can keep one lockfile per package (`sharedWorkspaceLockfile: false`); then the root's has no such importer.
                covering = [
                    (path, lock) for path, lock in covering if lock.tool == "yarn" or workspace in lock.workspaces()
                ]
            if covering:
                path, lockfile = self._most_fitting(package, workspace, covering, decided=self._decided(folder))
                return Ruling(
                    path,
                    lockfile.tool,
                    lockfile,
                    workspace,
                    tuple(other for other in self.lockfiles_in(folder) if other != path),
                )
        return None

    def _lockfile(self, path: str, folder: str) -> Lockfile | None:
        if path not in self._read:
            name = path.rpartition("/")[2]
            text = "" if name == "bun.lockb" else self.repository.text(path, LOCKFILE_LIMIT)
            lockfile: Lockfile | None = None
            if text is not None:
                package = self.workspaces.by_path(folder)
                wanted = package.manifest.get("resolutions") if package else None
                resolutions = (
                    {k: v for k, v in wanted.items() if isinstance(v, str)} if isinstance(wanted, dict) else {}
                )
                settings = self.repository.text(join(folder, ".yarnrc.yml")) if TOOLS[name] == "yarn" else None
                catalogs = yarn_catalogs(settings) if settings and "catalog" in settings else None
                lockfile = parse(name, text, resolutions=resolutions, catalogs=catalogs)
                for problem in lockfile.problems:
                    self.repository.report(path, problem.line, problem.message)
            self._read[path] = lockfile
        return self._read[path]

    def _decided(self, folder: str) -> str | None:
        """The tool that a folder's own files name: the `packageManager` field, or a file that only one tool reads."""
        package = self.workspaces.by_path(folder)
        if package is not None and (named := self._named(package)) is not None:
            return named[0].name
        for name, tool in (
            ("pnpm-workspace.yaml", "pnpm"),
            (".pnpmfile.cjs", "pnpm"),
            (".yarnrc.yml", "yarn"),
            ("bunfig.toml", "bun"),
        ):
            if self.repository.exists(join(folder, name)):
                return tool
        return None

    def _ranked(self, folder: str) -> list[str]:
        """The lockfiles of a folder, that of the tool which the folder names first; one per tool, as the tool itself prefers."""
        decided = self._decided(folder)
        paths: dict[str, str] = {}
        for path in self.lockfiles_in(folder):
            paths.setdefault(TOOLS[path.rpartition("/")[2]], path)
        return sorted(paths.values(), key=lambda path: TOOLS[path.rpartition("/")[2]] != decided)

    @staticmethod
    def _most_fitting(
        package: Package, workspace: str, covering: list[tuple[str, Lockfile]], *, decided: str | None
    ) -> tuple[str, Lockfile]:
        first = covering[0]
        if len(covering) == 1 or first[1].tool == decided:
            return first

        def fit(lockfile: Lockfile) -> tuple[int, int]:
            rows = [(name, wanted) for name, wanted, kind in package.rows() if kind != "peer"]
            there = sum(lockfile.resolve(workspace, name, wanted) is not None for name, wanted in rows)
            agreed = sum(lockfile.agrees(workspace, name, wanted) is True for name, wanted in rows)
            return there, agreed

        return max(covering, key=lambda pair: fit(pair[1]))

    def drift(self, package: Package) -> Drift | None:
        """How the ruling lockfile departs from a manifest; None where it does not, or where nobody can tell."""
        ruling = self.ruling(package)
        if ruling is None or ruling.lockfile.problems:
            return None
        differs, absent = [], []
        for name, wanted, kind in package.rows():
            if kind in {"peer", "optional"}:
                continue
            if ruling.lockfile.resolve(ruling.workspace, name, wanted) is None:
                if self._member(package, name, wanted) is None:
                    absent.append(name)
            elif ruling.lockfile.agrees(ruling.workspace, name, wanted) is False:
                differs.append((name, wanted, ruling.lockfile.recorded(ruling.workspace, name) or ""))
        return Drift(ruling.path, tuple(differs), tuple(absent)) if differs or absent else None

    def leftovers(self) -> Iterator[tuple[str, Installed]]:
        """(workspace, row) of what lockfiles list as direct dependencies and no manifest asks for any more.

        The folder may be gone too, as where a lockfile was copied from another root. Only the lockfile's line is evidence.
        """
        asked = {(package.path, name) for package in self.workspaces.packages for name in package.ranges()}
        # npm goes by the manifest where the two differ (https://docs.npmjs.com/cli/commands/npm-install).
        names = [name for name, tool in TOOLS.items() if tool != "npm"]
        for path in self.repository.named(*names):
            if _ASIDE.search(path):
                continue
            folder = posixpath.dirname(path) or "."
            lockfile = self._lockfile(path, folder)
            for workspace in lockfile.workspaces() if lockfile is not None else ():
                place = posixpath.normpath(posixpath.join(folder, workspace))
                for row in lockfile.direct(workspace) if lockfile is not None and not place.startswith("..") else ():
                    if (place, row.name) in asked or row.kind == "peer":
                        continue
                    found = lockfile.resolve(workspace, row.name, row.specifier or "") if lockfile is not None else None
                    if found is not None and found.version is not None and found.line is not None:
                        wanted = row.specifier or found.version
                        evidence = (Evidence(path, found.line),)
                        yield place, Installed(row.name, wanted, found.version, "lockfile", evidence, row.kind)

    # the package manager

    def package_manager(self, package: Package | None = None) -> tuple[PackageManager | None, tuple[Evidence, ...]]:
        """The package manager that rules a package (by default the root), and what says so.

        The `packageManager` field of the package, or of a folder above it, then `devEngines`, then the ruling lockfile, then files
        that only one tool reads. The version is given where a file names it exactly.
        """
        start = package or self.workspaces.root or Package(".", None)
        ruling = self.ruling(start)
        bottom = ruling.path.rpartition("/")[0] or "." if ruling else start.path
        for folder in (start.path, *_above(start.path)):
            holder = self.workspaces.by_path(folder)
            if holder is not None and (named := self._named(holder)) is not None:
                return named[0], (named[1],)
            if folder == bottom and ruling is not None:
                break  # a manifest above the lockfile speaks of another project
        if ruling is not None:
            release = self._yarn_release(bottom) if ruling.tool == "yarn" else None
            return release or (PackageManager(ruling.tool), (Evidence(ruling.path),))
        for folder in (start.path, *_above(start.path)):
            paths = self.lockfiles_in(folder)
            decided = self._decided(folder)
            if paths and (folder == start.path or decided):
                tool = decided or TOOLS[paths[0].rpartition("/")[2]]
                return PackageManager(tool), (Evidence(paths[0]),)
        for name, tool in (
            ("pnpm-workspace.yaml", "pnpm"),
            (".yarnrc.yml", "yarn"),
            ("bunfig.toml", "bun"),
            ("deno.lock", "deno"),
        ):
            if self.repository.exists(name):
                return PackageManager(tool), (Evidence(name),)
        return None, ()

    def _yarn_release(self, folder: str) -> tuple[PackageManager, tuple[Evidence, ...]] | None:
        """The Yarn that a repository brings along: https://yarnpkg.com/configuration/yarnrc#yarnPath."""
        path = join(folder, ".yarnrc.yml")
        text = self.repository.text(path) or ""
        said = re.search(r"^yarnPath:[^\n]{0,200}yarn-(\d+\.\d+\.\d+(?:-[\w.]+?)?)\.c?js", text, re.MULTILINE)
        if said is None:
            return None
        line = text.count("\n", 0, said.start()) + 1
        return PackageManager("yarn", said.group(1)), (Evidence(path, line),)

    def _named(self, package: Package) -> tuple[PackageManager, Evidence] | None:
        """What a manifest names: https://nodejs.org/api/packages.html#packagemanager, or npm's `devEngines`, or Volta."""
        field = package.manifest.get("packageManager")
        if isinstance(field, str) and (match := _FIELD.match(field)) is not None:
            return PackageManager(match.group(1), match.group(2)), self.place(package, "", "packageManager")
        engines = package.manifest.get("devEngines")
        engine = engines.get("packageManager") if isinstance(engines, dict) else None
        if isinstance(engine, dict) and isinstance(engine.get("name"), str):
            exact = _EXACT.fullmatch(str(engine.get("version", "")))
            named = PackageManager(engine["name"], exact.group(1) if exact else None)
            return named, self.place(package, "devEngines", "packageManager")
        pinned = package.manifest.get("volta")
        for tool in ("pnpm", "yarn"):
            version = pinned.get(tool) if isinstance(pinned, dict) else None
            if isinstance(version, str) and _EXACT.fullmatch(version):
                return PackageManager(tool, version), self.place(package, "volta", tool)
        return None


def _above(folder: str) -> Iterator[str]:
    while folder != ".":
        folder = folder.rpartition("/")[0] or "."
        yield folder


_TOKEN = regex(r'"((?:[^"\\\n]|\\.)*)"|[{}\[\]:,]|//[^\n]*|/\*', re.DOTALL)


def manifest_lines(text: str) -> dict[tuple[str, str], int]:
    """(table, key) → line (from 1) for every key of a manifest's tables, in one pass over its text; ("", key) for the tables."""
    found: dict[tuple[str, str], int] = {}
    depth = 0
    line, counted = 1, 0
    name, start = "", 0
    table = ""
    expects_key = in_object = False
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token[0] == '"':
            if expects_key:
                name, start = match.group(1), match.start()
        elif token == ":":
            if expects_key:
                line += text.count("\n", counted, start)
                counted = start
                if depth == 1:
                    table = _plain(name)
                    found["", table] = line
                else:
                    found[table, _plain(name)] = line
            expects_key = False
        elif token in "{[":
            depth += 1
            in_object = token == "{"
            expects_key = in_object and depth <= 2
        elif token in "}]":
            depth -= 1
            in_object = True  # what holds a table that is looked at is an object
            expects_key = False
        elif token == ",":
            expects_key = in_object and depth in {1, 2}
    return found


def _plain(name: str) -> str:
    if "\\" not in name:
        return name
    import json

    try:
        return str(json.loads(f'"{name}"'))
    except ValueError:
        return name
