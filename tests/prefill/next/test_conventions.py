"""File names become pathnames as Next makes them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.next.conventions import (
    EXTENSIONS,
    app_pathname,
    app_routes,
    intercepts,
    is_metadata_file,
    metadata_route,
    pages_routes,
    without_extension,
)


def tree(*paths: str) -> Callable[[str], tuple[list[str], list[str]]]:
    """A folder function over these paths."""

    def folder(at: str) -> tuple[list[str], list[str]]:
        inside = [path[len(at) + 1 :] for path in paths if path.startswith(at + "/")]
        return sorted({p.split("/")[0] for p in inside if "/" in p}), sorted(p for p in inside if "/" not in p)

    return folder


@pytest.mark.parametrize(
    ("key", "pathname"),
    [
        ("/page", "/"),
        ("/(shop)/cart/page", "/cart"),
        ("/@modal/(.)photo/[id]/page", "/(.)photo/[id]"),
        ("/page/page", "/page"),
        ("/route/[...all]/route", "/route/[...all]"),
        ("/(a)/(b)/page", "/"),
    ],
)
def test_groups_slots_and_the_leaf_are_no_part_of_a_pathname(key: str, pathname: str) -> None:
    assert app_pathname(key) == pathname


def test_the_longest_extension_goes_first_and_then_one_index() -> None:
    assert without_extension("/blog/index.page.tsx", ("tsx", "page.tsx")) == "/blog"
    assert without_extension("/index/index.tsx", EXTENSIONS) == "/index"
    assert without_extension("/index.tsx", EXTENSIONS) == "/"


def test_private_folders_and_other_files_are_no_routes() -> None:
    folder = tree(
        "app/_lib/page.tsx", "app/page.test.tsx", "app/mypage.tsx", "app/a/page.css", "app/a/page.d.ts", "app/b/page.js"
    )
    assert [found.pathname for found in app_routes("app", folder, EXTENSIONS, lambda _: False)] == ["/b"]


def test_pages_that_next_keeps_for_itself_are_no_routes() -> None:
    folder = tree(
        "pages/_app.js",
        "pages/_document.js",
        "pages/_error.js",
        "pages/api/index.ts",
        "pages/_draft.js",
        "pages/x.d.ts",
    )
    assert [(found.pathname, found.kind) for found in pages_routes("pages", folder, EXTENSIONS)] == [
        ("/_draft", "page"),
        ("/api", "handler"),
    ]


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("/favicon.ico", True),
        ("/blog/favicon.ico", False),
        ("/blog/icon1.png", True),
        ("/blog/icon12.png", False),
        ("/icons/home.png", False),
        ("/robots.ts", True),
        ("/blog/robots.ts", False),
        ("/blog/sitemap.xml", True),
        ("/sitemaps.ts", False),
        ("/opengraph-image.alt.txt", False),
        ("/twitter-image.gif", True),
    ],
)
def test_metadata_files_are_known_by_their_name(path: str, holds: bool) -> None:
    assert is_metadata_file(path, EXTENSIONS) is holds


def test_a_metadata_file_in_a_group_gets_a_suffix_but_a_sitemap_does_not() -> None:
    assert metadata_route("/(shop)/icon") == "/(shop)/icon-12nzgn/route"
    assert metadata_route("/(shop)/sitemap") == "/(shop)/sitemap.xml/route"
    assert metadata_route("/icon", several=True) == "/icon/[__metadata_id__]/route"


def test_an_intercepting_marker_is_no_group() -> None:
    assert intercepts("/feed/(..)photo/[id]")
    assert not intercepts("/feed/photo")


@given(
    st.lists(
        st.sampled_from(["a", "(g)", "@s", "[id]", "[...r]", "_p", "%5Fq", "page.tsx", "route.ts"]),
        min_size=1,
        max_size=6,
    )
)
def test_a_pathname_never_holds_a_group_a_slot_or_a_private_folder(segments: list[str]) -> None:
    folder = tree("app/" + "/".join(segments))
    for found in app_routes("app", folder, EXTENSIONS, lambda _: False):
        parts = found.pathname.split("/")[1:]
        assert not any(part.startswith(("(g", "@")) for part in parts)
        assert "_p" not in segments
