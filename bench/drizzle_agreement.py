"""Compares prefill with drizzle-kit over checkouts: found, missed and invented, per repository and part of the schema.

    python bench/drizzle_agreement.py [--show N] [--timeout SECONDS] CHECKOUT …     (needs Node, and `make conformance` once)

**This runs code of the checkouts.** drizzle-kit reads a schema by running it, so `tests/conformance/drizzle_checkout.cjs` runs the
checkout's Drizzle configuration and the schema that it names, with what they import from the checkout. Name only checkouts whose
code you would run. Node's permission model allows no write, no child process and no worker, and reading in the checkout and
in the packages of tests/conformance only; the environment is bare, time and memory are limited, and there is no network where
`unshare` can make one (said on stderr if not). Node's permissions are a seat belt, not a sandbox against an attacker.

Nothing is installed: packages other than Drizzle's are stand-ins. Where a stand-in gets into the schema, or a module throws, that
is said below the row, and its differences may be drizzle-kit's. drizzle-kit is the version that tests/conformance pins; schemas that
are written for version 1 are left out, and said to be.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

CONFORMANCE = Path(__file__).resolve().parent.parent / "tests" / "conformance"
SCRIPT = CONFORMANCE / "drizzle_checkout.cjs"
MARK = "@@drizzle@@"
PARTS = ("tables", "columns", "types", "keys", "indexes", "enums", "views", "relations")
FILE_SIZE = 0  # bytes that the process may write to a file
MEMORY = 2048  # MiB of Node's heap

Json = dict[str, Any]
Rows = dict[str, set[tuple[Any, ...]]]


def members(value: Any) -> list[Json]:
    """The members of a group of a snapshot, whatever they are keyed by."""
    return list(value.values()) if isinstance(value, dict) else []


def rows(snapshot: Json) -> Rows:
    """A snapshot as rows of each part; the shapes of the dialects' snapshots give the same rows."""
    out: Rows = {part: set() for part in PARTS}
    for table in members(snapshot.get("tables")):
        schema = table.get("schema") or "public"
        name = table["name"] if schema == "public" else f"{schema}.{table['name']}"
        out["tables"].add((name,))
        columns = members(table.get("columns"))
        out["columns"] |= {(name, column["name"]) for column in columns}
        out["types"] |= {(name, column["name"], column["type"], bool(column.get("notNull"))) for column in columns}
        primary = [tuple(key["columns"]) for key in members(table.get("compositePrimaryKeys"))]
        primary += [(column["name"],) for column in columns if column.get("primaryKey")]
        out["keys"] |= {(name, "primary key", key) for key in primary}
        out["keys"] |= {
            (name, "foreign key", tuple(key["columnsFrom"]), key["tableTo"], tuple(key["columnsTo"]), *actions(key))
            for key in members(table.get("foreignKeys"))
        }
        uniques = members(table.get("uniqueConstraints") or table.get("uniqueConstraint"))
        out["keys"] |= {(name, "unique", key["name"], tuple(key["columns"])) for key in uniques}
        out["indexes"] |= {
            (name, index["name"], bool(index.get("isUnique")), tuple(map(expression, index["columns"])))
            for index in members(table.get("indexes"))
        }
    for enum in members(snapshot.get("enums")):
        out["enums"].add((enum.get("schema") or "public", enum["name"], tuple(enum["values"])))
    for view in members(snapshot.get("views")):
        kinds = (bool(view.get("materialized")), bool(view.get("isExisting")))
        out["views"].add((view.get("schema") or "public", view["name"], *kinds))
    return out


def joined(relations: Sequence[Json]) -> set[tuple[Any, ...]]:
    """Relations as rows: table, name, kind, target, own columns, the other table's columns."""
    return {
        (
            one["table"].removeprefix("public."),
            one["name"],
            one["kind"],
            one["target"].removeprefix("public."),
            tuple(one["columns"]),
            tuple(one["references"]),
        )
        for one in relations
    }


def actions(key: Json) -> tuple[str, str]:
    """What a foreign key does on delete and on update; what is not said is the databases' `no action`."""
    return (key.get("onDelete") or "no action", key.get("onUpdate") or "no action")


def expression(column: Any) -> str:
    """A column of an index: a text in SQLite's and MySQL's snapshots, an object in PostgreSQL's."""
    return str(column["expression"] if isinstance(column, dict) else column)


def limits() -> None:
    """For the child: no file of its own, even where Node would allow one."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def isolation() -> list[str]:
    """The words before a command that take the network away; none where the system does not let us."""
    command = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
        return command
    print("no network namespace can be made here: the code of the checkouts could reach the network", file=sys.stderr)
    return []


def permission(node: str) -> str:
    """The flag of Node's permission model, which has another name before Node 23.5 and 22.13."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip().lstrip("v")
    major, minor = (int(part) for part in said.split(".")[:2])
    if major < 20:
        sys.exit(f"Node {said} has no permission model: Node 20 or newer is needed")
    return "--permission" if (major, minor) >= (23, 5) or (major == 22 and minor >= 13) else "--experimental-permission"


