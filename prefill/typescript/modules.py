"""Which file of the repository an import leads to.

Encodes https://www.typescriptlang.org/docs/handbook/modules/reference.html (bundler resolution) with what only a
repository without node_modules needs: workspace packages lead to their sources, and a built file that is not in the
repository to the source that it is built from.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from prefill.formats.document import FormatError
from prefill.formats.jsonc import parse as parse_json
from prefill.lazy import regex
from prefill.typescript.config import Config, Reader, effective, governing
from prefill.typescript.packages import split, target

if TYPE_CHECKING:
    from prefill.typescript import Files

EXTENSIONS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json")
CONDITIONS = ("import", "types", "module", "node", "require", "browser", "development", "production", "source")
"""Conditions that may hold; only the source matters here, so all that usual tools set are allowed."""

_WRITTEN = regex(r"\.([cm]?)jsx?$")
_BUILT = regex(r"(^|/)(?:dist|build|lib|out|esm|cjs)/(?:(?:esm|cjs|es|types|src)/)?")
_SUFFIX = regex(r"\.d\.[cm]?ts$|\.[cm]?jsx?$")


class Modules:
    """Resolves imports over one repository; answers are remembered.

    `workspaces` maps package names to folders. A package that is not among them is looked up among all manifests of the
    repository when something imports it.
    """

    def __init__(self, files: Files, workspaces: Mapping[str, str] | None = None, reader: Reader | None = None) -> None:
        self.files = files
        self.reader = reader or Reader(files, dict(workspaces or {}))
        self._resolved: dict[tuple[str, str], str | None] = {}
        self._configs: dict[str, Config | None] = {}
        self._manifests: dict[str, dict[str, Any] | None] = {}

    def resolve(self, specifier: str, importer: str) -> str | None:
        """The repository-relative path that `specifier` means in the file `importer`; None for what is outside."""
        scope = importer.rpartition("/")[0]
        if not specifier.startswith((".", "#")):  # means the same wherever one configuration governs
            config = self.config(importer)
            scope = config.path if config is not None else ""
        key = (specifier, scope)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(specifier.partition("?")[0], importer)
        return self._resolved[key]

    def config(self, importer: str) -> Config | None:
        """The configuration whose `paths` hold for a file: the nearest, or the first that it references with `paths`."""
        folder = importer.rpartition("/")[0]
        if folder not in self._configs:
            self._configs[folder] = self._config(importer)
        return self._configs[folder]

    def manifest(self, folder: str) -> dict[str, Any] | None:
        """The `package.json` of a folder (`""` for the root), None without a readable one."""
        if folder not in self._manifests:
            text = self.files.text(posixpath.join(folder, "package.json"))
            try:
                value = parse_json(text).value if text is not None else None
            except FormatError:
                value = None
            self._manifests[folder] = value if isinstance(value, dict) else None
        return self._manifests[folder]

    def home(self, path: str) -> str:
        """The folder of the nearest manifest at or above a file; `""` for the root."""
        folder = posixpath.dirname(path)
        while folder and not self.files.exists(posixpath.join(folder, "package.json")):
            folder = posixpath.dirname(folder)
        return folder

    def file(self, path: str | None) -> str | None:
        """The file that a path without its extension, or with that of the compiled file, stands for."""
        if path is None:
            return None
        exists = self.files.exists
        if exists(path):
            return path
        for extension in EXTENSIONS:
            if exists(path + extension):
                return path + extension
        written = _WRITTEN.search(path)
        if written:
            for extension in (f".{written[1]}ts", ".tsx"):
                if exists(path[: written.start()] + extension):
                    return path[: written.start()] + extension
        index = f"{path}/index" if path else "index"
        for extension in EXTENSIONS:
            if exists(index + extension):
                return index + extension
        return None

    def _config(self, importer: str) -> Config | None:
        path = governing(self.files, importer)
        if path is None:
            return None
        config = effective(self.files, path, reader=self.reader)
        if not config.paths:
            for reference in config.references[:20]:  # the layout that `npm create vite` makes
                if self.files.exists(reference):
                    other = effective(self.files, reference, reader=self.reader)
                    if other.paths:
                        return other
        return config

    def _resolve(self, specifier: str, importer: str) -> str | None:
        folder = posixpath.dirname(importer)
        if specifier.startswith("."):
            return _source(self.file(inside(folder, specifier)))
        if not specifier or specifier.startswith("/") or ":" in specifier:
            return None
        if specifier.startswith("#"):
            found = self._imports(specifier, importer)
            if found is not None:
                return found
        config = self.config(importer)
        if config is not None:
            found = self._aliased(specifier, config)
            if found is not None:
                return found
        return self._package(specifier)

    def _aliased(self, specifier: str, config: Config) -> str | None:
        """https://www.typescriptlang.org/docs/handbook/modules/reference.html#paths"""
        best, star = "", ""
        if specifier in config.paths:
            best = specifier
        else:
            for pattern in config.paths:
                head, sep, tail = pattern.partition("*")
                fits = sep and specifier.startswith(head) and specifier.endswith(tail)
                longer = not best or len(head) > len(best.partition("*")[0])
                if fits and len(specifier) >= len(head) + len(tail) and longer:
                    best, star = pattern, specifier[len(head) : len(specifier) - len(tail)]
        base = config.base or ""
        for pattern in config.paths.get(best, ()):
            to = pattern.replace("*", star, 1)
            path = to.lstrip("/") if to.startswith("/") else inside("" if base == "." else base, to)
            found = _source(self._built(path))
            if found is not None:
                return found
        if config.options.get("baseUrl") is not None:
            return _source(self.file(inside("" if base == "." else base, specifier)))
        return None

    def _imports(self, specifier: str, importer: str) -> str | None:
        """https://nodejs.org/api/packages.html#subpath-imports"""
        home = self.home(importer)
        manifest = self.manifest(home)
        for to in target((manifest or {}).get("imports"), specifier, CONDITIONS):
            found = _source(self._built(inside(home, to))) if to.startswith(".") else self._package(to)
            if found is not None:
                return found
        return None

    def _package(self, specifier: str) -> str | None:
        name, rest = split(specifier)
        home = self.reader.folder(name)
        if home is None:
            return None
        manifest = self.manifest(home) or {}
        candidates: list[str] = []
        exports = manifest.get("exports")
        if exports is not None:
            candidates.extend(target(exports, "./" + rest if rest else ".", CONDITIONS))
        if rest:
            candidates.extend((rest, "src/" + rest))
        else:
            candidates.extend(
                value
                for key in ("source", "types", "typings", "module", "main")
                if isinstance(value := manifest.get(key), str)
            )
            candidates.extend(("src/index", "index", "src"))
        for candidate in candidates:
            found = _source(self._built(inside(home, candidate)))
            if found is not None:
                return found
        return None

    def _built(self, path: str | None) -> str | None:
        """The file, or the source that it is built from where the built file is not in the repository."""
        found = self.file(path)
        if path is None or _source(found) is not None:
            return found
        bare = _SUFFIX.sub("", path)
        for candidate in (bare, _BUILT.sub(r"\1src/", bare, count=1), _BUILT.sub(r"\1", bare, count=1)):
            other = _source(self.file(candidate))
            if other is not None:
                return other
        return found


def inside(folder: str, path: str) -> str | None:
    """`path` seen from `folder`, repository-relative; None where it leads out of the repository."""
    if path.startswith("/"):
        return None
    out = posixpath.normpath(posixpath.join(folder, path))
    if out == ".." or out.startswith("../"):
        return None
    return "" if out == "." else out


def _source(path: str | None) -> str | None:
    """The path unless it is a declaration file, which holds no values."""
    return None if path is None or re.search(r"\.d\.[cm]?ts$", path) else path


Resolver = Callable[[str, str], str | None]
"""(specifier, importer) → path, as `Modules.resolve`."""
