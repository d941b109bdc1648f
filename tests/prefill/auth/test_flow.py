"""What a gate does is read where it is plain, and left out where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from prefill.analyzers.middleware import ANALYZER
from prefill.model import Gate
from prefill.testing import analyze, write

START = 'import { NextResponse } from "next/server";\n\nexport async function middleware(request) {\n'
PATH = "  const { pathname } = request.nextUrl;\n"
OUT = 'return NextResponse.redirect(new URL("/in", request.url));'


def said(folder: Path, body: str, **files: str) -> list[tuple[str, str]]:
    """(when, to) of the redirects of a gate with this body."""
    source = body if "export" in body else START + body + "\n}\n"
    write(
        folder,
        {
            "package.json": '{ "dependencies": { "next": "15.5.2", "next-auth": "4.24.11" } }',
            "app/page.tsx": "export default function Page() {}\n",
            "middleware.ts": source,
            **{f"{name}.ts": text for name, text in files.items()},
        },
    )
    gate = analyze(ANALYZER, folder).one(Gate)
    assert gate is not None
    return [(redirect.when, redirect.to) for redirect in gate.redirects]


@pytest.mark.parametrize(
    ("body", "when"),
    [
        (f"  if (!request.cookies.has('sid')) {OUT}", "no sid cookie"),
        (f"  const sid = request.cookies.get('sid')?.value;\n  if (sid === undefined) {OUT}", "no sid cookie"),
        (
            f"  const {{ data: {{ user }} }} = await supabase.auth.getUser();\n  if (!user) {OUT}",
            "without supabase.auth.getUser()",
        ),
        (f"{PATH}  if (pathname === '/a' || pathname.startsWith('/b')) {OUT}", "on /a, /b*"),
        (f"{PATH}  if (!pathname.endsWith('.html')) {OUT}", "not on *.html"),
        (f"{PATH}  if (['/a', '/b'].includes(pathname)) {OUT}", "on /a, /b"),
        (f"{PATH}  if (pathname.startsWith('/a')) return;\n  {OUT}", "not on /a*"),
        (f"{PATH}  if (pathname.startsWith('/a')) {{\n    return;\n  }} else {{\n    {OUT}\n  }}", "not on /a*"),
        (f"  if (Date.now() > limit) {OUT}", "if Date.now() > limit"),
        (f"  if (Date.now() > limit) return;\n  {OUT}", "unless an earlier branch answers"),
        (f"  for (const one of all) {{ if (one) return; }}\n  {OUT}", "unless an earlier branch answers"),
        (f"  try {{\n    await ask();\n  }} catch {{\n    {OUT}\n  }}", "if an error is thrown"),
        (OUT, "always"),
    ],
)
def test_a_condition_is_said_in_the_terms_of_a_gate(tmp_path: Path, body: str, when: str) -> None:
    assert said(tmp_path, body) == [(when, "/in")]


@pytest.mark.parametrize(
    ("answer", "to"),
    [
        ('NextResponse.redirect(new URL("/in", request.url))', "/in"),
        ("NextResponse.redirect(new URL(`/in?from=${request.url}`, request.url))", "/in?from=…"),
        ("NextResponse.redirect(new URL(`${request.nextUrl.origin}/in`))", "/in"),
        ("NextResponse.redirect(new URL(entrance(request), request.url))", "entrance(…)"),
        ('NextResponse.json({ error: "no" }, { status: 401 })', "401"),
        ('new NextResponse("no", { status: 403 })', "403"),
    ],
)
def test_where_it_leads_is_said_as_far_as_it_is_known(tmp_path: Path, answer: str, to: str) -> None:
    assert said(tmp_path, f"  return {answer};") == [("always", to)]


@pytest.mark.parametrize(
    "answer", ["NextResponse.next()", "NextResponse.redirect(target)", "NextResponse.json({ ok: true })", "undefined"]
)
def test_what_is_no_redirect_or_leads_nowhere_known_is_not_said(tmp_path: Path, answer: str) -> None:
    assert said(tmp_path, f"  return {answer};") == []


def test_a_redirect_under_many_conditions_is_left_out(tmp_path: Path) -> None:
    assert said(tmp_path, f"  if (a() && b() && c()) {OUT}") == []


def test_a_function_of_another_module_is_followed(tmp_path: Path) -> None:
    body = 'import { update } from "./session";\n\nexport async function middleware(request) {\n  return await update(request);\n}\n'
    session = f"export const update = async (request) => {{\n  if (!request.cookies.get('sid')) {OUT}\n}};\n"
    assert said(tmp_path, body, session=session) == [("no sid cookie", "/in")]


def test_an_answer_that_is_given_on_if_there_is_one_is_followed_to_where_it_is_made(tmp_path: Path) -> None:
    body = (
        "const check = async (request) => {\n"
        f"  if (!request.cookies.get('sid')) {OUT}\n  return null;\n}};\n\n"
        "export async function middleware(request) {\n  const answer = await check(request);\n  if (answer) return answer;\n}\n"
    )
    assert said(tmp_path, body) == [("no sid cookie", "/in")]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", [("without withAuth()", "NextAuth.js's sign-in page")]),
        ('{ pages: { signIn: "/in" } }', [("without withAuth()", "/in")]),
        (
            "{ callbacks: { authorized: ({ token }) => !!token } }",
            [("without withAuth()", "NextAuth.js's sign-in page")],
        ),
        ("{ callbacks: { authorized: ({ token }) => token?.admin === true } }", []),
        ("{ callbacks: { authorized: ({ token }) => !!token && token.admin } }", []),
    ],
)
def test_with_auth_wants_a_token_unless_it_says_otherwise(
    tmp_path: Path, options: str, expected: list[tuple[str, str]]
) -> None:
    assert (
        said(tmp_path, f'import {{ withAuth }} from "next-auth/middleware";\n\nexport default withAuth({options});\n')
        == expected
    )


def test_branches_nested_beyond_all_measure_end_without_a_redirect(tmp_path: Path) -> None:
    assert said(tmp_path, "  " + "if (a) { " * 3_000 + OUT + " }" * 3_000) == []
