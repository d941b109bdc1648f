"""The Authentication label: the library, the session, the gate, what it does, and what it does not run for."""

from __future__ import annotations

from typing import Any

from prefill.derive.coverage import cover
from prefill.model import (
    AuthCheck,
    AuthHelper,
    AuthProvider,
    DeadGate,
    Evidence,
    Fact,
    Findings,
    Gate,
    NextSettings,
    Project,
    Redirect,
    Route,
    Router,
    Session,
)
from prefill.next.matcher import compile_matchers
from prefill.records import replace
from prefill.render.environment import label
from prefill.section.authentication import build

HERE = (Evidence("middleware.ts", 3),)
PROJECT = Project(commit=None, dirty=None, package_manager=None)
USUAL = "/((?!api|_next/static).*)"


def route(pathname: str, kind: Any = "page") -> Route:
    file = f"app{pathname}/{'page.tsx' if kind == 'page' else 'route.ts'}"
    return Route(app=".", pathname=pathname, file=file, kind=kind, router="app", evidence=(Evidence(file),))


def gate(matcher: Any = None, **more: Any) -> Gate:
    values: dict[str, Any] = {"file": "middleware.ts", "kind": "middleware", "evidence": HERE, **more}
    if matcher is not None:
        values["matchers"] = compile_matchers(matcher)
    return Gate(app=".", runs="all" if matcher is None else "matched", **values)


def provider(**more: Any) -> AuthProvider:
    values: dict[str, Any] = {
        "id": "auth-js",
        "name": "Auth.js",
        "version": "5.0.0",
        "setup": "auth.ts",
        "evidence": HERE,
        **more,
    }
    return AuthProvider(**values)


def check(pathname: str, by: str | None) -> AuthCheck:
    return AuthCheck(file=f"app{pathname}/route.ts", by=by)


def text(*facts: Fact) -> str:
    findings = Findings(facts)
    return label(build(findings.plus(cover(findings, PROJECT)), PROJECT)).text


def test_the_library_says_where_it_is_set_up_and_how_people_sign_in() -> None:
    said = text(provider(methods=("GitHub", "credentials"), strategy="jwt", adapter="Drizzle"))
    assert said == "Auth.js 5.0.0 (`auth.ts`), JWT sessions, Drizzle adapter, sign-in by GitHub, credentials"


def test_ways_to_sign_in_that_the_code_sets_up_under_a_condition_are_said_with_it() -> None:
    some = text(provider(methods=("GitHub", "OIDC"), conditional=("OIDC",)))
    assert some == "Auth.js 5.0.0 (`auth.ts`), sign-in by GitHub, and only under a condition in the code by OIDC"
    each = text(provider(methods=("GitHub", "OIDC"), conditional=("GitHub", "OIDC")))
    assert each == "Auth.js 5.0.0 (`auth.ts`), sign-in by GitHub, OIDC (each only under a condition in the code)"


def test_a_library_that_hashes_something_else_than_passwords_is_not_named_for_them() -> None:
    assert text(provider(), provider(id="bcrypt", name="bcrypt", role="password")).endswith("; passwords by `bcrypt`")
    assert text(provider(), provider(id="bcrypt", name="bcrypt", role="hash")) == "Auth.js 5.0.0 (`auth.ts`)"


def test_supabase_and_firebase_name_the_package_that_the_version_is_of() -> None:
    said = text(provider(id="supabase", name="Supabase Auth", package="@supabase/ssr", version="0.7.0"))
    assert said == "Supabase Auth by `@supabase/ssr` 0.7.0 (`auth.ts`)"


def test_a_setup_that_nothing_imports_is_said_to_be_so() -> None:
    assert text(provider(reachable=False)) == "Auth.js 5.0.0 (`auth.ts`, which nothing imports)"
    assert text(provider(setup=None)) == "Auth.js 5.0.0 (not set up in this app)"


def test_installed_and_never_imported_is_said_and_is_not_the_provider() -> None:
    said = text(provider(in_use=False, package="next-auth", setup=None))
    assert said == "`next-auth` is installed and never imported"


def test_an_own_session_names_its_cookie_its_library_and_its_file() -> None:
    session = Session(file="lib/session.ts", by="jose", strategy="jwt", cookie="sid", evidence=HERE)
    helper = AuthHelper(name="getUser", file="lib/user.ts", by="jose", callers=3, evidence=HERE)
    other = AuthHelper(name="loadOrders", file="lib/orders.ts", by="jose", callers=9, evidence=HERE)
    assert (
        text(session, helper, other)
        == "own session cookie `sid`, JWT by `jose` (`lib/session.ts`); read by `getUser` (`lib/user.ts`)"
    )


