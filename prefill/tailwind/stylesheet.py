"""What Tailwind 4 loads from a stylesheet: every stylesheet that it imports, and what their at-rules declare.

Encodes https://tailwindcss.com/docs/functions-and-directives and how `@tailwindcss/node` finds stylesheets: a path, else a
package by the `style` condition of its `exports`, its `style` field, or an `index.css`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from prefill.formats import css
from prefill.formats.css import Import, Rule, Stylesheet
from prefill.formats.document import FormatError
from prefill.lazy import regex
from prefill.model import Evidence
from prefill.records import dataclass, field, replace
from prefill.repository import Repository
from prefill.tailwind.alias import targets
from prefill.tailwind.theme import Theme
from prefill.typescript.config import Config
from prefill.typescript.packages import split, target

EXTENSIONS = (".css", ".pcss", ".postcss", ".scss")
MAX_IMPORTS = 30
"""How deep `@import` may nest."""
MAX_READS = 300
"""How many stylesheets one entry may load, each use counted."""

_VERSION_3 = frozenset({"base", "components", "utilities", "variants", "screens"})


@dataclass(frozen=True, slots=True)
class Named:
    """Something that an at-rule names: a plugin, a source, a utility, a configuration."""

    name: str
    evidence: Evidence


@dataclass(slots=True)
class Loaded:
    """Everything that an entry loads.

    `stylesheets` are the repository's own, the entry first; `packages` those that it does not hold; `missing` are
    (specifier, place) of paths that lead nowhere. `variants` map a custom variant to its selector. `dark` are the
    places where custom properties are set for dark mode alone.
    """

    entry: str
    stylesheets: list[str] = field(default_factory=list)
    theme: Theme = field(default_factory=Theme)
    variants: dict[str, Named] = field(default_factory=dict)
    utilities: list[Named] = field(default_factory=list)
    plugins: list[Named] = field(default_factory=list)
    sources: list[Named] = field(default_factory=list)
    configs: list[Named] = field(default_factory=list)
    packages: list[Named] = field(default_factory=list)
    missing: list[Named] = field(default_factory=list)
    core: list[Evidence] = field(default_factory=list)
    dark: list[Named] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Context:
    """What the imports on the way to a stylesheet add to its `@theme` blocks."""

    theme: tuple[str, ...] = ()
    stack: tuple[str, ...] = ()


class Stylesheets:
    """The stylesheets of one repository, each parsed once. `workspaces` maps package names to folders."""

    def __init__(
        self,
        repository: Repository,
        workspaces: Mapping[str, str],
        manifest: Callable[[str], Mapping[str, Any] | None],
        config: Callable[[str], Config | None],
    ) -> None:
        self.repository = repository
        self.workspaces = workspaces
        self._manifest = manifest
        self._config = config
        self._parsed: dict[str, Stylesheet | None] = {}

    def sheet(self, path: str) -> Stylesheet | None:
        """The rules of a stylesheet; None where it is missing or, with a problem, cannot be read."""
        if path not in self._parsed:
            text = self.repository.text(path)
            sheet = None
            if text is not None:
                try:
                    sheet = css.parse(text, scss=path.endswith(".scss"))
                except FormatError as error:
                    self.repository.report(path, error.line, error.message)
            self._parsed[path] = sheet
        return self._parsed[path]

    def core(self, path: str) -> tuple[Import, ...]:
        """The imports of Tailwind itself (`tailwindcss`, `tailwindcss/theme`, …) in a stylesheet."""
        source = self.repository.source(path)
        if source is None or b"tailwindcss" not in source or b"@import" not in source:
            return ()
        sheet = self.sheet(path)
        return tuple(one for one in sheet.imports if is_core(one.target)) if sheet else ()

    def load(self, entry: str) -> Loaded:
        """What Tailwind loads from an entry."""
        out = Loaded(entry)
        self._read(out, entry, _Context(), [0])
        return out

    def find(self, specifier: str, importer: str) -> str | None:
        """The repository's stylesheet that a specifier means in an importing file (a stylesheet or a module)."""
        folder = posixpath.dirname(importer)
        plain = specifier.split("?", 1)[0]
        if plain.startswith(("./", "../")) or not importer.endswith((".ts", ".tsx", ".js", ".jsx", ".mjs", ".mts")):
            path = self._file(posixpath.join(folder, plain))
            if path is not None or plain.startswith(("./", "../")):
                return path
        name, rest = split(plain)
        home = self.workspaces.get(name)
        if home is not None and (path := self._in_package(home, rest)) is not None:
            return path
        found = (self._file(path) for path in targets(self._config(importer), plain))
        return next((path for path in found if path is not None), None)

    def _file(self, path: str) -> str | None:
        path = posixpath.normpath(path)
        if path.startswith(("../", "/")):
            return None
        for candidate in (path, path + ".css"):
            if candidate.endswith(EXTENSIONS) and self.repository.exists(candidate):
                return candidate
        return None

    def _in_package(self, home: str, rest: str) -> str | None:
        manifest = self._manifest(home) or {}
        candidates: list[str] = []
        exports = manifest.get("exports")
        if exports is not None:
            candidates += target(exports, "./" + rest if rest else ".", ("style", "import", "node"))
        if rest:
            candidates += [rest, rest + ".css", "src/" + rest, "dist/" + rest]
        else:
            candidates += [value for key in ("style", "main") if isinstance(value := manifest.get(key), str)]
            candidates.append("index.css")
        folder = "" if home == "." else home
        found = (self._file(posixpath.join(folder, candidate)) for candidate in candidates)
        return next((path for path in found if path is not None), None)

    def _read(self, out: Loaded, path: str, context: _Context, reads: list[int]) -> None:
        sheet = self.sheet(path)
        if sheet is None:
            return
        reads[0] += 1
        if path not in out.stylesheets:
            out.stylesheets.append(path)
        inner = replace(context, stack=(*context.stack, path))
        for around, rule in sheet.walk():
            if rule.name in {"import", "reference"}:
                imported = rule.imported
                if imported is not None:
                    self._import(out, path, imported, inner, reads)
            elif rule.name:
                _directive(out, path, rule, inner)
            elif rule.block:
                _style(out, path, rule, around)

    def _import(self, out: Loaded, path: str, imported: Import, context: _Context, reads: list[int]) -> None:
        place = Evidence(path, imported.line)
        modifiers = imported.modifiers
        if prefix := modifiers.get("prefix"):
            out.theme.prefix = prefix
        if is_core(imported.target):
            out.core.append(place)
            return
        if imported.target.startswith(("http:", "https:", "//", "data:")):
            return
        found = self.find(imported.target, path)
        if found is None:
            relative = imported.target.startswith(("./", "../", "/"))
            (out.missing if relative else out.packages).append(Named(imported.target, place))
            return
        if found in context.stack or len(context.stack) > MAX_IMPORTS:
            return
        if reads[0] >= MAX_READS:
            self.repository.report(
                path, imported.line, f"more than {MAX_READS} stylesheets are imported from {out.entry}"
            )
            return
        theme = context.theme
        if (options := modifiers.get("theme")) is not None:
            theme = (*theme, *options.split())
        self._read(out, found, replace(context, theme=theme), reads)


