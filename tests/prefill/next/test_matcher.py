"""A matcher is compiled as Next compiles it, and says for which routes the gate runs."""

from __future__ import annotations

import pytest

from prefill.model import Matcher
from prefill.next.matcher import MatcherError, compile_matchers, ordinary, verdicts

USUAL = "/((?!api|_next/static|_next/image|favicon.ico).*)"
DATA = r"(\.json|\.rsc|\.segments\/.+\.segment\.rsc)?[\/#\?]?$"


def test_a_matcher_also_holds_for_the_data_of_a_page() -> None:
    (found,) = compile_matchers("/about")
    assert found == Matcher(source="/about", regexp=r"^(?:\/(_next\/data\/[^/]{1,}))?\/about" + DATA)


def test_base_path_and_locale_stand_before_it() -> None:
    (found,) = compile_matchers(["/about"], base_path="/shop", i18n=True)
    assert found.regexp == r"^\/shop(?:\/(_next\/data\/[^/]{1,}))?(?:\/((?!_next\/)[^/.]{1,}))\/about" + DATA
    (without,) = compile_matchers([{"source": "/about", "locale": False}], i18n=True)
    assert without.regexp == r"^(?:\/(_next\/data\/[^/]{1,}))?\/about" + DATA


@pytest.mark.parametrize(
    "value",
    [
        "about",
        "",
        ["/a", 1],
        [{}],
        {"source": None},
        "/(a(b))",
        {"source": "/a"},
        [{"source": "/a", "basePath": False}],
        [{"source": "/a", "locale": True}],
        [{"source": "/a", "has": {"type": "cookie", "key": "c"}}],
        "/" + "a" * 4096,
    ],
)
def test_what_next_refuses_is_refused(value: object) -> None:
    with pytest.raises(MatcherError):
        compile_matchers(value)


@pytest.mark.parametrize(
    ("matcher", "pathname", "verdict"),
    [
        (USUAL, "/", "covered"),
        (USUAL, "/dashboard", "covered"),
        (USUAL, "/api/user", "uncovered"),
        (USUAL, "/apidocs", "uncovered"),
        (USUAL, "/blog/[slug]", "covered"),
        (USUAL, "/[slug]", "undetermined"),
        (USUAL, "/api/[...path]", "uncovered"),
        ("/dashboard/:path*", "/dashboard", "covered"),
        ("/dashboard/:path*", "/dashboard/[team]/[id]", "covered"),
        ("/dashboard/:path*", "/dash", "uncovered"),
        ("/(api|trpc)(.*)", "/api/[...path]", "covered"),
        ("/((?!.*\\..*|_next).*)", "/blog/[slug]", "undetermined"),
        (["/", "/a"], "/", "covered"),
        (["/", "/a"], "/b", "uncovered"),
        ([{"source": "/a", "missing": [{"type": "header", "key": "purpose"}]}], "/a", "covered"),
        ([{"source": "/a", "has": [{"type": "header", "key": "x"}]}], "/a", "undetermined"),
        ([{"source": "/a", "has": [{"type": "header", "key": "x"}]}], "/b", "uncovered"),
        ("/((?<!x)a.*)", "/a", "undetermined"),
    ],
)
def test_a_route_is_covered_only_if_the_matcher_holds_for_every_value(
    matcher: object, pathname: str, verdict: str
) -> None:
    assert verdicts(compile_matchers(matcher), [pathname]) == {pathname: verdict}


def test_without_a_matcher_everything_is_covered() -> None:
    assert verdicts(None, ["/", "/api/[id]"]) == {"/": "covered", "/api/[id]": "covered"}


def test_base_path_and_default_locale_are_put_before_the_pathname() -> None:
    matchers = compile_matchers("/members/:path*", base_path="/shop", i18n=True)
    assert verdicts(matchers, ["/members", "/"], base_path="/shop", locale="en") == {
        "/members": "covered",
        "/": "uncovered",
    }


def test_the_root_alone_is_not_under_a_catch_all_where_a_locale_stands_before_it() -> None:
    matchers = compile_matchers(USUAL, i18n=True)
    assert verdicts(matchers, ["/", "/about"], locale="en") == {"/": "uncovered", "/about": "covered"}


def test_an_ordinary_value_stands_for_each_parameter() -> None:
    assert ordinary("/[lang]/docs/[[...path]]") == "/q7w/docs/q7w"
