"""The runtimes that the repository asks for: Node.js, Bun, Deno, by every file that names a version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prefill.analyzer import App
from prefill.lazy import regex
from prefill.model import Evidence, Runtime
from prefill.workspace import join

_NAMES = {
    "node": "Node.js",
    "nodejs": "Node.js",
    "bun": "Bun",
    "deno": "Deno",
    "python": "Python",
    "ruby": "Ruby",
    "golang": "Go",
    "go": "Go",
}
_FILES = ((".nvmrc", "Node.js"), (".node-version", "Node.js"), (".bun-version", "Bun"), (".python-version", "Python"))
_VERSION = regex(r"v?\d+(?:\.\d+){0,2}|lts/[\w*]+|node|stable", re.IGNORECASE)
_TOOL = regex(r"^([a-z][\w-]*)[ \t]+(\d[\w.-]*)", re.MULTILINE)
_FROM = regex(
    r"^FROM[ \t]+(?:--platform=\S+[ \t]+)?(?:[\w.-]+/){0,3}(node|bun|deno|python|golang|ruby):v?(\d[\w.]*)",
    re.MULTILINE | re.IGNORECASE,
)
_DOCKERFILE = regex(r"(?:^|/)(?:Dockerfile(?:\.[\w-]+)?|[\w-]+\.Dockerfile)$")
_SETUP = regex(
    r"""^[ \t]+(node|bun|deno|python|go)-version:[ \t]+["']?(v?\d[\w.x*]*)["']?[ \t]*(?:#.*)?$""", re.MULTILINE
)
MAX_WORKFLOWS = 40


def runtimes(app: App) -> Iterator[Runtime]:
    """What the manifests' `engines` and Volta, version files, Dockerfiles and workflows name, the app's own first."""
    for package in (app.package, *app.roots):
        for table in ("engines", "volta"):
            asked = package.manifest.get(table)
            for key in ("node", "bun", "deno"):
                version = asked.get(key) if isinstance(asked, dict) else None
                if isinstance(version, str) and version.strip():
                    place = app.versions.place(package, table, key)
                    yield Runtime(
                        name=_NAMES[key],
                        version=version.strip(),
                        source=f"{table} in {package.manifest_path}",
                        evidence=(place,),
                    )
    folders = dict.fromkeys((app.path, "."))
    for folder in folders:
        for file, name in _FILES:
            path = join(folder, file)
            text = app.text(path)
            if text and (match := _VERSION.match(text.strip())):
                yield Runtime(
                    name=name, version=match.group().removeprefix("v"), source=path, evidence=(Evidence(path, 1),)
                )
        path = join(folder, ".tool-versions")
        text = app.text(path)
        for match in _TOOL.finditer(text or ""):
            if match.group(1) in _NAMES and text:
                yield Runtime(
                    name=_NAMES[match.group(1)],
                    version=match.group(2),
                    source=path,
                    evidence=(Evidence(path, text.count("\n", 0, match.start()) + 1),),
                )
    yield from _images(app, tuple(folders))
    yield from _workflows(app)


def _images(app: App, folders: tuple[str, ...]) -> Iterator[Runtime]:
    for folder in folders:
        for name in app.repository.folder(folder)[1]:
            path = join(folder, name)
            if not _DOCKERFILE.search(path):
                continue
            text = app.text(path) or ""
            for match in _FROM.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                yield Runtime(
                    name=_NAMES[match.group(1).lower()],
                    version=match.group(2),
                    source=path,
                    evidence=(Evidence(path, line),),
                )


def _workflows(app: App) -> Iterator[Runtime]:
    said: set[tuple[str, str]] = set()
    for path in app.repository.find(".github/workflows/*.yml", ".github/workflows/*.yaml")[:MAX_WORKFLOWS]:
        text = app.text(path) or ""
        for match in _SETUP.finditer(text) if "-version:" in text else ():
            if match.groups() in said:
                continue  # the first workflow that asks for it is enough
            said.add((match.group(1), match.group(2)))
            line = text.count("\n", 0, match.start()) + 1
            yield Runtime(
                name=_NAMES[match.group(1)], version=match.group(2), source=path, evidence=(Evidence(path, line),)
            )
