"""Reads Tailwind CSS as it is really loaded (version 4 from stylesheets, version 3 from configurations), shadcn/ui, and fonts.

The installed major version decides: version 4 loads a `tailwind.config.*` only where a stylesheet names it by `@config`
(https://tailwindcss.com/docs/upgrade-guide#using-a-javascript-config-file), version 3 has no `@theme`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from prefill.analyzer import Analyzer, App
from prefill.lazy import regex
from prefill.model import DeadConfig, Evidence, Fact, Problem, TailwindEntry, TailwindUse
from prefill.records import dataclass, replace
from prefill.tailwind import configuration, dark, loading, shadcn
from prefill.tailwind.stylesheet import EXTENSIONS, Loaded, Named, Stylesheets, is_plain_dark, only_version_3
from prefill.workspace import Package, inside

PACKAGE = "tailwindcss"
PLUGINS = ("@tailwindcss/postcss", "@tailwindcss/vite", "@tailwindcss/cli", "@tailwindcss/webpack", "@tailwindcss/node")

# Folders whose stylesheets and configurations build nothing of the app. Examples and demos are apps of their own.
_ASIDE = regex(r"(?:^|/)(?:__tests__|tests?|fixtures?|__fixtures__|e2e|templates?)/", re.IGNORECASE)
_TAILWIND_DIRECTIVE = regex(rb"@tailwind\s")


def analyze(app: App) -> Iterator[Fact | Problem]:
    """`TailwindEntry`, `TailwindUse`, `DeadConfig`, `Shadcn`, `Font` and `StyleFiles` facts of the app and of the workspace packages that it uses."""
    sheets = Stylesheets(
        app.repository,
        {name: package.path for name, package in app.workspaces.by_name().items()},
        lambda folder: app.program.modules.manifest("" if folder == "." else folder),
        app.program.modules.config,
    )
    files = [path for path in app.files if not _ASIDE.search(_below(app, path))]
    roots = list(loading.roots(app, files))
    loaders = loading.loaders(app, sheets, roots)
    entries = [
        (path, sheets.load(path)) for path in files if path.endswith(EXTENSIONS) and _is_entry(app, sheets, path)
    ]
    homes = {home.path for path, _ in entries if (home := _home(app, path)) is not None}
    found: list[Fact | Problem] = [_version_4(app, path, loaded, loaders) for path, loaded in entries]
    named = {config for _, loaded in entries for config in _named_configs(app, loaded)}
    for path in files:
        if configuration.NAME.search(path) and path not in named:
            found += _version_3(app, sheets, path, files, homes, loaders)
    yield from _switched(app, found)
    yield from _through(app, sheets, {path for path, _ in entries}, loaders)
    for path in app.repository.named(shadcn.NAME):
        if app.own(path) and not _ASIDE.search(_below(app, path)):
            components = shadcn.read(app, path)
            if components is not None:
                yield components
    yield from loading.fonts(roots)
    yield from loading.fonts_of_styles(app, (path for _, loaded in entries for path in loaded.stylesheets))
    yield from loading.style_files(app)


def _below(app: App, path: str) -> str:
    """A path as seen from the app, if it lies in it: an app that is called `templates` is still the app."""
    return path[len(app.path) + 1 :] if app.path != "." and inside(path, app.path) else path


def _is_entry(app: App, sheets: Stylesheets, path: str) -> bool:
    core = sheets.core(path)
    if not core:
        return False
    if only_version_3(core):
        declared = _declared(app, path)
        return declared is not None and declared.major is not None and declared.major >= 4
    return True


# versions -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Declared:
    """The Tailwind that a folder builds with: installed version, the range that was asked for, major version."""

    home: Package
    version: str | None
    range: str
    major: int | None
    own: bool  # whether it is a dependency of its own, not only what a plugin depends on
    evidence: tuple[Evidence, ...]


def _home(app: App, path: str) -> Package | None:
    """The nearest package at or above a file that depends on Tailwind."""
    at = posixpath.dirname(path) or "."
    while True:
        package = app.workspaces.by_path(at)
        if package is not None and package.depends_on(PACKAGE):
            return package
        if at == ".":
            return None
        at = posixpath.dirname(at) or "."


def _declared(app: App, path: str) -> _Declared | None:
    package, name = _home(app, path), PACKAGE
    if package is None:  # version 4 is often there only as what its plugin depends on, at the same version
        found = ((p, n) for p in (app.package_of(path), *app.packages, *app.roots) for n in PLUGINS if p.depends_on(n))
        package, name = next(found, (None, PACKAGE))
    if package is None:
        return None
    installed = app.versions.installed(package, name)
    if installed is None:
        return None
    digits = re.match(r"[\^~>=v\s]{0,4}(\d+)", installed.version or installed.range)
    major = int(digits[1]) if digits else None
    return _Declared(package, installed.version, installed.range, major, name == PACKAGE, installed.evidence)


# version 4 ------------------------------------------------------------------------------------------------------------


def _version_4(app: App, path: str, loaded: Loaded, loaders: Mapping[str, tuple[Evidence, ...]]) -> TailwindEntry:
    declared = _declared(app, path)
    variant = loaded.variants.get("dark")
    configs = _named_configs(app, loaded)
    config = configuration.read(app.program, configs[0]) if configs else None
    follows = None if loaded.configs or loaded.plugins else "media"
    mode = variant.name if variant is not None else config.dark_mode if config is not None else follows
    values = _dark_values(loaded.dark, mode)
    places = {"core": loaded.core[0]} if loaded.core else {}
    if variant is not None:
        places["dark_mode"] = variant.evidence
    elif config is not None and "darkMode" in config.places:
        places["dark_mode"] = config.places["darkMode"]
    for name, found in (("plugins", loaded.plugins), ("config", loaded.configs), ("utilities", loaded.utilities)):
        if found:
            places[name] = found[0].evidence
    variables = loaded.theme.variables
    if variables:
        places["variables"] = next(iter(variables.values())).evidence
    return TailwindEntry(
        entry=path,
        version=declared.version if declared else None,
        range=declared.range if declared else None,
        style="css",
        variables={name: variable.value for name, variable in variables.items() if not variable.default},
        extend=tuple(sorted(config.extend)) if config is not None else (),
        plugins=_unique((*(one.name for one in loaded.plugins), *(config.plugins if config is not None else ()))),
        dark_mode=mode,
        workspace=app.package_of(path).path,
        prefix=loaded.theme.prefix,
        sources=_unique(one.name for one in loaded.sources),
        utilities=_unique(one.name for one in loaded.utilities),
        variants={name: one.name for name, one in loaded.variants.items()},
        stylesheets=tuple(loaded.stylesheets),
        packages=_unique(one.name for one in loaded.packages),
        missing=_unique(one.name for one in loaded.missing),
        config=configs[0] if configs else None,
        loaded_by=loaders.get(path, ()),
        dark_values=tuple(dict.fromkeys(one.evidence for one in values))[:4],
        dark_selector=values[0].name if values else None,
        places=places,
        evidence=(*loaded.core[:2], *(declared.evidence if declared else ())),
    )


def _switched(app: App, found: Iterable[Fact | Problem]) -> Iterator[Fact | Problem]:
    """Facts, those of entries whose dark values wait for a class or an attribute with the places that set it."""
    known: dict[str, dark.Switch] = {}
    for fact in found:
        selector = _waits_for(fact) if isinstance(fact, TailwindEntry) else None
        if not isinstance(fact, TailwindEntry) or selector is None:
            yield fact
            continue
        if selector not in known:
            known[selector] = dark.switch(app, selector)
        switch = known[selector]
        yield replace(fact, dark_setters=switch.places, dark_by=switch.by)


def _waits_for(entry: TailwindEntry) -> str | None:
    """The class or attribute that switches an entry's dark mode on; None for one that follows the system, or has none."""
    selector = entry.dark_selector
    if selector is not None:
        return selector if selector.startswith((".", "[")) else None
    mode = entry.dark_mode or ""
    attribute = re.search(r"\[[\w-]{1,40}[^\[\]]{0,40}\]", mode)
    if attribute is not None:
        return attribute.group()
    return ".dark" if mode in {"class", "selector"} or re.search(r"\.dark(?![\w-])", mode) else None


