"""Lockfiles of npm, pnpm, Yarn and Bun: a direct dependency → the version that is installed, per workspace, with its line.

Pure functions over text, one module per tool, imported when such a file is read. Only what is asked is looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from prefill.lockfiles.base import Installed, Locked, Lockfile, LockfileProblem, Resolution, Unreadable

__all__ = ["TOOLS", "Installed", "Locked", "Lockfile", "LockfileProblem", "Resolution", "parse", "yarn_catalogs"]

# npm reads a shrinkwrap before a lock, and Bun its text format before its binary one.
TOOLS: Mapping[str, str] = MappingProxyType(
    {
        "npm-shrinkwrap.json": "npm",
        "package-lock.json": "npm",
        "pnpm-lock.yaml": "pnpm",
        "yarn.lock": "yarn",
        "bun.lock": "bun",
        "bun.lockb": "bun",
    }
)


def parse(
    name: str,
    text: str,
    *,
    resolutions: Mapping[str, str] | None = None,
    catalogs: Mapping[str, Mapping[str, str]] | None = None,
) -> Lockfile:
    """The lockfile in a text, by its file name (a key of `TOOLS`; another one raises KeyError).

    What cannot be read is in its `problems`; what can be still answers, so a file that was cut in half gives its first
    half. Only Yarn needs the root manifest's `resolutions`, and the `catalogs` of `.yarnrc.yml` (`yarn_catalogs`), since
    it does not lock them.
    """
    tool = TOOLS[name]
    text = text.removeprefix("\ufeff")
    if name == "bun.lockb" or (tool == "bun" and text.startswith("#!")):
        message = "is Bun's binary lockfile, which is not read; `bun install --save-text-lockfile` writes it as text"
        return Unreadable(tool, LockfileProblem(None, message))
    if tool == "pnpm":
        from prefill.lockfiles.pnpm import PnpmLockfile

        return PnpmLockfile(text)
    if tool == "npm":
        from prefill.lockfiles.npm import read_npm

        return read_npm(text)
    if tool == "bun":
        from prefill.lockfiles.bun import BunLockfile

        return BunLockfile(text)
    from prefill.lockfiles.yarn import read_yarn

    return read_yarn(text, resolutions or {}, catalogs or {})


def yarn_catalogs(text: str) -> Mapping[str, Mapping[str, str]]:
    """The catalogs in the text of a `.yarnrc.yml`, for `parse`: needed where a specifier starts with ``catalog:``."""
    from prefill.lockfiles.yarn import read_catalogs

    return read_catalogs(text)
