"""The settings in `prefill.toml`, or `[tool.prefill]` in `pyproject.toml`: corrections by the user, never code.

A repository's own settings cannot make prefill load code, render a Jinja2 template, or touch files outside the repository.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from prefill.errors import PrefillError
from prefill.formats.document import Document, FormatError
from prefill.model import LABELS, NOTHING
from prefill.records import dataclass, field
from prefill.repository import Repository


@dataclass(frozen=True, slots=True)
class Config:
    """What a repository's owner set. `path` is the file that says it, None where there is none."""

    path: str | None = None
    app: str | None = None
    exclude: tuple[str, ...] = ()
    pin: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    dismiss: tuple[str, ...] = ()


def read_config(repository: Repository) -> Config:
    """The settings of a repository. Raises PrefillError for one that cannot be understood: a correction must not be lost silently."""
    from prefill.formats import toml

    for path, keys in (("prefill.toml", ()), ("pyproject.toml", ("tool", "prefill"))):
        text = repository.text(path)
        if text is None or (keys and "[tool.prefill" not in text):
            continue
        try:
            document = toml.parse(text)
        except FormatError as error:
            if not keys:
                raise PrefillError(f"{error.message}; mend it, or remove it", path, error.line) from None
            continue
        settings = document.get(*keys)
        if isinstance(settings, dict):
            return _config(path, document, keys, settings)
    return Config()


def _config(path: str, document: Document, keys: tuple[str, ...], settings: dict[str, Any]) -> Config:
    def fail(key: str, message: str) -> PrefillError:
        return PrefillError(f"`{key}` {message}", path, document.line(*keys, key))

    known = {"app", "exclude", "pin", "dismiss"}
    for key in settings:
        if key not in known:
            raise fail(key, f"is not a setting of prefill; the settings are {', '.join(sorted(known))}")
    app = settings.get("app")
    if app is not None and (not isinstance(app, str) or posixpath.isabs(app) or ".." in app.split("/")):
        raise fail("app", "names a folder of the repository, relative to its root")
    lists: dict[str, tuple[str, ...]] = {}
    for key in ("exclude", "dismiss"):
        value = settings.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise fail(key, "is a list of strings")
        lists[key] = tuple(value)
    pin = settings.get("pin", {})
    if not isinstance(pin, dict) or not all(isinstance(item, str) for item in pin.values()):
        raise fail("pin", "is a table from a label to its text")
    for label in pin:
        if label not in LABELS:
            raise PrefillError(
                f"`{label}` is not a label; the labels are {', '.join(LABELS)}",
                path,
                document.line(*keys, "pin", label),
            )
    return Config(path, app, lists["exclude"], pin, lists["dismiss"])