def _dark_values(found: list[Named], mode: str | None) -> list[Named]:
    """Places of dark values: first those that the `dark:` variant follows too, then those of a theme just called dark."""

    def order(one: Named) -> tuple[bool, bool]:
        return (mode == "media") is not (one.name == "media"), not is_plain_dark(one.name)

    return sorted(found, key=order)


def _named_configs(app: App, loaded: Loaded) -> list[str]:
    """The files of the repository that an entry's `@config` rules name."""
    out = []
    for one in loaded.configs:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(one.evidence.path), one.name))
        found = app.program.modules.file(path) if not path.startswith("..") else None
        if found is not None:
            out.append(found)
    return out


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


# version 3 ------------------------------------------------------------------------------------------------------------


def _version_3(
    app: App,
    sheets: Stylesheets,
    path: str,
    files: list[str],
    homes: set[str],
    loaders: Mapping[str, tuple[Evidence, ...]],
) -> Iterator[Fact | Problem]:
    declared = _declared(app, path)
    fourth = declared is not None and declared.major is not None and declared.major >= 4
    if declared is None or not declared.own or fourth or declared.home.path in homes:
        if declared is not None and fourth and not _imported(app, path) and not _named(app, sheets, path):
            reason = f"Tailwind CSS {declared.major} loads no configuration that no stylesheet names by @config"
            yield DeadConfig(path=path, reason=reason, evidence=(Evidence(path), *declared.evidence))
        elif declared is None or not declared.own:
            yield from _preset(app, path, declared)
        return
    config = configuration.read(app.program, path)
    folder = posixpath.dirname(path) or "."
    css = [p for p in files if p.endswith(EXTENSIONS) and inside(p, folder) and _has_directives(app, p)]
    css.sort(key=lambda p: (p not in loaders, p.count("/"), p))
    mode = config.dark_mode or ("media" if config.complete else None)
    values = _dark_values([place for p in css[:3] for place in sheets.load(p).dark], mode)
    yield TailwindEntry(
        entry=path,
        version=declared.version,
        range=declared.range,
        style="config",
        variables={},
        extend=tuple(sorted(config.extend)),
        plugins=tuple(config.plugins),
        dark_mode=mode,
        workspace=app.package_of(path).path,
        prefix=config.prefix,
        presets=tuple(config.presets),
        content=tuple(config.content),
        stylesheets=tuple(css[:10]),
        loaded_by=tuple(dict.fromkeys(place for p in css for place in loaders.get(p, ())))[:4],
        dark_values=tuple(dict.fromkeys(one.evidence for one in values))[:4],
        dark_selector=values[0].name if values else None,
        places={name: place for key, name in _PLACES.items() if (place := config.places.get(key)) is not None},
        evidence=(Evidence(path), *declared.evidence),
    )


