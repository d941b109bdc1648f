"""Traps of lockfiles and versions: when they are told, and when not."""

from __future__ import annotations

from typing import Any

from prefill.derive.packages import package_traps
from prefill.model import Dependency, Evidence, Fact, Findings, LockfileState, PackageManager, Project, Trap
from prefill.render.environment import macro


def traps(*facts: Fact, manager: str | None = None, app: str = ".", uses: tuple[str, ...] = ()) -> list[Trap]:
    about = Project(
        commit=None, dirty=None, package_manager=PackageManager(manager) if manager else None, app=app, uses=uses
    )
    found = list(package_traps(Findings(facts), about))
    assert all(isinstance(fact, Trap) for fact in found)
    return [fact for fact in found if isinstance(fact, Trap)]


def said(*facts: Fact, **about: Any) -> list[str]:
    return [macro("traps.md.j2", trap.name, trap.values) for trap in traps(*facts, **about)]


def state(**more: Any) -> LockfileState:
    values: dict[str, Any] = {"path": "pnpm-lock.yaml", "tool": "pnpm", "workspace": ".", **more}
    return LockfileState(evidence=(Evidence(values["path"]),), **values)


def dependency(name: str, version: str, workspace: str, kind: Any = "prod") -> Dependency:
    return Dependency(workspace=workspace, name=name, range=version, version=version, source="lockfile", kind=kind)


def test_a_lockfile_in_step_and_alone_is_no_trap() -> None:
    assert traps(state(), manager="pnpm") == []
    assert traps(state()) == []


def test_a_second_lockfile_is_a_trap_that_says_which_one_rules() -> None:
    assert said(state(others=("package-lock.json",)), manager="pnpm") == [
        "`package-lock.json` lies beside `pnpm-lock.yaml`, which rules"
    ]


def test_a_lockfile_of_another_tool_than_the_one_that_is_named_is_a_trap() -> None:
    assert said(state(), manager="yarn") == ["`pnpm-lock.yaml` is a lockfile of pnpm, but the repository names yarn"]


def test_a_lockfile_out_of_step_names_three_packages_at_most() -> None:
    drifted = state(workspace="web", differs=(("next", "^15.1.0", "^15.0.0"),), absent=("zod", "swr", "jose"))
    (text,) = said(drifted, app="web")
    assert text == (
        "`pnpm-lock.yaml` is out of step with `web/package.json`: `next` asks for `^15.1.0`, locked for `^15.0.0`, "
        "`zod`, `swr` not in it, … and 1 more"
    )


def test_two_copies_of_react_are_a_trap_at_any_distance() -> None:
    facts = (
        dependency("react", "19.1.0", "web"),
        dependency("react", "19.0.0", "ui"),
        dependency("react", "18.0.0", "far"),
    )
    assert said(*facts, app="web", uses=("ui",)) == ["`react` is 19.1.0 in `web`, but 19.0.0 in `ui`"]


def test_two_versions_of_a_library_are_a_trap_from_one_major_to_another() -> None:
    near = (dependency("zod", "3.25.0", "web"), dependency("zod", "3.22.0", "ui"))
    assert traps(*near, app="web", uses=("ui",)) == []
    apart = (dependency("zod", "3.25.0", "web"), dependency("zod", "4.0.0", "ui"))
    assert said(*apart, app="web", uses=("ui",)) == ["`zod` is 3.25.0 in `web`, but 4.0.0 in `ui`"]


def test_what_only_a_peer_asks_for_is_no_second_copy() -> None:
    facts = (dependency("react", "19.1.0", "web"), dependency("react", "18.0.0", "ui", "peer"))
    assert traps(*facts, app="web", uses=("ui",)) == []
