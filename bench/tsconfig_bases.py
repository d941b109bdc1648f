"""Writes, and checks, what published packages say in the configurations that others extend: prefill/typescript/bases/*.toml.

    python bench/tsconfig_bases.py write PACKAGE…     (needs npm, Node, and the packages of tests/conformance)
    python bench/tsconfig_bases.py check [PACKAGE…]   exits 1 where the published packages say otherwise

Each answer is TypeScript's own: a published version is unpacked into node_modules, and its parser reads a `tsconfig.json` that
extends the base. Of a package with few versions all are looked at; of one with many the first and the last of each minor, then
the ones between two that differ, until the change is found. Prereleases are left out.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "prefill" / "typescript" / "bases"
READER = ROOT / "tests" / "conformance" / "tsconfig.mjs"
FEW = 60
BATCH = 12
STABLE = re.compile(r"(\d+)\.(\d+)\.(\d+)")
OWN = re.compile(  # configurations that a package has for itself or copies elsewhere, and files that are none
    r"(^|/)((tests?|__tests__|src|build|types|examples?|node_modules|fixtures|templates/[^/]+)/|\.|(package|jsconfig)\.json$)",
    re.IGNORECASE,
)

PATHS = frozenset({"baseUrl", "declarationDir", "generateCpuProfile", "generateTrace", "outDir", "outFile", "rootDir"})
LISTS = frozenset({"rootDirs", "typeRoots"})

Options = dict[str, Any]
Answer = dict[str, Options]
"""Name within the package, as `extends` writes it (empty for the package itself) → options."""


def versions(package: str) -> list[str]:
    """The stable versions of a package, in order."""
    said = subprocess.run(
        ["npm", "view", package, "versions", "--json"], capture_output=True, text=True, check=True
    ).stdout
    listed = json.loads(said)
    listed = listed if isinstance(listed, list) else [listed]
    return sorted((version for version in listed if STABLE.fullmatch(version)), key=numbers)


def numbers(version: str) -> tuple[int, ...]:
    """`5.10.0` as (5, 10, 0)."""
    return tuple(int(part) for part in version.split("."))


def ask(package: str, wanted: Sequence[str]) -> dict[str, Answer]:
    """What TypeScript makes of each name of each version; a name that it cannot read is left out."""
    out: dict[str, Answer] = {}
    for start in range(0, len(wanted), BATCH):
        with tempfile.TemporaryDirectory() as folder:
            out.update(_ask(Path(folder), package, wanted[start : start + BATCH]))
    return out


def _ask(folder: Path, package: str, wanted: Sequence[str]) -> dict[str, Answer]:
    said = subprocess.run(
        ["npm", "pack", "--json", "--pack-destination", str(folder), *(f"{package}@{version}" for version in wanted)],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    ).stdout
    packed = json.loads(said)
    rows = packed.values() if isinstance(packed, dict) else packed
    asked: dict[str, tuple[str, str]] = {}
    for row in rows:
        version = row["version"]
        home = folder / version / "node_modules" / package
        with tarfile.open(folder / row["filename"]) as archive:
            for member in archive:
                inner = member.name.partition("/")[2]
                if member.isfile() and inner.endswith(".json") and ".." not in inner.split("/"):
                    to = home / inner
                    to.parent.mkdir(parents=True, exist_ok=True)
                    content = archive.extractfile(member)
                    to.write_bytes(content.read() if content else b"")
        (folder / row["filename"]).unlink()
        for number, name in enumerate(_names(home)):
            file = folder / version / str(number) / "tsconfig.json"
            file.parent.mkdir()
            file.write_text(json.dumps({"extends": f"{package}/{name}" if name else package, "files": ["x.ts"]}))
            asked[str(file)] = (version, name)
    out: dict[str, Answer] = {version: {} for version in wanted}
    done = subprocess.run(["node", str(READER), *asked], capture_output=True, text=True, check=True, timeout=600).stdout
    for line in done.splitlines():
        answer = json.loads(line)
        version, name = asked[answer["file"]]
        if answer["errors"]:
            # 6053: nothing of that name. The rest is what this TypeScript does not know, of which nothing is said.
            if set(answer["errors"]) - {6053}:
                print(f"{package}/{name} {version}: TypeScript says {answer['errors']}", file=sys.stderr)
            continue
        options = dict(_inherited(answer["options"], str(Path(answer["file"]).parent)))
        if options:
            out[version][name] = options
    return out


def _names(home: Path) -> Iterable[str]:
    """What `extends` may name in a package: its configurations with and without their extension, and their folders."""
    names = {""}
    for file in home.rglob("*.json"):
        inner = file.relative_to(home).as_posix()
        if OWN.search(inner) or inner.count("/") > 3:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        if '"compilerOptions"' in text or '"extends"' in text:
            names |= {inner, inner.removesuffix(".json")}
            if file.name == "tsconfig.json" and "/" in inner:
                names.add(inner.rpartition("/")[0])
    exports = json.loads((home / "package.json").read_text(encoding="utf-8")).get("exports")
    for key in exports if isinstance(exports, dict) else ():
        if key.startswith("./") and "*" not in key and re.search(r"tsconfig|typescript", key):
            names.add(key[2:])
    return sorted(names)


def _inherited(options: Mapping[str, Any], folder: str) -> Iterable[tuple[str, Any]]:
    """The options without those that point into the package; paths of `${configDir}`, which is `folder`, are kept as such."""
    for name, value in sorted(options.items()):
        if name in PATHS or name in LISTS:
            values = value if isinstance(value, list) else [value]
            if all(isinstance(v, str) and not v.startswith("../") for v in values):
                templated = ["${configDir}" + v.removeprefix(".") for v in values]
                yield name, templated if isinstance(value, list) else templated[0]
        elif name == "paths":
            yield name, {key: [v.replace(folder, "${configDir}") for v in targets] for key, targets in value.items()}
        elif name != "tsBuildInfoFile":
            yield name, value


def history(package: str) -> tuple[str, dict[str, list[tuple[str, Options | None]]]]:
    """(the last version, name → [(version, what it says from there on, None for nothing)])."""
    listed = versions(package)
    if len(listed) <= FEW:
        looked = set(range(len(listed)))
    else:
        minors: dict[tuple[int, ...], list[int]] = {}
        for index, version in enumerate(listed):
            minors.setdefault(numbers(version)[:2], []).append(index)
        looked = {0, len(listed) - 1, *(i for at in minors.values() for i in (at[0], at[-1]))}
    known: dict[int, Answer] = {}
    while looked:
        said = ask(package, [listed[index] for index in sorted(looked)])
        known.update((index, said[listed[index]]) for index in looked)
        at = sorted(known)
        looked = {(a + b) // 2 for a, b in itertools.pairwise(at) if b - a > 1 and known[a] != known[b]}
    names = sorted({name for answer in known.values() for name in answer})
    out: dict[str, list[tuple[str, Options | None]]] = {}
    for name in names:
        rows: list[tuple[str, Options | None]] = []
        for index in sorted(known):
            options = known[index].get(name)
            if options != (rows[-1][1] if rows else None):
                rows.append((listed[index], options))
        out[name] = rows
    return listed[-1], out


def render(package: str, until: str, found: Mapping[str, list[tuple[str, Options | None]]]) -> str:
    """The file of a package; names that always said the same share an entry."""
    alike: dict[str, list[str]] = {}
    for name, rows in found.items():
        alike.setdefault(json.dumps(rows), []).append(name)
    out = [f'package = "{package}"', f'until = "{until}"']
    for said, names in sorted(alike.items(), key=lambda pair: pair[1]):
        out += ["", "[[base]]", f"names = {json.dumps(names)}"]
        before: Options = {}
        for since, options in json.loads(said):
            out += ["", "[[base.change]]", f'since = "{since}"']
            if options is None:
                out.append("gone = true")
            else:
                if unset := sorted(before.keys() - options.keys()):
                    out.append(f"without = {json.dumps(unset)}")
                changed = {name: value for name, value in options.items() if before.get(name) != value}
                out += [f"options.{name} = {_value(value)}" for name, value in changed.items()]
            before = options or {}
    return "\n".join(out) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value)


def main() -> int:
    """Write or check the data of some packages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("write", "check"))
    parser.add_argument("package", nargs="*")
    given = parser.parse_args()
    held = sorted(path.relative_to(DATA).as_posix().removesuffix(".toml") for path in DATA.rglob("*.toml"))
    status = 0
    for package in given.package or held:
        until, found = history(package)
        text = render(package, until, found)
        path = DATA / f"{package}.toml"
        if given.what == "write":
            if found:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            print(f"{package}: until {until}, {len(found)} names", flush=True)
        elif not os.path.exists(path) or path.read_text(encoding="utf-8") != text:
            print(f"{package}: the published packages say otherwise", flush=True)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