def _preset(app: App, path: str, declared: _Declared | None) -> Iterator[TailwindUse]:
    """A configuration in a package without a Tailwind of its own, where it builds on that of a workspace package."""
    config = configuration.read(app.program, path)
    presets = [preset for preset in config.presets if app.repository.exists(preset)]
    theirs = next((found for preset in presets if (found := _declared(app, preset)) is not None), declared)
    if presets and theirs is not None and theirs.major == 3:
        yield TailwindUse(
            path=path,
            style="config",
            through=tuple(presets),
            version=theirs.version,
            range=theirs.range,
            dark_mode=config.dark_mode,
            plugins=tuple(config.plugins),
            workspace=app.package_of(path).path,
            evidence=(config.places.get("presets", Evidence(path)), *theirs.evidence),
        )


def _through(
    app: App, sheets: Stylesheets, entries: set[str], loaders: Mapping[str, tuple[Evidence, ...]]
) -> Iterator[TailwindUse]:
    """A stylesheet of the app that imports Tailwind by a package outside the repository, as its name says."""
    for path in loaders:
        sheet = sheets.sheet(path) if inside(path, app.path) and path not in entries else None
        declared = _declared(app, path) if sheet is not None else None
        if sheet is None or declared is None or declared.major is None or declared.major < 4:
            continue
        outside = [
            one
            for one in sheet.imports
            if "tailwind" in one.target and one.target[:1] not in {".", "/"} and sheets.find(one.target, path) is None
        ]
        if outside and not entries & set(sheets.load(path).stylesheets):
            yield TailwindUse(
                path=path,
                style="css",
                through=tuple(one.target for one in outside),
                version=declared.version,
                range=declared.range,
                workspace=app.package_of(path).path,
                evidence=(*(Evidence(path, one.line) for one in outside), *declared.evidence),
            )


_PLACES = {"darkMode": "dark_mode", "plugins": "plugins", "theme": "extend", "prefix": "prefix", "presets": "presets"}


def _has_directives(app: App, path: str) -> bool:
    source = app.repository.source(path)
    return (
        source is not None
        and b"tailwind" in source
        and (_TAILWIND_DIRECTIVE.search(source) is not None or b"tailwindcss/base" in source)
    )


def _imported(app: App, path: str) -> bool:
    """Whether a module of the app imports a configuration, as e-mail templates do: then it is not dead."""
    name = posixpath.basename(path).rsplit(".", 1)[0].encode()
    for other in app.files:
        if other != path and other.endswith((".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts")):
            source = app.repository.source(other)
            if source is not None and name in source and _imports(app, other, path):
                return True
    return False


def _named(app: App, sheets: Stylesheets, path: str) -> bool:
    """Whether any stylesheet of the repository names a configuration by `@config`, be it no entry or another app's."""
    for other in app.repository.files:
        if other.endswith(EXTENSIONS):
            source = app.repository.source(other)
            if source is not None and b"@config" in source and path in _named_configs(app, sheets.load(other)):
                return True
    return False


def _imports(app: App, importer: str, path: str) -> bool:
    syntax = app.program.syntax(importer)
    found = (*syntax.imports, *syntax.dynamic_imports) if syntax is not None else ()
    return any(app.program.resolve(one.specifier, importer) == path for one in found)


ANALYZER = Analyzer(
    name="tailwind",
    reads="Tailwind CSS stylesheets and configurations, components.json, fonts of the root modules",
    analyze=analyze,
)