def is_core(specifier: str) -> bool:
    """Whether an import names Tailwind itself."""
    return specifier == "tailwindcss" or specifier.startswith("tailwindcss/")


def only_version_3(imports: Iterable[Import]) -> bool:
    """Whether the imports of Tailwind are those of version 3 with postcss-import: `tailwindcss/base` and its like.

    https://v3.tailwindcss.com/docs/using-with-preprocessors#build-time-imports
    """
    parts = [one.target.removeprefix("tailwindcss/").removesuffix(".css") for one in imports]
    return bool(parts) and all(part in _VERSION_3 for part in parts) and "base" in parts


def _directive(out: Loaded, path: str, rule: Rule, context: _Context) -> None:
    place = Evidence(path, rule.line)
    if rule.name == "theme":
        options = (*rule.prelude.split(), *context.theme)
        for option in options:
            if option.startswith("prefix("):
                out.theme.prefix = option[7:].rstrip(")")
        for declaration in rule.declarations:
            if declaration.name.startswith("--"):
                where = Evidence(path, declaration.line)
                out.theme.add(declaration.name, declaration.value, where, default="default" in options)
    elif rule.name == "custom-variant":
        name, _, rest = rule.prelude.partition(" ")
        if not rule.block:
            selector = rest.strip().removeprefix("(").removesuffix(")").strip()
        else:
            selector = ", ".join(inner.prelude or f"@{inner.name}" for inner in rule.rules[:4])
        if name:
            out.variants[name] = Named(selector, place)
    elif rule.name == "utility":
        if rule.prelude:
            out.utilities.append(Named(rule.prelude, place))
    elif rule.name in {"plugin", "config"}:
        if rule.string:
            (out.plugins if rule.name == "plugin" else out.configs).append(Named(rule.string, place))
    elif rule.name == "source":
        plain = rule.string if not rule.prelude.endswith(")") else None
        negated = "not " if rule.prelude.startswith("not") else ""
        out.sources.append(Named(negated + plain if plain else rule.prelude, place))
    elif rule.name == "tailwind":
        out.core.append(place)
    elif rule.name == "media" and "prefers-color-scheme" in rule.prelude and "dark" in rule.prelude:
        inner = next((r for r in rule.rules if any(d.name.startswith("--") for d in r.declarations)), None)
        if inner is not None:
            out.dark.append(Named("media", Evidence(path, inner.line)))
    elif rule.name == "variant" and rule.prelude == "dark" and any(d.name.startswith("--") for d in rule.declarations):
        out.dark.append(Named("variant", place))


def _style(out: Loaded, path: str, rule: Rule, around: tuple[Rule, ...]) -> None:
    """A rule that sets custom properties for dark mode alone: `.dark { --background: … }`."""
    if any(outer.name in {"utility", "keyframes"} for outer in around):
        return
    selector = dark_selector(rule.prelude)
    if selector is not None and any(d.name.startswith("--") for d in rule.declarations):
        out.dark.append(Named(selector, Evidence(path, rule.line)))


_DARK = regex(
    r"(?::root|:host|html|body)?(?::is\(|:where\()?"
    r"(?P<switch>\.dark(?:-mode|-theme)?|\.theme-dark|\[data-[\w-]{1,40}=[\"']?(?:[\w-]{1,40}-)?dark[\"']?\])"
    r"(?:\)|, \.dark \*\)|,\.dark \*\))?"
)


def dark_selector(selector: str) -> str | None:
    """What switches dark mode on in a selector: `.dark`, or an attribute such as `[data-theme="dark"]`; None for others."""
    whole = _DARK.fullmatch(selector.strip())
    if whole is not None:
        return whole["switch"]
    found = [match["switch"] for part in selector.split(",") if (match := _DARK.fullmatch(part.strip())) is not None]
    return min(found, key=lambda switch: is_plain_dark(switch) is False, default=None)


def is_plain_dark(switch: str) -> bool:
    """Whether a switch is called just dark: `.dark` and `[data-theme=dark]`, but not `[data-theme=deep-dark]`."""
    return re.search(r"(?<![\w-])dark(?![\w-])", switch) is not None
