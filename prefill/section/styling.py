"""UI & Styling: the styling system and its entry, shadcn/ui and other libraries, icons, dark mode, fonts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from prefill.model import (
    Dependency,
    Evidence,
    Findings,
    Font,
    Project,
    Shadcn,
    StyleFiles,
    TailwindEntry,
    TailwindUse,
    Technology,
)
from prefill.section.entry import Entry, LabelEntries

LOOKED_IN = ("package.json", "components.json", "tailwind.config.*", "*.css")

SYSTEMS = (
    "styled-components",
    "emotion",
    "vanilla-extract",
    "panda",
    "stitches",
    "linaria",
    "stylex",
    "unocss",
    "nativewind",
    "uniwind",
    "tamagui",
    "unistyles",
)
"""Technologies that write styles, beside Tailwind and style files."""

LIBRARIES = (
    "mui",
    "chakra-ui",
    "mantine",
    "antd",
    "heroui",
    "nextui",
    "daisyui",
    "headlessui",
    "radix-themes",
    "react-aria",
    "ariakit",
    "tremor",
    "flowbite",
    "fluentui",
    "primereact",
    "react-bootstrap",
    "bootstrap",
    "bulma",
    "semantic-ui",
    "carbon",
    "blueprint",
    "rsuite",
    "kobalte",
    "vuetify",
    "nuxt-ui",
    "element-plus",
    "quasar",
    "react-native-paper",
    "react-native-elements",
    "gluestack-ui",
    "boxyhq-ui",
    "shadcn-svelte",
    "bits-ui",
    "melt-ui",
    "skeleton",
)
"""Component libraries by the catalog's identifiers."""

PARTS = ("radix-ui", "base-ui")
"""Unstyled parts: beside shadcn/ui they are what it is made of."""

BRING_EMOTION = frozenset({"mui", "chakra-ui"})
"""Libraries that ask for Emotion: beside them it is a part, not a system of its own."""

PRIMITIVES = ("radix-ui", "@base-ui/react", "@base-ui-components/react")
ICONS = {
    "lucide": "lucide-react",
    "radix": "@radix-ui/react-icons",
    "tabler": "@tabler/icons-react",
    "phosphor": "@phosphor-icons/react",
    "hugeicons": "@hugeicons/react",
    "remixicon": "@remixicon/react",
}
"""`iconLibrary` of components.json → package."""

MAX_NAMES = 4


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    entries = (*_tailwind(findings, project), *_libraries(findings, project), *_rest(findings, project))
    return LabelEntries(
        label="UI & Styling", entries=entries, status="found" if entries else "unknown", looked_in=LOOKED_IN
    )


def _near(project: Project) -> tuple[str, ...]:
    """The workspaces whose dependencies the app's interface is made of, the app first."""
    return (project.app, *project.uses)


def _inside(path: str, folder: str) -> bool:
    return folder == "." or path.startswith(folder + "/")


def _mine(path: str, project: Project) -> bool:
    """Whether a file is the app's own: for a root, that no package below it holds it."""
    nested = [at for _, at in (*project.workspaces, *project.packages) if at != "."] if project.app == "." else []
    return _inside(path, project.app) and not any(_inside(path, at) for at in nested)


def _dependency(findings: Findings, workspaces: Iterable[str], name: str) -> Dependency | None:
    rows = {fact.workspace: fact for fact in findings.of(Dependency) if fact.name == name}
    return next((rows[workspace] for workspace in workspaces if workspace in rows), None)


# Tailwind CSS and shadcn/ui -------------------------------------------------------------------------------------------


def app_entry(findings: Findings, project: Project) -> TailwindEntry | None:
    """The entry that the app is styled from: one that its own modules load, else one in its folder, else one that it uses."""
    entries = findings.of(TailwindEntry)
    if project.app == ".":
        entries = tuple(entry for entry in entries if _mine(entry.entry, project))

    def order(entry: TailwindEntry) -> tuple[Any, ...]:
        places = [place.path for place in entry.loaded_by if _inside(place.path, project.app)]
        own = _inside(entry.entry, project.app)
        nearest = min((path.count("/") for path in places), default=99)
        return (not (own and places), not own if entry.style == "config" else not places, not own, nearest, entry.entry)

    likely = [e for e in entries if _inside(e.entry, project.app) or e.loaded_by]
    return min(likely or entries, key=order, default=None)


