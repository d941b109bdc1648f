"""Which package is the app that the document is about, and why: what it is built with, where it stands, how much it holds."""

from __future__ import annotations

import posixpath
import re
from math import log2

from prefill.errors import PrefillError
from prefill.lazy import regex
from prefill.records import dataclass
from prefill.repository import Repository
from prefill.workspace.package import Package, Workspaces, join

# Folders whose packages are there to be copied, to be tested against, or to show something: never the app by themselves.
_ASIDE = regex(
    r"(?:^|/)(?:node_modules|fixtures?|__fixtures__|__tests__|__mocks__|tests?|e2e|benchmarks?|examples?|templates?|demos?"
    r"|playgrounds?|sandbox(?:es)?|boilerplates?|starters?|prototypes?|vendor|vendored|third[_-]party|\.[^/]+)(?:/|$)",
    re.IGNORECASE,
)
# Apps that stand beside the one that people mean.
_SUPPORT = regex(
    r"(?:^|[/-])(?:docs?|documentation|storybook|www|website|marketing|landing|blog|status|emails?|mobile|native|desktop|extensions?"
    r"|admin|e2e|tests?|examples?)(?:$|[/-])",
    re.IGNORECASE,
)
_DOCUMENTS = regex(r"(?:^|[/-])(?:docs?|documentation|storybook|emails?)(?:$|[/-])", re.IGNORECASE)
_SOURCES = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".vue", ".svelte", ".astro", ".mdx")
_GATES = tuple(
    f"{folder}{name}.{end}" for folder in ("", "src/") for name in ("middleware", "proxy") for end in ("ts", "js")
)
_SERVERS = ("hono", "express", "fastify", "@nestjs/core", "koa", "@hapi/hapi", "elysia")

