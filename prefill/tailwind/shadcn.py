"""A `components.json` of shadcn/ui, checked against what exists. https://ui.shadcn.com/docs/components-json"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from typing import Any

from prefill.analyzer import App
from prefill.formats.document import Document
from prefill.model import NOTHING, Evidence, Shadcn
from prefill.tailwind import registry
from prefill.tailwind.alias import targets
from prefill.typescript.packages import split, target

NAME = "components.json"
LIBRARIES = {"ui.shadcn.com": "shadcn/ui", "shadcn-vue.com": "shadcn-vue", "shadcn-svelte.com": "shadcn-svelte"}
"""Host of the `$schema` → what it is the configuration of."""
MODULES = (".tsx", ".ts", ".jsx", ".js", ".vue", ".svelte")
_ASIDE = (".test", ".spec", ".stories", ".d", ".demo")


def read(app: App, path: str) -> Shadcn | None:
    """What a `components.json` says; None for one that is not shadcn's, or cannot be read."""
    document = app.json(path)
    value = document.value if document is not None else None
    if document is None or not isinstance(value, dict):
        return None
    aliases = {k: v for k, v in _table(value.get("aliases")).items() if isinstance(v, str)}
    tailwind = _table(value.get("tailwind"))
    schema = str(value.get("$schema", ""))
    library = next((name for host, name in LIBRARIES.items() if host in schema), None)
    if library is None and not (aliases and tailwind):
        return None
    folder = posixpath.dirname(path)
    css, config = _text(tailwind.get("css")), _text(tailwind.get("config"))
    missing = tuple(one for one in (config, css) if one is not None and not _exists(app, folder, one))
    ui = _folder(app, path, aliases)
    return Shadcn(
        path=path,
        style=_text(value.get("style")),
        base_color=_text(tailwind.get("baseColor")),
        icon_library=_text(value.get("iconLibrary")),
        css=css,
        config=config,
        css_variables=variables if isinstance(variables := tailwind.get("cssVariables"), bool) else None,
        rsc=rsc if isinstance(rsc := value.get("rsc"), bool) else None,
        aliases=aliases,
        ui_folder=ui,
        missing=missing,
        components=_components(app, ui) if ui is not None else (),
        workspace=app.package_of(path).path,
        port=library or "shadcn/ui",
        registry=_generated(app, ui, library or "shadcn/ui") if ui is not None else (),
        evidence=_evidence(document, path, missing=(config in missing, css in missing)),
    )


def _evidence(document: Document, path: str, *, missing: tuple[bool, bool]) -> tuple[Evidence, ...]:
    keys = [("style",), ("tailwind", "baseColor"), ("iconLibrary",)]
    keys += [("tailwind", key) for key, cited in zip(("config", "css"), missing, strict=True) if cited]
    found = [Evidence(path, line) for key in keys if (line := document.line(*key)) is not None]
    return tuple(found) or (Evidence(path),)


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else NOTHING


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _exists(app: App, folder: str, name: str) -> bool:
    return app.repository.exists(posixpath.normpath(posixpath.join(folder, name)))


def _folder(app: App, path: str, aliases: Mapping[str, str]) -> str | None:
    """The folder that the `ui` alias means, which is `ui` in the `components` alias where it is not set."""
    wanted = aliases.get("ui") or (aliases["components"].rstrip("/") + "/ui" if "components" in aliases else None)
    if wanted is None:
        return None
    is_folder: Callable[[str], bool] = app.repository.is_folder
    folder = posixpath.dirname(path)
    beside = posixpath.normpath(posixpath.join(folder, wanted))
    if not wanted.startswith(("@", "~", "#")) and is_folder(beside):
        return beside
    for found in targets(app.program.modules.config(posixpath.join(folder, "x.ts")), wanted):
        if is_folder(found):
            return found
    manifest = app.program.modules.manifest(folder) or {}
    probe = wanted.rstrip("/") + "/button"
    home, to = folder, target(manifest.get("imports"), probe, ("import", "types", "default"))
    if not to:
        name, rest = split(probe)
        workspace = app.workspaces.by_name().get(name)
        if workspace is None:
            return None
        home = "" if workspace.path == "." else workspace.path
        exports = (app.program.modules.manifest(home) or {}).get("exports")
        to = target(exports, "./" + rest, ("import", "types", "default")) or ["./" + rest, "./src/" + rest]
    for one in to:
        found = posixpath.normpath(posixpath.join(home, posixpath.dirname(one)))
        if not found.startswith("..") and is_folder(found):
            return found
    return None


def _components(app: App, folder: str) -> tuple[str, ...]:
    """The names of the modules directly in a folder, and of folders in it that hold one of their own name or an index."""
    folders, files = app.repository.folder(folder)
    names = set()
    for file in files:
        stem, extension = posixpath.splitext(file)
        if extension in MODULES and stem != "index" and not stem.endswith(_ASIDE):
            names.add(stem)
    for inner in folders:
        _, held = app.repository.folder(posixpath.join(folder, inner))
        if any(posixpath.splitext(file)[0] in {"index", inner} and file.endswith(MODULES) for file in held):
            names.add(inner)
    return tuple(sorted(names))


def _generated(app: App, folder: str, library: str) -> tuple[str, ...]:
    """The modules of a `ui` folder that bear the name of an item of the registry and stand as the command line writes them."""
    folders, files = app.repository.folder(folder)
    if library in registry.FOLDERS:
        present = {
            inner
            for inner in folders
            if any(file.startswith("index.") for file in app.repository.folder(posixpath.join(folder, inner))[1])
        }
    else:
        present = {stem for stem, extension in map(posixpath.splitext, files) if extension in MODULES}
    return tuple(sorted(present & registry.items(library)))