def _tailwind(findings: Findings, project: Project) -> Iterator[Entry]:
    entry = app_entry(findings, project)
    use = next((one for one in findings.of(TailwindUse) if one.workspace == project.app), None)
    if use is not None and (entry is None or not _inside(entry.entry, project.app)):
        through = list(use.through)
        yield Entry(
            kind="tailwind_use",
            values={
                "version": use.version,
                "range": use.range,
                "path": use.path,
                "through": through,
                "style": use.style,
            },
            evidence=use.evidence,
            rank=0,
        )
    elif entry is not None:
        yield from _entry(entry)
    else:
        row = _dependency(findings, _near(project), "tailwindcss")
        if row is not None:
            values = {"version": row.version, "range": row.range}
            yield Entry(kind="tailwind_unloaded", values=values, evidence=row.evidence, rank=0)
    yield from _shadcn(findings, project)
    if entry is not None:
        yield from _dark(findings, project, entry)


def _entry(entry: TailwindEntry) -> Iterator[Entry]:
    styles = [path for path in entry.stylesheets if path != entry.entry]
    values: dict[str, Any] = {
        "version": entry.version,
        "range": entry.range,
        "path": entry.entry,
        "style": entry.style,
        "config": entry.config,
        "sheet": styles[0] if entry.style == "config" and styles else None,
    }
    yield Entry(kind="tailwind", values=values, evidence=entry.evidence, rank=0)
    if entry.prefix:
        place = entry.places.get("prefix") or entry.places.get("core")
        evidence = (place,) if place else entry.evidence[:1]
        yield Entry(kind="prefix", values={"prefix": entry.prefix}, evidence=evidence, before=", ", rank=1)
    if entry.plugins:
        place = entry.places.get("plugins")
        evidence = (place,) if place else (Evidence(entry.entry),)
        yield Entry(kind="plugins", values=_some(entry.plugins), evidence=evidence, before=", ", rank=3)
    theme = entry.places.get("variables")
    if theme is not None and theme.path != entry.entry:
        values = {"path": theme.path, "count": len(entry.variables)}
        yield Entry(kind="theme", values=values, evidence=(theme,), before=", ", rank=2)


def _some(names: Iterable[str]) -> dict[str, Any]:
    listed = list(names)
    return {"names": listed[:MAX_NAMES], "more": max(0, len(listed) - MAX_NAMES)}


def _shadcn(findings: Findings, project: Project) -> Iterator[Entry]:
    found = [one for one in findings.of(Shadcn) if one.workspace in _near(project)]
    found.sort(key=lambda one: (one.workspace != project.app, one.path))
    if not found:
        return
    one = found[0]
    homes = (one.workspace, *_near(project))
    imported = _imported(findings)
    parts: dict[str, list[Dependency]] = {}  # primitives, the scoped packages of Radix under one name
    for row in findings.of(Dependency):
        scoped = row.name.startswith("@radix-ui/react-") and row.name != "@radix-ui/react-icons"
        if row.workspace in homes and (scoped or row.name in PRIMITIVES) and imported.get(row.name, 1):
            parts.setdefault("@radix-ui/react-*" if scoped else row.name, []).append(row)
    primitives = sorted(parts, key=lambda name: -sum(imported.get(row, 1) for row in {row.name for row in parts[name]}))
    rows = [parts[name][0] for name in primitives]
    icon = ICONS.get(one.icon_library or "")
    icons = _dependency(findings, homes, icon) if icon and imported.get(icon, 1) else None
    values: dict[str, Any] = {
        "library": one.port,
        "style": one.style,
        "base": one.base_color,
        "names": [*primitives, *([icons.name] if icons else [])],
        "path": one.path if one.workspace != project.app else None,
    }
    evidence = (*one.evidence, *(e for row in (*rows, icons) if row is not None for e in row.evidence[-1:]))
    yield Entry(kind="shadcn", values=values, evidence=evidence, rank=0)


def _imported(findings: Findings) -> dict[str, int]:
    """Package → how many sources import it, of the packages that the catalog knows."""
    found: dict[str, int] = {}
    for fact in findings.of(Technology):
        found.update(fact.importers)
    return found


def _dark(findings: Findings, project: Project, entry: TailwindEntry) -> Iterator[Entry]:
    """Which switch the values and which the `dark:` variant follow; where they differ, that is said first."""
    variant, switch = entry.dark_mode, entry.dark_selector
    place = entry.places.get("dark_mode")
    evidence = (*((place,) if place else ()), *entry.dark_values[:1])
    by_class = variant is not None and variant != "media"
    named = switch if switch not in {None, "media", "variant"} else _switch(variant)
    setters = entry.dark_setters
    values = {
        "switch": named,
        "by": entry.dark_by,
        "setter": setters[0].path if setters else None,
        "unset": setters is None and not _brings_themes(findings, project),
    }
    evidence = (*evidence, *(setters or ())[:1])
    if entry.dark_values and (by_class or variant is None):
        yield Entry(kind="dark", values=values, evidence=evidence, rank=2)
    elif entry.dark_values and switch not in {"media", "variant"}:
        setting = "darkMode" if entry.style == "config" else "@custom-variant dark"
        yield Entry(kind="dark_split", values={"switch": named, "setting": setting}, evidence=evidence, rank=1)
    elif entry.dark_values and not _native(findings, project):
        yield Entry(kind="dark_media", evidence=evidence, rank=2)
    elif by_class and place is not None:
        yield Entry(kind="dark_variant", values=values, evidence=evidence, rank=3)


