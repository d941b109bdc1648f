"""What `next.config` sets, as far as it is known without running it.

Wrappers from packages (`withSentryConfig(config, …)`, `createMDX()(config)`) hand on the configuration that they are given; what they
add themselves is not seen. https://nextjs.org/docs/app/api-reference/config/next-config-js
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from prefill.analyzer import App
from prefill.model import NOTHING, Evidence
from prefill.records import dataclass, field

if TYPE_CHECKING:
    from prefill.typescript.evaluate import Evaluator
    from prefill.typescript.values import Object, Value

MAX_WRAPPERS = 24


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of an app: those that are known, by their path (`experimental.ppr`), and where each stands.

    `path` is None without a file; `read` is False where the file's value could not be followed at all.
    """

    path: str | None = None
    settings: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    places: Mapping[str, Evidence] = field(default_factory=lambda: NOTHING)
    read: bool = True

    @property
    def extensions(self) -> tuple[str, ...] | None:
        """`pageExtensions`, None where it is not set."""
        found = self.settings.get("pageExtensions")
        return (
            tuple(found) if isinstance(found, list) and found and all(isinstance(name, str) for name in found) else None
        )

    @property
    def base_path(self) -> str:
        """`basePath`, empty where it is not set or not known."""
        found = self.settings.get("basePath")
        return found if isinstance(found, str) and found.startswith("/") else ""

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales of the Pages Router's `i18n`. https://nextjs.org/docs/pages/guides/internationalization"""
        found = self.settings.get("i18n.locales")
        return tuple(name for name in found if isinstance(name, str)) if isinstance(found, list) else ()

    @property
    def locale(self) -> str | None:
        """Its default locale."""
        found = self.settings.get("i18n.defaultLocale")
        return found if isinstance(found, str) else None


NESTED = ("i18n", "experimental")


def read_config(app: App, path: str | None) -> Config:
    """The settings of a configuration file."""
    if path is None:
        return Config()
    evaluator = app.program.evaluator
    found = unwrap(evaluator, evaluator.export(path, "default"))
    if found is None:
        return Config(path, read=False)
    settings: dict[str, Any] = {}
    places: dict[str, Evidence] = {}
    _collect(found, "", settings, places)
    return Config(path, settings, places)


def unwrap(evaluator: Evaluator, value: Value, depth: int = 0) -> Object | None:
    """The object behind wrappers, functions of the phase and choices; None where there is none."""
    from prefill.typescript.values import Call, Choice, Closure, Object

    if depth > MAX_WRAPPERS:
        return None
    if isinstance(value, Object):
        return value
    if isinstance(value, Closure):
        return unwrap(
            evaluator, evaluator.apply(value, ["phase-production-build", Object({}, value.path, value.line)]), depth + 1
        )
    if isinstance(value, Choice):
        options = [unwrap(evaluator, option, depth + 1) for option in value.options]
        return next((option for option in options if option is not None), None)
    if isinstance(value, Call):
        for argument in value.args:
            found = (
                unwrap(evaluator, argument, depth + 1)
                if isinstance(argument, (Object, Closure, Call, Choice))
                else None
            )
            if found is not None:
                return found
    return None


def _collect(found: Object, prefix: str, settings: dict[str, Any], places: dict[str, Evidence]) -> None:
    from prefill.typescript.values import Object

    for name, value in found.props.items():
        key = prefix + name
        if isinstance(value, Object) and not prefix and name in NESTED:
            _collect(value, name + ".", settings, places)
            continue
        known, plain = _plain(value)
        if known:
            settings[key] = plain
            place = found.places.get(name)
            places[key] = Evidence(*place) if place else Evidence(found.path, found.line)


def _plain(value: Value) -> tuple[bool, Any]:
    """(whether it is known, the value in Python's terms) of a literal or a list of literals."""
    from prefill.typescript.values import Array

    if isinstance(value, Array) and value.open is None:
        rows = [_plain(item) for item in value.items]
        return all(known for known, _ in rows), [item for _, item in rows]
    return isinstance(value, (str, bool, int, float)) or value is None, value
