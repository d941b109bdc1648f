"""What the import contracts (`make contracts`) cannot see: calls that run something, and what start-up loads."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

RUNS = {
    "compile",
    "eval",
    "exec",
    "execfile",
    "os.execv",
    "os.execve",
    "os.execvp",
    "os.fork",
    "os.popen",
    "os.posix_spawn",
    "os.posix_spawnp",
    "os.spawnv",
    "os.startfile",
    "os.system",
}
"""Names that hand text or a file to an interpreter or start a program."""
COPIES = ("prefill/beside.py", "os.fork")
"""The one place that copies this process: a copy runs no other program."""
FETCHES = {"urllib.request", "http.client", "socket"}
HEAVY = {
    "asyncio",
    "importlib.metadata",
    "jinja2",
    "pathlib",
    "pyjson5",
    "subprocess",
    "tempfile",
    "tinycss2",
    "tomli",
    "tomllib",
    "tree_sitter",
    "tree_sitter_javascript",
    "tree_sitter_typescript",
    "yaml",
}
"""What costs more than a few milliseconds to import; docs/dependencies.md has the figures."""


def sources() -> list[tuple[str, ast.Module]]:
    """(path, syntax tree) of every module that is installed."""
    found: list[tuple[str, ast.Module]] = []
    for top in ("analyzers", "prefill", "render"):
        for folder, folders, names in os.walk(os.path.join(ROOT, top)):
            folders[:] = [name for name in folders if name != "__pycache__"]
            for name in sorted(names):
                if name.endswith(".py"):
                    path = os.path.join(folder, name)
                    with open(path, encoding="utf-8") as file:
                        found.append((os.path.relpath(path, ROOT).replace(os.sep, "/"), ast.parse(file.read())))
    return found


def called(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """(dotted name, line) of each call of a plain name or of a name's attribute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node.lineno
            elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                yield f"{node.func.value.id}.{node.func.attr}", node.lineno


def imported(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """(module, line) of each import, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def loaded(statement: str, folder: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after `statement`, without those that it starts with."""
    script = f"import sys; before = set(sys.modules)\n{statement}\nprint('\\n', *(set(sys.modules) - before))"
    command = [sys.executable, "-P", "-c", script]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.splitlines()[-1].split())


def test_no_module_runs_text_or_starts_a_program() -> None:
    """The repository that is read is untrusted, and so is what its git configuration names."""
    found = [(path, line, name) for path, tree in sources() for name, line in called(tree) if name in RUNS]
    assert [f"{path}:{line}: {name}" for path, line, name in found if (path, name) != COPIES] == []


def test_no_module_reaches_the_network() -> None:
    assert [
        f"{path}:{line}: {name}" for path, tree in sources() for name, line in imported(tree) if name in FETCHES
    ] == []


def swallows(handler: ast.ExceptHandler) -> bool:
    """Whether the clause takes every exception and does not end by raising it again."""
    broad = handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"BaseException", "Exception"}
    )
    last = handler.body[-1]
    return broad and not (isinstance(last, ast.Raise) and last.exc is None)


def test_every_exception_is_taken_only_where_foreign_code_runs() -> None:
    """An analyzer that raises becomes a problem (engine), and so does a plugin that cannot be loaded (registry)."""
    broad = {
        path
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and swallows(node)
    }
    assert broad <= {"prefill/engine.py", "prefill/registry.py"}


def test_every_module_says_its_role() -> None:
    assert [path for path, tree in sources() if not ast.get_docstring(tree)] == []


@pytest.mark.parametrize("statement", ["import prefill", "import prefill.cli", "import prefill.analyzers"])
def test_importing_loads_nothing_heavy(statement: str) -> None:
    assert loaded(statement, ROOT) & HEAVY == set()


def test_the_folder_that_is_read_lends_no_module_to_the_command(tmp_path: object) -> None:
    """`python -m` looks for modules in the current folder first; a repository may hold an `argparse.py`."""
    folder = str(tmp_path)
    for name in ("argparse.py", "json.py", "dataclasses.py"):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write("raise SystemExit('a module of the repository was run')\n")
    command = [sys.executable, "-m", "prefill", "--version"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("prefill ")
