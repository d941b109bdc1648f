"""A function reaches a library through imports, re-exports, aliases and calls; what only looks like it does not count."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from prefill.auth.calls import Calls
from prefill.auth.libraries import LIBRARIES, library_of, title
from prefill.testing import open_app, write

SESSION = 'import { auth } from "@clerk/nextjs/server";\n\nexport async function getUser() {\n  return (await auth()).userId;\n}\n'


def reached(folder: Path, **files: str) -> tuple[str, tuple[str, ...]] | None:
    """(library, functions on the way) of `entry.ts`."""
    write(folder, {name.replace("__", "/") + ".ts": text for name, text in files.items()} | {"package.json": "{}"})
    calls = Calls(open_app(folder).program, LIBRARIES)
    module = calls.module("entry.ts")
    assert module is not None
    found = calls.reached("entry.ts", module.syntax.root)
    return None if found is None else (found.provider.id, tuple(name for _, name in found.through))


def test_a_call_of_the_library_itself_is_reached_at_once(tmp_path: Path) -> None:
    assert reached(tmp_path, entry=SESSION) == ("clerk", ())


def test_a_function_of_another_module_is_followed(tmp_path: Path) -> None:
    entry = 'import { getUser as me } from "./session";\n\nexport const GET = async () => me();\n'
    assert reached(tmp_path, entry=entry, session=SESSION) == ("clerk", ("getUser",))


def test_re_exports_and_stars_are_followed(tmp_path: Path) -> None:
    entry = 'import { current } from "./lib";\n\nexport const GET = () => current();\n'
    assert reached(
        tmp_path,
        entry=entry,
        lib__index='export * from "./names";\n',
        lib__names='export { getUser as current } from "../session";\n',
        session=SESSION,
    ) == ("clerk", ("getUser",))


def test_a_way_of_several_calls_is_the_shortest(tmp_path: Path) -> None:
    entry = 'import { long, short } from "./ways";\n\nexport const GET = () => [long(), short()];\n'
    ways = 'import { getUser } from "./session";\n\nconst step = () => getUser();\nexport const long = () => step();\nexport function short() {\n  return getUser();\n}\n'
    assert reached(tmp_path, entry=entry, ways=ways, session=SESSION) == ("clerk", ("short", "getUser"))


def test_what_nextauth_makes_reads_the_session_under_any_name(tmp_path: Path) -> None:
    setup = 'import NextAuth from "next-auth";\n\nexport const { auth: session, signIn } = NextAuth({});\n'
    entry = 'import { session } from "./setup";\n\nexport const GET = session(() => {});\n'
    assert reached(tmp_path, entry=entry, setup=setup) == ("auth-js", ("session",))
    entry = 'import { signIn } from "./setup";\n\nexport const POST = () => signIn();\n'
    assert reached(tmp_path, entry=entry, setup=setup) is None


@pytest.mark.parametrize(
    "entry",
    [
        'import { getUser } from "./session";\n\n// getUser()\nexport const GET = () => "getUser()";\n',
        'import type { getUser } from "./session";\n\nexport const GET = () => null;\n',
        "const auth = () => null;\n\nexport const GET = () => auth();\n",
        'import { load } from "./other";\n\nexport const GET = () => load();\n',
        'import { SignIn } from "@clerk/nextjs";\n\nexport const GET = () => SignIn;\n',
    ],
    ids=[
        "in a comment",
        "a type",
        "another function of that name",
        "another function beside it",
        "another name of the library",
    ],
)
def test_what_does_not_call_it_does_not_reach_it(tmp_path: Path, entry: str) -> None:
    other = (
        'import { getUser } from "./session";\n\nexport const load = () => 1;\nexport const user = () => getUser();\n'
    )
    assert reached(tmp_path, entry=entry, session=SESSION, other=other) is None


def test_a_member_call_may_stand_on_several_lines(tmp_path: Path) -> None:
    entry = 'import { supabase } from "./client";\n\nexport const GET = () =>\n  supabase\n    .auth\n    .getUser();\n'
    assert reached(tmp_path, entry=entry, client="export const supabase = make();\n") == ("supabase", ())


def test_a_component_and_a_client_module_are_not_asked(tmp_path: Path) -> None:
    entry = 'import { User } from "./view";\nimport { browser } from "./browser";\n\nexport const GET = () => [User, browser()];\n'
    view = 'import { getUser } from "./session";\n\nexport const User = () => getUser();\n'
    browser = '"use client";\n\nimport { getUser } from "./session";\n\nexport const browser = () => getUser();\n'
    assert reached(tmp_path, entry=entry, view=view, browser=browser, session=SESSION) is None


def test_functions_that_call_each_other_end(tmp_path: Path) -> None:
    entry = 'import { a } from "./circle";\n\nexport const GET = () => a();\n'
    assert reached(tmp_path, entry=entry, circle="export const a = () => b();\nexport const b = () => a();\n") is None


def test_a_library_is_known_by_its_package_and_firebase_only_by_its_auth() -> None:
    assert library_of("@clerk/nextjs/server") is not None
    assert library_of("next-auth/providers/github") is not None
    assert library_of("firebase/firestore") is None
    assert library_of("firebase/auth") is not None
    assert library_of("./next-auth") is None


def test_a_way_to_sign_in_is_named_as_people_write_it() -> None:
    assert [title(name) for name in ("google", "microsoft-entra-id", "some_thing", "github")] == [
        "Google",
        "Microsoft Entra ID",
        "Some Thing",
        "GitHub",
    ]


@pytest.mark.parametrize("unit", ['"\\"', "'", "`", "//*"])
def test_a_file_of_unfinished_comments_and_strings_takes_no_time(tmp_path: Path, unit: str) -> None:
    start = time.perf_counter()
    assert reached(tmp_path, entry="export const GET = () => " + unit * 100_000) is None
    assert time.perf_counter() - start < 5
