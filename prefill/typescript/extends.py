"""Which file an entry of `extends` names: one of the repository, or one of an installed package that is known as data.

Encodes https://www.typescriptlang.org/tsconfig/#extends: a path, or a package by its `exports`, its `tsconfig` and `main` fields.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from prefill.formats.document import FormatError
from prefill.formats.jsonc import parse
from prefill.typescript import Files
from prefill.typescript.bases import Base, Installed, said
from prefill.typescript.packages import split, target


def inside(folder: str, value: str) -> str | None:
    """`value` seen from `folder`, or None where it leads out of the repository."""
    if value.startswith("/"):
        return None
    out = posixpath.normpath(posixpath.join(folder, value.replace("\\", "/")))
    return None if out == ".." or out.startswith("../") else "" if out == "." else out


def find(files: Files, home_of: Callable[[str], str | None], specifier: str, folder: str) -> str | None:
    """The file that an entry of `extends` names, or None where the repository does not hold it.

    `home_of` tells the folder of a package of the repository; `folder` is that of the file with the entry.
    """
    specifier = specifier.replace("\\", "/")
    if specifier.startswith(("./", "../", "/")):
        path = inside(folder, specifier)
        if path is None:
            return None
        if files.exists(path):
            return path
        if not path.endswith(".json") and files.exists(path + ".json"):
            return path + ".json"
        return None
    if not specifier:
        return None
    name, rest = split(specifier)
    home = home_of(name)
    return None if home is None else _in_package(files, home, rest)


def of_package(installed: Installed | None, specifier: str, path: str, index: int | None) -> Base | None:
    """The base of a published package that an entry of `extends` in the file `path` names, where it is known what it says."""
    if installed is None or not specifier:
        return None
    folder, wanted = posixpath.dirname(path), specifier.replace("\\", "/")
    if wanted.startswith(("./", "../", "/")):  # as written by generators: `./node_modules/gts/tsconfig-google.json`
        parts = (inside(folder, wanted) or "").split("/")
        if parts.count("node_modules") != 1:
            return None
        at = parts.index("node_modules")
        folder, wanted = "/".join(parts[:at]), "/".join(parts[at + 1 :])
        wanted = wanted if wanted.endswith(".json") else wanted + ".json"
    package, name = split(wanted)
    version = installed(folder, package)
    options = said(package, name, version) if version is not None else None
    if version is None or options is None:
        return None
    return Base(specifier, package, version, path, index, options)


def _in_package(files: Files, home: str, rest: str) -> str | None:
    text = files.text(posixpath.join(home, "package.json"))
    try:
        manifest = parse(text).value if text is not None else None
    except FormatError:
        manifest = None
    if isinstance(manifest, dict):
        exports = manifest.get("exports")
        if exports is not None:
            for inner in target(exports, "./" + rest if rest else ".", ("require", "types", "node")):
                path = inside(home, inner)
                if path is not None:
                    found = _json_file(files, path)
                    if found is not None:
                        return found
            return None
        if not rest:
            for key in ("tsconfig", "main"):
                value = manifest.get(key)
                path = inside(home, value) if isinstance(value, str) else None
                if path is not None and (found := _json_file(files, path)) is not None:
                    return found
    if rest:
        path = inside(home, rest)
        if path is None:
            return None
        found = _json_file(files, path)
        if found is not None:
            return found
        home = path
    path = posixpath.join(home, "tsconfig.json")
    return path if files.exists(path) else None


def _json_file(files: Files, path: str) -> str | None:
    if path.endswith(".json") and files.exists(path):
        return path
    return path + ".json" if files.exists(path + ".json") else None