def test_the_gate_says_what_it_redirects_and_that_it_does_not_run_for_the_api() -> None:
    redirect = Redirect(when="", to="/sign-in", paths=("/dashboard*",), signed_in=False, cookie="sid", evidence=HERE)
    handlers = [route("/api/a", "handler"), route("/api/b", "handler")]
    said = text(
        gate(USUAL, redirects=(redirect,)),
        route("/dashboard"),
        *handlers,
        check("/api/a", "getUser"),
        check("/api/b", None),
    )
    assert said == (
        "Gate `middleware.ts`: no `sid` cookie on `/dashboard*` → redirect `/sign-in`. "
        "It does not run for `/api/*`: 2 route handlers, no check seen in 1 of them (`/api/b`)"
    )


def test_a_redirect_of_those_who_are_signed_in_does_not_push_away_that_of_those_who_are_not() -> None:
    away = Redirect(when="", to="/app", paths=("/",), signed_in=True, session="getUser()", evidence=HERE)
    home = Redirect(
        when="", to="/login", besides=("/login",), signed_in=False, session="getUser()", unless=True, evidence=HERE
    )
    said = text(gate(redirects=(away, home)), route("/"))
    assert said == (
        "Gate `middleware.ts`: signed out (`getUser()`) except on `/login` → redirect `/login` "
        "(if no code above it returns first). It runs for all 1 routes"
    )


def test_a_gate_in_which_nothing_is_about_users_has_no_authentication_seen() -> None:
    assert text(gate()) == "`middleware.ts` runs before requests, no authentication seen in it"


def test_a_gate_that_asks_in_a_way_that_is_not_read_is_not_said_to_ask_nothing() -> None:
    assert text(gate(asks=True)) == "Gate `middleware.ts`"


def test_a_gate_that_calls_the_library_without_a_redirect_says_both() -> None:
    said = text(gate(providers=("Supabase Auth",), asks=True))
    assert said == "Gate `middleware.ts`: calls Supabase Auth; its code shows no redirect of signed-out users"


def test_dynamic_routes_that_only_an_odd_value_takes_out_count_as_covered_with_that_reserve() -> None:
    said = text(gate(USUAL), route("/a"), route("/[slug]"))
    assert said.endswith(
        "It runs for all 2 routes; parameter values that match its exceptions are skipped in 1 of them"
    )


def test_a_gate_that_runs_for_little_says_for_what() -> None:
    said = text(gate("/api/:path*"), route("/a"), route("/b"), route("/api/x", "handler"))
    assert said.endswith("It runs only for `/api/*`: 1 of 3 routes")
    assert text(gate("/x"), route("/a"), route("/b")).endswith("It runs for none of 2 routes")


def test_a_matcher_that_leaves_out_the_root_for_the_locale_alone_says_so() -> None:
    settings = NextSettings(
        app=".", settings={"i18n.locales": ["en"]}, places={"i18n.locales": Evidence("next.config.js", 20)}
    )
    source = "/((?!_next).*)"
    file = replace(gate(source), locale="en", matchers=compile_matchers(source, i18n=True))
    said = text(file, settings, route("/"), route("/teams"))
    assert said.endswith(
        "It does not run for `/`: 1 page (`i18n` puts a locale first, and the matcher asks for a segment after it)"
    )
    named = replace(gate("/teams"), locale="en", matchers=compile_matchers("/teams", i18n=True))
    assert "locale first" not in text(named, settings, route("/"), route("/teams"))


def test_without_a_gate_it_is_said_where_it_would_stand() -> None:
    none = Gate(app=".", file=None, kind=None)
    router = Router(app=".", folder="src/app", kind="app", evidence=(Evidence("src/app/page.tsx"),))
    said = text(none, router, route("/api/a", "handler"), check("/api/a", None))
    assert said == (
        "No gate file (looked for `middleware.*` and `proxy.*` beside `src/app/`); 1 route handler, no check seen in it (`/api/a`)"
    )


def test_a_dead_gate_is_said_before_all_else_of_it() -> None:
    dead = DeadGate(path="middleware.ts", reason="it does not stand beside the router directory src/app")
    said = text(Gate(app=".", file=None, kind=None, dead=(dead,)))
    assert said == "**No live gate:** `middleware.ts` never runs: it does not stand beside the router directory src/app"


def test_a_key_or_a_signature_is_a_check_too() -> None:
    hook = AuthCheck(file="app/api/a/route.ts", by=None, other="constructEvent")
    said = text(gate(USUAL), route("/api/a", "handler"), route("/api/b", "handler"), hook, check("/api/b", "getUser"))
    assert said.endswith("2 route handlers, all of which check the session, a key or a signature")


def test_nothing_is_said_to_be_unprotected() -> None:
    said = text(gate(USUAL), route("/api/a", "handler"), check("/api/a", None))
    assert "protected" not in said


def test_with_no_facts_it_is_not_detected() -> None:
    assert text() == "Not detected (looked in `package.json`, `middleware.*`, `proxy.*`)"


def test_a_name_from_the_repository_cannot_leave_its_code_span() -> None:
    redirect = Redirect(when="", to="/`-->x", signed_in=False, cookie="a`b", evidence=HERE)
    said = text(gate(redirects=(redirect,)))
    assert "-->" not in said
    assert "`` a`b ``" in said or "``a`b``" in said
