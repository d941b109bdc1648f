"""Which packages are in use: imported by a source, named in a configuration, or run by a script.

Only what has no other way than an import can be said to be unused; a compiler, a linter or a plugin may be found by its name alone.
Imports are found by regular expressions over bytes, a filter rather than a judge: what stands in a comment counts as an import, so that
"nothing imports it" is said only where no such text exists.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from prefill.analyzer import App
from prefill.lazy import regex
from prefill.workspace import Package

_SOURCES = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".vue", ".svelte", ".astro", ".mdx")
_SCRIPTS = (".js", ".cjs", ".jsx")
# Literal beginnings keep each of them at about a gigabyte a second.
_FROM = regex(rb"""from\s{0,4}["']([^"'\n.][^"'\n]{0,213})["']""")
_IMPORT = regex(rb"""import\s{0,4}\(?\s{0,4}["']([^"'\n.][^"'\n]{0,213})["']""")
_REQUIRE = regex(rb"""require\(\s{0,4}["']([^"'\n.][^"'\n]{0,213})["']""")
_CONFIGURATION = regex(
    r"(?:^|/)(?:[\w.-]+\.config\.\w+|\.[\w-]+rc(?:\.\w+)?|tsconfig[\w.-]*\.json|components\.json|turbo\.jsonc?|biome\.jsonc?|angular\.json"
    r"|app\.json|vercel\.json|schema\.prisma|wrangler\.(?:toml|jsonc?)|\.oxlintrc\.json|\.storybook/[\w.-]+|lefthook\.ya?ml)$"
)
_NAME = regex(r"""["'`]((?:@[\w.-]+/)?[\w][\w.-]*)""")
_STYLES = (".css", ".scss", ".sass", ".pcss")
_WORD = regex(r"[\w@./-]+")
MAX_FILES = 80_000

# Commands that are not called like the package that brings them.
_COMMANDS = {
    "tsc": "typescript",
    "biome": "@biomejs/biome",
    "playwright": "@playwright/test",
    "email": "react-email",
    "remix": "@remix-run/dev",
    "remix-serve": "@remix-run/serve",
    "react-router": "@react-router/dev",
    "react-router-serve": "@react-router/serve",
    "tailwindcss": "@tailwindcss/cli",
    "changeset": "@changesets/cli",
    "commitlint": "@commitlint/cli",
    "svelte-kit": "@sveltejs/kit",
    "ng": "@angular/cli",
    "nest": "@nestjs/cli",
    "cap": "@capacitor/cli",
    "tauri": "@tauri-apps/cli",
    "dotenvx": "@dotenvx/dotenvx",
    "run-s": "npm-run-all",
    "run-p": "npm-run-all",
    "ncc": "@vercel/ncc",
    "swc": "@swc/cli",
    "babel": "@babel/cli",
    "babel-node": "@babel/cli",
    "graphql-codegen": "@graphql-codegen/cli",
    "sentry-cli": "@sentry/cli",
    "trigger": "trigger.dev",
    "manypkg": "@manypkg/cli",
    "opennextjs-cloudflare": "@opennextjs/cloudflare",
    "docusaurus": "@docusaurus/core",
    "dotenv": "dotenv-cli",
    "esbuild": "esbuild",
    "partykit": "partykit",
    "lint-staged": "lint-staged",
    "ls-lint": "@ls-lint/ls-lint",
}


class Usage:
    """What the sources, configurations and scripts of an app and of the workspace packages that it uses name."""

    def __init__(self, app: App) -> None:
        self.app = app

    def in_use(self, package: str) -> bool:
        """Whether anything names the package."""
        return package in self.imports or package in self.run or package in self.configured

    def sees_all_of(self, folders: set[str]) -> bool:
        """Whether every source that could import what is declared in these folders was looked at."""
        app = self.app
        if "." in folders and (app.path != "." or app.workspaces.linked):
            return False  # what the root declares is there for every workspace
        return folders <= {package.path for package in app.packages}

    @cached_property
    def imports(self) -> dict[str, int]:
        """Packages that a source imports or requires: how many files do."""
        app = self.app
        counts: dict[bytes, int] = {}
        others = tuple(package.path + "/" for package in app.workspaces.packages if package not in app.packages)
        for path in app.files[:MAX_FILES]:
            if not path.endswith(_SOURCES) or (app.path == "." and path.startswith(others)):
                continue
            data = app.repository.source(path)
            if not data:
                continue
            found = _FROM.findall(data)
            found += _IMPORT.findall(data)
            if path.endswith(_SCRIPTS) or b"require(" in data:
                found += _REQUIRE.findall(data)
            for specifier in set(found):
                counts[specifier] = counts.get(specifier, 0) + 1
        named: dict[str, int] = {}
        for specifier, count in counts.items():
            if name := _package_of(specifier):
                named[name] = named.get(name, 0) + count
        return named

    @cached_property
    def run(self) -> frozenset[str]:
        """Packages whose command a script runs, under the name of the package or of its command."""
        found: set[str] = set()
        for package in (*self.app.packages, *self.app.roots):
            for command in scripts(package).values():
                words: list[str] = _WORD.findall(command)
                for word in words:
                    found.add(word)
                    found.add(_COMMANDS.get(word, word))
        return frozenset(found)

    @cached_property
    def configured(self) -> frozenset[str]:
        """Packages that a configuration file, a style sheet or a manifest beyond its dependencies names."""
        app = self.app
        found: set[str] = set()
        for path in app.repository.files if app.path == "." else self._near():
            if not (path.endswith(_STYLES) or _CONFIGURATION.search(path)):
                continue
            text = app.repository.text(path)
            if text:
                found.update(_NAME.findall(text[:200_000]))
        for package in (*app.packages, *app.roots):
            for key, value in package.manifest.items():
                if key not in {
                    "dependencies",
                    "devDependencies",
                    "peerDependencies",
                    "optionalDependencies",
                    "name",
                    "version",
                }:
                    found.update(_strings(value))
        return frozenset(found)

    def _near(self) -> Iterable[str]:
        yield from self.app.files
        yield from (path for path in self.app.repository.files if "/" not in path or path.startswith("."))


def _package_of(specifier: bytes) -> str | None:
    """The package behind an import: `drizzle-orm` for `drizzle-orm/pg-core`; None for a path or an alias."""
    try:
        text = specifier.decode("ascii")
    except UnicodeDecodeError:
        return None
    if text[:1] in {"", "/", "~", "#", "$", " "} or text.startswith(("@/", "node:", "bun:")):
        return None
    parts = text.split("/")
    return "/".join(parts[:2]) if text[0] == "@" else parts[0]


def scripts(package: Package) -> dict[str, str]:
    """The scripts of a manifest: name → command."""
    found = package.manifest.get("scripts")
    if not isinstance(found, dict):
        return {}
    return {name: command for name, command in found.items() if isinstance(command, str)}


def _strings(value: object, depth: int = 0) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif depth < 6 and isinstance(value, list):
        for item in value[:1_000]:
            yield from _strings(item, depth + 1)
    elif depth < 6 and isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _strings(item, depth + 1)