def _native(findings: Findings, project: Project) -> bool:
    """Whether the styles are those of a React Native app, which may set its theme whatever the system prefers."""
    return any(_technology(findings, project, name) is not None for name in ("uniwind", "nativewind"))


def _brings_themes(findings: Findings, project: Project) -> bool:
    """Whether a package outside the repository may switch the theme: by its name, or as a library of components."""
    near = {*_near(project), "."}
    return any(
        "theme" in row.name or "color-mode" in row.name for row in findings.of(Dependency) if row.workspace in near
    ) or any(fact.id in LIBRARIES for fact in findings.of(Technology) if fact.workspace in near)


def _switch(variant: str | None) -> str | None:
    """What a `dark` variant follows, in short: `.dark` of `&:is(.dark *)`, `[data-theme="dark"]` of `class [data-theme="dark"]`."""
    if variant is None or variant == "media":
        return None
    if variant in {"class", "selector"} or ".dark" in variant:
        return ".dark"
    start = variant.find("[data-")
    end = variant.find("]", start)
    return variant[start : end + 1] if 0 <= start < end else None


# other systems --------------------------------------------------------------------------------------------------------


def _technology(findings: Findings, project: Project, identifier: str) -> Technology | None:
    near = _near(project)
    found = [fact for fact in findings.of(Technology) if fact.id == identifier and fact.workspace in near]
    found = [fact for fact in found if fact.in_use is not False]
    return min(found, key=lambda fact: near.index(fact.workspace), default=None)


def _named(fact: Technology) -> dict[str, Any]:
    return {"name": fact.name, "version": fact.version, "range": fact.range}


def _libraries(findings: Findings, project: Project) -> Iterator[Entry]:
    own = [fact for fact in findings.of(Technology) if fact.workspace == project.app and fact.in_use is not False]
    ids = {fact.id for fact in own}
    for fact in own:
        if fact.id in LIBRARIES and (fact.version or fact.range):  # else only a helper of it is there
            yield Entry(kind="library", values=_named(fact), evidence=fact.evidence, rank=1)
    for fact in own:
        brought = fact.superseded_by is not None or (fact.id == "emotion" and bool(ids & BRING_EMOTION))
        if fact.id in SYSTEMS and (fact.version or fact.range) and not brought:
            yield Entry(kind="library", values=_named(fact), evidence=fact.evidence, rank=1)
    shadcn = any(one.workspace in _near(project) for one in findings.of(Shadcn))
    for fact in own:
        if fact.id in PARTS and not shadcn and "radix-themes" not in ids:
            yield Entry(kind="library", values=_named(fact), evidence=fact.evidence, rank=1)
    icons = [fact for fact in own if fact.category == "icons"]
    if shadcn:
        used = {ICONS.get(one.icon_library or "") for one in findings.of(Shadcn)}
        icons = [fact for fact in icons if fact.package not in used]
    if icons:
        places = tuple(place for fact in icons[:3] for place in fact.evidence[-1:])
        yield Entry(kind="icons", values={"names": [fact.name for fact in icons[:3]]}, evidence=places, rank=3)


def _rest(findings: Findings, project: Project) -> Iterator[Entry]:
    counts = {fact.kind: fact for fact in findings.of(StyleFiles)}
    sass = _technology(findings, project, "sass")
    for kind in ("CSS modules", "Sass", "Less", "Stylus", "vanilla-extract"):
        fact = counts.get(kind)
        if fact is None:
            continue
        version = sass.version if kind == "Sass" and sass is not None else None
        values = {"kind": kind, "version": version, "files": fact.files}
        yield Entry(kind="files", values=values, evidence=fact.evidence, rank=2)
    plain = counts.get("CSS")
    script = any(fact.workspace == project.app for fact in findings.of(Dependency))
    if (
        plain is not None
        and script
        and len(counts) == 1
        and not findings.of(TailwindEntry)
        and not findings.of(TailwindUse)
    ):
        values = {"kind": "CSS", "version": None, "files": plain.files}
        yield Entry(kind="files", values=values, evidence=plain.evidence, rank=2)
    fonts = [font for font in findings.of(Font) if any(_mine(place.path, project) for place in font.evidence)]
    for by in dict.fromkeys(font.by for font in fonts):
        names = [font.name for font in fonts if font.by == by]
        places = tuple(dict.fromkeys(font.evidence[0] for font in fonts if font.by == by))
        values = {"by": by, **_some(name for name in names if name != "local")}
        yield Entry(kind="fonts", values=values, evidence=places[:2], rank=4)
