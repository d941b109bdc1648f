"""What is built and installed is what stands on the disk, whichever way it is built."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from typing import Any

import pytest

import prefill

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LINKS = {"analyzers": "../analyzers", "render": "../render"}
"""The links in `prefill/`, and what git writes into a text file in their place with `core.symlinks=false`."""
# What never belongs to the source: a build of one tree must not see what another left behind.
NOT_SOURCE = shutil.ignore_patterns(
    ".git", ".venv", "venv", "build", "dist", "*.egg-info", "node_modules", "__pycache__", ".*_cache", ".hypothesis"
)


def pyproject() -> dict[str, Any]:
    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        return tomllib.load(file)


def package_folders() -> dict[str, str]:
    """Package name → folder relative to the root, for every package on the disk; the links are not followed."""
    found: dict[str, str] = {}
    for top, name in (("prefill", "prefill"), ("analyzers", "prefill.analyzers"), ("render", "prefill.render")):
        for folder, folders, names in os.walk(os.path.join(ROOT, top)):
            folders[:] = [folder for folder in folders if folder != "__pycache__"]
            if any(file.endswith(".py") for file in names):
                below = os.path.relpath(folder, os.path.join(ROOT, top))
                dotted = "" if below == "." else "." + below.replace(os.sep, ".")
                found[name + dotted] = os.path.relpath(folder, ROOT)
    return found


def installed_files() -> set[str]:
    """Every file that an installation must hold, as `prefill/…` with forward slashes."""
    found: set[str] = set()
    for top, target in (("prefill", "prefill"), ("analyzers", "prefill/analyzers"), ("render", "prefill/render")):
        for folder, folders, names in os.walk(os.path.join(ROOT, top)):
            folders[:] = [name for name in folders if name != "__pycache__"]
            below = os.path.relpath(folder, os.path.join(ROOT, top)).replace(os.sep, "/")
            found.update(os.path.normpath(f"{target}/{below}/{name}").replace(os.sep, "/") for name in names)
    return found - {f"prefill/{name}" for name in LINKS}  # A link that was checked out as text is no module.


def copy_of_the_source(to: str, *, links_as_text: bool = False) -> str:
    """The source tree under `to`, as a checkout would hold it."""
    shutil.copytree(ROOT, to, symlinks=True, ignore=NOT_SOURCE)
    for name, target in LINKS.items():
        link = os.path.join(to, "prefill", name)
        if links_as_text and os.path.islink(link):
            os.unlink(link)
            with open(link, "w", encoding="utf-8") as file:
                file.write(target)
    return to


def build(kind: str, source: str, into: str) -> str:
    """The path of what the build backend makes of `source`: `kind` is wheel, sdist or editable.

    The backend is called as PEP 517 and 660 have it, in the running environment: an isolated build would need
    the network.
    """
    os.makedirs(into, exist_ok=True)
    script = f"import sys; from setuptools import build_meta; print(build_meta.build_{kind}(sys.argv[1]))"
    done = run([sys.executable, "-c", script, into], cwd=source)
    return os.path.join(into, done.stdout.strip().splitlines()[-1])


def run(command: list[str], cwd: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done


def run_installed(folder: str, *arguments: str, cwd: str) -> str:
    """Standard output of Python with `folder` as if it were an environment's own site-packages.

    `arguments` are `-m MODULE …` or `-c SCRIPT`. The libraries of the running environment lie beside, without what is
    installed of prefill there: it would answer in place of what is tested.
    """
    beside = os.path.join(os.path.dirname(folder), "libraries")
    if not os.path.isdir(beside):
        os.mkdir(beside)
        for libraries in sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}):
            for name in os.listdir(libraries):
                if not name.startswith(("prefill", "__editable__")) and not name.endswith(".pth"):
                    os.symlink(os.path.join(libraries, name), os.path.join(beside, name))
    start = (
        "import runpy, site, sys; folder, libraries, how, what, *sys.argv[1:] = sys.argv[1:];"
        "site.addsitedir(folder); sys.path.append(libraries);"
        "exec(what) if how == '-c' else runpy.run_module(what, run_name='__main__', alter_sys=True)"
    )
    return run([sys.executable, "-I", "-S", "-c", start, folder, beside, *arguments], cwd=cwd).stdout


def unpacked(wheel: str, to: str) -> str:
    """The wheel's files under `to`, which for a wheel without scripts or native code is what installing does."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(to)
    return to


def members(wheel: str) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def modules(wheel: str) -> set[str]:
    return {name for name in members(wheel) if ".dist-info/" not in name}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return copy_of_the_source(str(tmp_path_factory.mktemp("source") / "prefill"))


@pytest.fixture(scope="module")
def wheel(source: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    return build("wheel", source, str(tmp_path_factory.mktemp("wheel")))


@pytest.fixture(scope="module")
def unpacked_sdist(source: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder that a source distribution unpacks to."""
    folder = str(tmp_path_factory.mktemp("sdist"))
    with tarfile.open(build("sdist", source, folder)) as archive:
        archive.extractall(folder, filter="data")
    return os.path.join(folder, f"prefill-{prefill.__version__}")


def test_every_package_on_the_disk_is_declared_once() -> None:
    declared = pyproject()["tool"]["setuptools"]["packages"]
    assert declared == sorted(set(declared))
    assert declared == sorted(package_folders())


def test_every_package_can_be_imported() -> None:
    for name in package_folders():
        __import__(name)


def test_every_package_says_what_it_is() -> None:
    for folder in package_folders().values():
        with open(os.path.join(ROOT, folder, "__init__.py"), encoding="utf-8") as file:
            assert file.read(3) == '"""', folder


def test_the_links_lead_to_the_folders_that_the_mapping_names() -> None:
    """Or hold that path as text, where git may not make links."""
    mapping = pyproject()["tool"]["setuptools"]["package-dir"]
    for name, target in LINKS.items():
        assert mapping[f"prefill.{name}"] == name
        path = os.path.join(ROOT, "prefill", name)
        if os.path.islink(path):
            assert os.readlink(path) == target
        elif os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                assert file.read() == target


def test_the_version_is_a_plain_string_that_importing_needs_nothing_for() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc)\d+)?", prefill.__version__)
    script = "import sys; before = set(sys.modules); import prefill; print(sorted(set(sys.modules) - before))"
    assert run([sys.executable, "-c", script], cwd=ROOT).stdout.strip() == "['prefill']"