def ask(job: Json, prefix: Sequence[str], node: str, flag: str, timeout: float) -> Json:
    """drizzle-kit's answer for one configuration: {files, inferred, dialect, snapshot, relations, stubbed, failed} or {error}."""
    reads = [f"--allow-fs-read={job['root']}{os.sep}*", f"--allow-fs-read={CONFORMANCE}{os.sep}*"]
    command = [*prefix, node, flag, *reads, f"--max-old-space-size={MEMORY}", "--no-warnings", str(SCRIPT)]
    with tempfile.TemporaryDirectory() as home:
        try:
            done = subprocess.run(
                [*command, json.dumps(job)],
                cwd=job["root"],
                env={"HOME": home, "PATH": os.defpath, "LANG": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=timeout,
                preexec_fn=limits,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"error": f"no answer in {timeout:g} s"}
    lines = [line for line in done.stdout.splitlines() if line.startswith(MARK)]
    if not lines:
        return {"error": next((line for line in done.stderr.splitlines() if "Error" in line), "no answer")}
    answer: Json = json.loads(lines[-1].removeprefix(MARK))
    return answer


def prefill(checkout: Path, app: str | None = None) -> Json:
    """What prefill says, as JSON."""
    command = [sys.executable, "-m", "prefill", str(checkout), "--format", "json", "--quiet"]
    done = subprocess.run([*command, *(("--app", app) if app else ())], capture_output=True, text=True, check=False)
    if not done.stdout:
        sys.exit(f"prefill says nothing of {checkout}: {done.stderr.strip()}")
    said: Json = json.loads(done.stdout)
    return said


def root(folder: Path) -> Path:
    """The repository of a folder, which paths count from in what prefill says."""
    command = ["git", "-C", str(folder), "rev-parse", "--show-toplevel"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return Path(done.stdout.strip() if done.returncode == 0 else folder).resolve()


def modern(said: Json, workspace: str) -> bool:
    """Whether a package is on version 1 of drizzle-orm."""
    listed = [row for row in said["analyzers"]["package_json"]["dependencies"] if row["name"] == "drizzle-orm"]
    own = [row for row in listed if row["workspace"] == workspace] or listed
    return any(str(row["version"] or row["range"]).lstrip("^~>=v ").startswith("1.") for row in own)


def jobs(checkout: Path, said: Json) -> Iterator[tuple[Json, Json]]:
    """(prefill's schema, what is asked of drizzle-kit) for each configuration, and each schema without one."""
    listed = said["repository"]["workspaces"]
    packages = {one["name"]: str(checkout / one["path"]) for one in listed if one["name"] and one["path"] != "."}
    for schema in said["analyzers"]["drizzle"]["schemas"]:
        config = schema["config"]
        folders = [schema["workspace"], os.path.dirname(config or "") or ".", "."]
        yield (
            schema,
            {
                "root": str(checkout),
                "config": config,
                "folders": list(dict.fromkeys(folders)),
                "files": schema["files"],
                "packages": packages,
            },
        )


def compare(checkout: Path, args: argparse.Namespace, prefix: Sequence[str], flag: str) -> bool:
    """Print the rows of one checkout; whether all agree."""
    said = prefill(checkout)
    ours: Rows = {part: set() for part in PARTS}
    theirs: Rows = {part: set() for part in PARTS}
    notes: list[str] = []
    whole = True
    for schema, job in jobs(root(checkout), said):
        name = schema["config"] or f"{schema['workspace']} (no configuration)"
        if modern(said, schema["workspace"]):
            notes.append(f"{name}: left out, it is written for version 1 of drizzle-orm")
            continue
        answer = ask(job, prefix, args.node, flag, args.timeout)
        if "error" in answer:
            notes.append(f"{name}: drizzle-kit gives no snapshot: {answer['error']}")
            whole = False
            continue
        if answer["inferred"] and schema["config"]:
            notes.append(f"{name}: names no file that was found; asked of the files that prefill infers")
        elif answer["files"] != sorted(schema["files"]):
            notes.append(f"{name}: prefill reads {len(schema['files'])} files, drizzle-kit {len(answer['files'])}")
        notes += [f"{name}: {file} did not run to its end: {why}" for file, why in answer["failed"].items()]
        if "__stand_in__" in json.dumps(answer["snapshot"]):
            notes.append(f"{name}: a stand-in got into the snapshot ({', '.join(answer['stubbed'][:5])})")
        for part in PARTS:
            # a schema of its own per configuration: the same table in two of them is compared twice
            ours[part] |= {(name, *row) for row in rows(schema["snapshot"])[part]}
            theirs[part] |= {(name, *row) for row in rows(answer["snapshot"])[part]}
        ours["relations"] |= {(name, *row) for row in joined(schema["relations"])}
        theirs["relations"] |= {(name, *row[:4], *map(tuple, row[4:])) for row in answer["relations"]}
    print(checkout.name)
    for part in PARTS:
        missed, invented = theirs[part] - ours[part], ours[part] - theirs[part]
        found = theirs[part] & ours[part]
        print(f"  {part:<9} {len(found):>6} found {len(missed):>5} missed {len(invented):>5} invented")
        for sign, differing in (("missed", missed), ("invented", invented)):
            for row in sorted(differing, key=repr)[: args.show]:
                print(f"      {sign}: {' '.join(map(str, row))}")
        whole = whole and not missed and not invented
    for note in notes[: 3 + args.show]:
        print(f"  note: {note}")
    return whole


def main() -> int:
    """0 if prefill and drizzle-kit agree on every checkout, 1 if not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", nargs="+", type=Path, metavar="CHECKOUT")
    parser.add_argument(
        "--show", type=int, default=5, metavar="N", help="differences to print for each part (default: 5)"
    )
    parser.add_argument("--timeout", type=float, default=60, help="seconds for one configuration (default: 60)")
    parser.add_argument("--node", default=shutil.which("node"), help="the Node to ask with")
    args = parser.parse_args()
    if args.node is None or not (CONFORMANCE / "node_modules").is_dir():
        sys.exit("Node is needed, and the packages of tests/conformance: run `make conformance` once")
    prefix, flag = isolation(), permission(args.node)
    agreed = [compare(checkout.resolve(), args, prefix, flag) for checkout in args.checkouts]
    print(f"{sum(agreed)} of {len(agreed)} checkouts agree in every part")
    return 0 if all(agreed) else 1


if __name__ == "__main__":
    sys.exit(main())