# Framework, the packages that bring it, and what of the app's own stands where it looks.
_WEB: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("Next.js", ("next",), ("app", "pages", "src/app", "src/pages")),
    ("Remix", ("@remix-run/react", "@remix-run/node"), ("app", "src")),
    ("React Router", ("@react-router/node", "@react-router/dev"), ("app", "src")),
    ("TanStack Start", ("@tanstack/react-start", "@tanstack/start", "@tanstack/solid-start"), ("app", "src")),
    ("Nuxt", ("nuxt", "nuxt3"), ("app", "pages", "app.vue", "src")),
    ("SvelteKit", ("@sveltejs/kit",), ("src/routes",)),
    ("Astro", ("astro",), ("src/pages",)),
    ("Gatsby", ("gatsby",), ("src/pages", "gatsby-config.js", "gatsby-config.ts")),
    ("Angular", ("@angular/core",), ("angular.json", "src/app")),
    ("SolidStart", ("@solidjs/start",), ("src/routes",)),
    ("RedwoodJS", ("@redwoodjs/core",), ("web", "api")),
    ("Docusaurus", ("@docusaurus/core",), ("docusaurus.config.js", "docusaurus.config.ts")),
    ("Expo", ("expo",), ("app", "src", "App.tsx", "App.js", "app.json", "app.config.ts")),
    ("React Native", ("react-native",), ("App.tsx", "App.js", "src", "app")),
    ("Create React App", ("react-scripts",), ("public/index.html",)),
    ("Vite", ("vite",), ("index.html",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """The app that was chosen, and why."""

    package: Package
    reason: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    package: Package
    framework: str
    rank: int  # 0 a web framework's app, 1 a server
    support: bool
    size: int
    gate: bool  # a file that runs before each request: what only the real app of several has need of
    app_router: bool

    @property
    def why(self) -> str:
        count = f"{self.size} source file{'' if self.size == 1 else 's'}"
        return f"{self.framework}{' with a gate' if self.gate else ''}, {count}"

    @property
    def order(self) -> tuple[object, ...]:
        weight = round(2 * log2(1 + self.size * (2 if self.gate else 1)))  # alike within a fifth or so
        return (self.support, self.rank, self.size < 3, -weight, not self.app_router, -self.size, self.package.path)


def choose_app(repository: Repository, workspaces: Workspaces, wanted: str | None, asked: str) -> Choice:
    """The app of the repository: the one that is named, the one that the asked folder lies in, else the likeliest.

    `wanted` is the value of ``--app``, `asked` the folder on the command line. Raises PrefillError.
    """
    root = workspaces.root or Package(".", None)
    apps = candidates(repository, workspaces)
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
    at = "" if asked == "." else asked
    while at:
        if (package := workspaces.by_path(at)) is not None:
            return Choice(package, "the folder that was asked for", paths)
        at = at.rpartition("/")[0]
    if not apps:
        return Choice(root, "no app was recognised, so the whole repository", ())
    first, why = apps[0]
    if len(workspaces.packages) > 1 and _stands_for_another(first, workspaces):
        return Choice(root, f"only apps that support something else were recognised ({', '.join(paths)})", paths)
    if len(apps) == 1:
        return Choice(first, f"the only app: {why}", paths)
    return Choice(first, f"of {len(apps)} apps the likeliest: {why}", paths)


def candidates(repository: Repository, workspaces: Workspaces) -> list[tuple[Package, str]]:
    """The apps among the packages, the likeliest first, each with what speaks for it."""
    found: list[tuple[Package, str, int]] = []
    for package in workspaces.packages:
        if package.path != "." and _ASIDE.search(package.path):
            continue
        kind = _kind(repository, package, workspaces)
        if kind is not None:
            found.append((package, *kind))
    sizes = _sizes(repository, workspaces) if found else {}
    rows = [
        _Candidate(
            package,
            framework,
            rank,
            _is_support(package, workspaces),
            sizes.get(package.path, 0),
            any(repository.exists(join(package.path, name)) for name in _GATES),
            _has_app_router(repository, package.path),
        )
        for package, framework, rank in found
    ]
    # A file or two is a page that somebody left, not an app, where a real one stands beside it.
    rows.sort(key=lambda row: row.order)
    return [(row.package, row.why) for row in rows]


def _stands_for_another(package: Package, workspaces: Workspaces) -> bool:
    """Whether even the likeliest app is only there for something else: documentation, or the site of a library."""
    if package.path == "." or not _SUPPORT.search(package.path):
        return False
    return bool(_DOCUMENTS.search(package.path)) or any(
        _is_library(other) and not _ASIDE.search(other.path) for other in workspaces.packages
    )


def _is_support(package: Package, workspaces: Workspaces) -> bool:
    if package.path == ".":
        return False
    if _SUPPORT.search(package.path):
        return True
    # A package that nothing links, in a repository that links its packages, is a thing apart.
    return bool(workspaces.linked) and package not in workspaces.linked


def _kind(repository: Repository, package: Package, workspaces: Workspaces) -> tuple[str, int] | None:
    """(framework, rank) of an app; None for a package that is none."""
    here = package.path
    for framework, names, places in _WEB:
        if not package.depends_on(*names) and not (framework == "Vite" and _has_vite(repository, package, workspaces)):
            continue
        if any(repository.is_folder(join(here, p)) or repository.exists(join(here, p)) for p in places):
            if _is_library(package):
                return None
            return framework, 0
    server = next((name for name in _SERVERS if package.depends_on(name)), None)
    scripts = package.manifest.get("scripts")
    runs = isinstance(scripts, dict) and ("start" in scripts or "dev" in scripts)
    # A server may offer the types of its interface; without a version nobody can publish it.
    # https://docs.npmjs.com/cli/configuring-npm/package-json#version
    if server and runs and not (_is_library(package) and "version" in package.manifest):
        return f"a {server} server", 1
    return None


def _has_app_router(repository: Repository, path: str) -> bool:
    for router in (join(path, "app"), join(path, "src/app")):
        for folder in ("", *repository.folder(router)[0]):
            if any(
                name.startswith("layout.")
                for name in repository.folder(posixpath.join(router, folder) if folder else router)[1]
            ):
                return True
    return False


def _has_vite(repository: Repository, package: Package, workspaces: Workspaces) -> bool:
    """Whether it is built by a Vite that stands in the root's manifest alone."""
    if workspaces.root is None or not workspaces.root.depends_on("vite"):
        return False
    return any(repository.exists(join(package.path, f"vite.config.{end}")) for end in ("ts", "mts", "js", "mjs"))


def _is_library(package: Package) -> bool:
    """Whether it is made to be installed by others: it offers modules, and does not say that it is private."""
    manifest = package.manifest
    if manifest.get("private") is True:
        return False
    return any(key in manifest for key in ("exports", "module", "types", "typings", "publishConfig", "bin", "files"))


def _sizes(repository: Repository, workspaces: Workspaces) -> dict[str, int]:
    """How many source files each package holds, those of packages inside it left out: one pass over the files."""
    folders = {package.path for package in workspaces.packages}
    owners: dict[str, str] = {}
    counts: dict[str, int] = {}
    for path in repository.files:
        if path.endswith(_SOURCES):
            folder = path.rpartition("/")[0]
            owner = owners.get(folder)
            if owner is None:
                owner = folder
                while owner and owner not in folders:
                    owner = owner.rpartition("/")[0]
                owners[folder] = owner = owner or "."
            counts[owner] = counts.get(owner, 0) + 1
    return counts
