"""Packages, workspaces, and which of them is the app.

A package is a folder with a `package.json`. The workspaces of a repository are the packages that its package manager links,
as `@manypkg/get-packages` lists them; other packages are independent. The app is the package that the document is about.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from prefill.errors import PrefillError
from prefill.formats.document import Document, FormatError
from prefill.model import NOTHING, Evidence
from prefill.repository import Repository, matches

DEPENDENCY_KINDS = (
    ("dependencies", "prod"),
    ("devDependencies", "dev"),
    ("optionalDependencies", "optional"),
    ("peerDependencies", "peer"),
)

_ASIDE = re.compile(
    r"(?:^|/)(?:node_modules|fixtures?|__fixtures__|__tests__|__mocks__|tests?|e2e|examples?|templates?|template|demos?|playgrounds?"
    r"|sandbox(?:es)?|boilerplates?|starters?|vendor|third[_-]party|\.[^/]+)(?:/|$)",
    re.IGNORECASE,
)
_SUPPORT = re.compile(r"(?:^|[/-])(?:docs?|documentation|storybook|www|website|marketing|landing|blog|status|email|emails|mobile|native|desktop|extension)(?:$|[/-])")


@dataclass(frozen=True, slots=True)
class Package:
    """A folder with a `package.json`; `path` is ``.`` for the root. `manifest` is what the file says, {} if unreadable."""

    path: str
    name: str | None
    manifest: Mapping[str, Any] = field(repr=False, default_factory=lambda: NOTHING)
    document: Document | None = field(repr=False, default=None, compare=False)

    @property
    def manifest_path(self) -> str:
        """Where its `package.json` is."""
        return join(self.path, "package.json")

    def ranges(self) -> dict[str, tuple[str, str]]:
        """Its direct dependencies: name to (range, kind); a name in several tables counts where it is installed from."""
        found: dict[str, tuple[str, str]] = {}
        for table, kind in DEPENDENCY_KINDS:
            entries = self.manifest.get(table)
            if isinstance(entries, dict):
                for name, wanted in entries.items():
                    if isinstance(wanted, str) and (name not in found or kind == "optional"):
                        found[name] = (wanted, kind)
        return found

    def depends_on(self, *names: str) -> bool:
        """Whether it has one of these as a direct dependency of any kind."""
        return any(isinstance(self.manifest.get(table), dict) and name in self.manifest[table] for table, _ in DEPENDENCY_KINDS for name in names)


@dataclass(frozen=True, slots=True)
class Workspaces:
    """All packages of a repository: those that a package manager links (without the root), and independent ones."""

    root: Package | None
    linked: tuple[Package, ...]
    independent: tuple[Package, ...]
    tool: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def packages(self) -> tuple[Package, ...]:
        """The root, if it is a package, then the others in the order of their paths."""
        first = (self.root,) if self.root else ()
        return (*first, *sorted((*self.linked, *self.independent), key=lambda package: package.path))

    def by_path(self, path: str) -> Package | None:
        """The package in this folder."""
        return next((package for package in self.packages if package.path == path), None)

    def by_name(self) -> dict[str, Package]:
        """Linked packages by their name."""
        return {package.name: package for package in self.linked if package.name}


@dataclass(frozen=True, slots=True)
class Choice:
    """The app that was chosen, and why."""

    package: Package
    reason: str
    candidates: tuple[str, ...]


def join(folder: str, name: str) -> str:
    """A path in a folder, without a leading ``./``."""
    return name if folder == "." else f"{folder}/{name}"


def inside(path: str, folder: str) -> bool:
    """Whether a path lies in a folder (or is it)."""
    return folder == "." or path == folder or path.startswith(folder + "/")


def read_workspaces(repository: Repository) -> Workspaces:
    """Every package of the repository, told apart by who links them."""
    packages: dict[str, Package] = {}
    for path in repository.named("package.json"):
        folder = posixpath.dirname(path) or "."
        if "/node_modules/" in f"/{folder}/":
            continue
        packages[folder] = _read_package(repository, folder, path)
    linked: dict[str, Package] = {}
    tool: str | None = None
    evidence: tuple[Evidence, ...] = ()
    roots = sorted(packages, key=lambda folder: (folder != ".", folder.count("/"), folder))
    for folder in roots:
        if folder in linked:
            continue
        patterns, by, where = _patterns(repository, packages[folder])
        if not patterns:
            continue
        if tool is None:
            tool, evidence = by, where
        for path in _expand(patterns, folder, packages):
            linked.setdefault(path, packages[path])
    independent = tuple(package for path, package in sorted(packages.items()) if path != "." and path not in linked)
    return Workspaces(packages.get("."), tuple(linked[path] for path in sorted(linked)), independent, tool, evidence)


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


def _patterns(repository: Repository, package: Package) -> tuple[list[str], str | None, tuple[Evidence, ...]]:
    """The workspace globs that stand in a folder, which tool reads them, and where."""
    from prefill.formats import jsonc, yaml

    folder = package.path
    pnpm = join(folder, "pnpm-workspace.yaml")
    if (text := repository.text(pnpm)) is not None:
        try:
            document = yaml.parse(text)
        except FormatError as error:
            repository.report(pnpm, error.line, error.message)
        else:
            listed = _strings(document.get("packages"))
            if listed:
                return listed, "pnpm", (Evidence(pnpm, document.line("packages")),)
    wanted = package.manifest.get("workspaces")
    listed = _strings(wanted.get("packages") if isinstance(wanted, dict) else wanted)
    if listed:
        line = package.document.line("workspaces") if package.document else None
        return listed, "package.json", (Evidence(package.manifest_path, line),)
    for name, key in (("lerna.json", "packages"), ("rush.json", "projects")):
        path = join(folder, name)
        if (text := repository.text(path)) is None:
            continue
        try:
            document = jsonc.parse(text)
        except FormatError as error:
            repository.report(path, error.line, error.message)
            continue
        if name == "lerna.json":
            listed = _strings(document.get(key)) or ["packages/*"]
        else:
            projects = document.get(key)
            folders = [p.get("projectFolder") for p in projects if isinstance(p, dict)] if isinstance(projects, list) else []
            listed = _strings(folders)
        if listed:
            return listed, name.removesuffix(".json"), (Evidence(path, document.line(key)),)
    return [], None, ()


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _expand(patterns: list[str], folder: str, packages: Mapping[str, Package]) -> list[str]:
    """The package folders below `folder` that the globs name; `!` globs take away."""
    wanted = [pattern.removeprefix("./").rstrip("/") for pattern in patterns if not pattern.startswith("!")]
    unwanted = [pattern[1:].removeprefix("./").rstrip("/") for pattern in patterns if pattern.startswith("!")]
    prefix = "" if folder == "." else folder + "/"
    found = []
    for path in packages:
        if path == folder or not (path + "/").startswith(prefix):
            continue
        relative = path[len(prefix) :]
        if _named(relative, wanted) and not any(_named(relative, [pattern]) or matches(relative, pattern) for pattern in unwanted):
            found.append(path)
    return found


def _named(path: str, patterns: list[str]) -> bool:
    from prefill.repository import _glob

    return any(_glob(pattern).match(path) is not None for pattern in patterns)


# which app ------------------------------------------------------------------------------------------------------------

_WEB = (
    "next", "@remix-run/react", "@remix-run/node", "react-router", "@react-router/node", "@tanstack/react-start", "nuxt", "astro", "@sveltejs/kit",
    "gatsby", "@angular/core", "expo", "react-native", "@solidjs/start", "@redwoodjs/core", "vite",
)  # fmt: skip
_SERVERS = ("hono", "express", "fastify", "@nestjs/core", "koa", "@hapi/hapi", "elysia")


def choose_app(repository: Repository, workspaces: Workspaces, wanted: str | None, asked: str) -> Choice:
    """The app of the repository: the one that is named, the one that the asked folder lies in, else the likeliest.

    `wanted` is the value of ``--app``, `asked` the folder on the command line. Raises PrefillError.
    """
    root = workspaces.root or Package(".", None)
    apps = _candidates(repository, workspaces)
    paths = tuple(package.path for package, _ in apps)
    if wanted is not None:
        path = posixpath.normpath(wanted.replace("\\", "/")).rstrip("/") or "."
        package = workspaces.by_path(path) or next((p for p in workspaces.packages if p.name == wanted), None)
        if package is None and path == ".":
            package = root
        if package is None:
            known = ", ".join(paths) or "none was found"
            raise PrefillError(f"--app {wanted}: there is no package there; the apps of this repository: {known}")
        return Choice(package, "named by --app", paths)
    if asked != ".":
        at = asked
        while at:
            if (package := workspaces.by_path(at)) is not None and at != ".":
                return Choice(package, "the folder that was asked for", paths)
            at = at.rpartition("/")[0]
    if not apps:
        return Choice(root, "no app was recognised, so the whole repository", ())
    if len(apps) == 1:
        package, why = apps[0]
        return Choice(package, f"the only app: {why}", paths)
    package, why = apps[0]
    return Choice(package, f"of {len(apps)} apps the likeliest: {why}", paths)


def _candidates(repository: Repository, workspaces: Workspaces) -> list[tuple[Package, str]]:
    """The apps among the packages, the likeliest first, each with what speaks for it."""
    rows: list[tuple[tuple[int, ...], str, Package, str]] = []
    folders = [package.path for package in workspaces.packages if package.path != "."]
    for package in workspaces.packages:
        if package.path != "." and _ASIDE.search(package.path):
            continue
        kind = _kind(repository, package, folders)
        if kind is None:
            continue
        rank, why = kind
        size = sum(1 for path in repository.files if inside(path, package.path) and path.endswith(_SOURCES)) if package.path != "." else 0
        if package.path == ".":
            size = sum(1 for path in repository.files if path.endswith(_SOURCES) and not any(inside(path, f) for f in folders))
        independent = package.path != "." and package not in workspaces.linked and bool(workspaces.linked)
        support = bool(_SUPPORT.search(package.path)) or independent
        rows.append(((rank, int(support), -size), package.path, package, f"{why}, {size} source files"))
    rows.sort(key=lambda row: (row[0], row[1]))
    return [(package, why) for _, _, package, why in rows]


_SOURCES = (".ts", ".tsx", ".js", ".jsx", ".vue", ".svelte", ".astro", ".mdx")


def _kind(repository: Repository, package: Package, folders: list[str]) -> tuple[int, str] | None:
    here = package.path

    def has(*patterns: str) -> bool:
        return any(repository.is_folder(join(here, p)) or repository.exists(join(here, p)) for p in patterns)

    if package.depends_on("next") and has("app", "pages", "src/app", "src/pages"):
        return 0, "Next.js with a router directory"
    web = next((name for name in _WEB if package.depends_on(name)), None)
    if web == "next":
        web = next((name for name in _WEB[1:] if package.depends_on(name)), None)
    if web == "vite":
        return (1, "Vite with an index.html") if has("index.html") else None
    if web is not None and has("src", "app", "pages", "routes", "App.tsx", "App.js"):
        private = package.manifest.get("private") is True or "scripts" in package.manifest
        if private and not _is_library(package):
            return 1, f"{web} with sources"
    server = next((name for name in _SERVERS if package.depends_on(name)), None)
    scripts = package.manifest.get("scripts")
    if server and isinstance(scripts, dict) and ("start" in scripts or "dev" in scripts) and not _is_library(package):
        return 2, f"a {server} server"
    return None


def _is_library(package: Package) -> bool:
    manifest = package.manifest
    return any(key in manifest for key in ("exports", "module", "types", "peerDependencies")) and manifest.get("private") is not True


def closure(workspaces: Workspaces, package: Package) -> tuple[Package, ...]:
    """The workspace packages that a package depends on, transitively, devDependencies included; sorted, without itself."""
    by_name = workspaces.by_name()
    seen: dict[str, Package] = {}
    todo = [package]
    while todo:
        at = todo.pop()
        for name, (wanted, _) in at.ranges().items():
            target = by_name.get(name)
            if target is None and wanted.startswith(("link:", "file:", "portal:")):
                folder = posixpath.normpath(posixpath.join(at.path, wanted.split(":", 1)[1]))
                target = workspaces.by_path(folder)
            if target is None or target.path in seen or target.path == package.path:
                continue
            if not (wanted.startswith(("workspace:", "link:", "file:", "portal:", "catalog:")) or _linkable(wanted, target)):
                continue
            seen[target.path] = target
            todo.append(target)
    return tuple(seen[path] for path in sorted(seen))


def _linkable(wanted: str, target: Package) -> bool:
    """Whether a plain range means the workspace: npm, yarn and bun link a workspace whose version the range admits."""
    if wanted in {"*", "", "latest"}:
        return True
    version = target.manifest.get("version")
    if not isinstance(version, str):
        return True
    return version.split(".")[0] == wanted.lstrip("^~>=v ").split(".")[0]