def test_the_changelog_opens_with_this_version() -> None:
    with open(os.path.join(ROOT, "CHANGELOG.md"), encoding="utf-8") as file:
        first = re.search(r"^## (\S+)", file.read(), re.MULTILINE)
    assert first is not None
    assert first[1] in {prefill.__version__, "Unreleased"}


def test_the_command_prints_the_version() -> None:
    printed = run([sys.executable, "-P", "-m", "prefill", "--version"], cwd=ROOT).stdout
    assert printed == f"prefill {prefill.__version__}\n"


def test_a_wheel_holds_each_file_of_the_packages_and_nothing_else(wheel: str) -> None:
    assert modules(wheel) == installed_files()


def test_a_wheel_names_its_command_licence_and_dependencies(wheel: str) -> None:
    info = f"prefill-{prefill.__version__}.dist-info"
    assert f"{info}/licenses/LICENSE" in members(wheel)
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read(f"{info}/entry_points.txt").decode().split() == [
            "[console_scripts]",
            "prefill",
            "=",
            "prefill.cli:command",
        ]
        metadata = archive.read(f"{info}/METADATA").decode()
    assert f"Version: {prefill.__version__}\n" in metadata
    assert "License-Expression: MIT\n" in metadata
    for requirement in pyproject()["project"]["dependencies"]:
        assert f"Requires-Dist: {requirement}\n" in metadata


def test_an_installed_wheel_fills_a_document(wheel: str, tmp_path: Any) -> None:
    """Data files included: without its templates and catalogs it could not."""
    site = unpacked(wheel, str(tmp_path / "site"))
    repository = str(tmp_path / "empty")
    os.mkdir(repository)
    where = run_installed(
        site, "-c", "import prefill.analyzers, prefill.render; print(prefill.render.__file__)", cwd=repository
    )
    assert where.strip() == os.path.join(site, "prefill", "render", "__init__.py")
    assert run_installed(site, "-m", "prefill", "--version", cwd=repository) == f"prefill {prefill.__version__}\n"
    assert "**Frameworks & Versions:**" in run_installed(site, "-m", "prefill", repository, cwd=repository)


def test_a_source_distribution_holds_what_its_tests_read(source: str, unpacked_sdist: str) -> None:
    for top in ("analyzers", "bench", "docs", "fixtures", "prefill", "render", "tests"):
        for folder, _, names in os.walk(os.path.join(source, top)):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), source)
                if not os.path.islink(os.path.join(source, path)):
                    assert os.path.isfile(os.path.join(unpacked_sdist, path)), path


def test_a_wheel_built_from_a_source_distribution_is_the_same(wheel: str, unpacked_sdist: str, tmp_path: Any) -> None:
    assert modules(build("wheel", unpacked_sdist, str(tmp_path))) == modules(wheel)


def test_the_tests_run_in_an_unpacked_source_distribution(wheel: str, unpacked_sdist: str, tmp_path: Any) -> None:
    """One file stands for all here (never this one: it would build for ever); `.ci/run` runs them all there."""
    site = unpacked(wheel, str(tmp_path / "site"))
    script = (
        "import pytest, sys;"
        "sys.exit(pytest.main(['-q', '-p', 'no:cacheprovider', '--override-ini=addopts=--import-mode=importlib',"
        " 'tests/test_repository_rules.py']))"
    )
    assert " passed" in run_installed(site, "-c", script, cwd=unpacked_sdist).splitlines()[-1]


@pytest.mark.parametrize("links_as_text", [False, True], ids=["links", "links as text"])
def test_an_editable_installation_imports_from_the_checkout(tmp_path: Any, links_as_text: bool) -> None:
    checkout = copy_of_the_source(str(tmp_path / "checkout"), links_as_text=links_as_text)
    site = unpacked(build("editable", checkout, str(tmp_path / "dist")), str(tmp_path / "site"))
    script = "import os, prefill, prefill.analyzers, prefill.render as r; print(os.path.realpath(r.__file__))"
    printed = run_installed(site, "-c", script, cwd=str(tmp_path)).strip()
    assert printed == os.path.realpath(os.path.join(checkout, "render", "__init__.py"))
    assert "**Frameworks & Versions:**" in run_installed(
        site, "-m", "prefill", str(tmp_path / "site"), cwd=str(tmp_path)
    )


def test_a_checkout_with_links_as_text_builds_the_same_wheel(wheel: str, tmp_path: Any) -> None:
    """As on Windows without the right to make links, and with `core.symlinks=false`."""
    checkout = copy_of_the_source(str(tmp_path / "checkout"), links_as_text=True)
    assert modules(build("wheel", checkout, str(tmp_path / "dist"))) == modules(wheel)
