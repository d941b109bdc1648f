"""File names to pathnames, as Next discovers routes: groups, slots, interception, private folders, metadata files, pages.

Encodes https://nextjs.org/docs/app/getting-started/project-structure and the metadata file conventions
(https://nextjs.org/docs/app/api-reference/file-conventions/metadata). Nothing here opens a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal

from prefill.lazy import regex
from prefill.records import dataclass

Kind = Literal["page", "handler", "metadata"]
Folder = Callable[[str], tuple[list[str], list[str]]]
"""A folder's path → (names of its folders, names of its files)."""

EXTENSIONS = ("tsx", "ts", "jsx", "js")
"""What `pageExtensions` is when the configuration does not say it."""

MAX_DEPTH = 40
"""Folders below a router directory; a tree of files that is deeper is not a router."""

IMAGES = {
    "icon": "ico|jpg|jpeg|png|svg",
    "apple-icon": "jpg|jpeg|png",
    "opengraph-image": "jpg|jpeg|png|gif",
    "twitter-image": "jpg|jpeg|png|gif",
}
_FIXED = regex(r"/(?:favicon\.ico|robots\.txt|manifest\.json|manifest\.webmanifest)\Z")
_PARAMETER = regex(r"\[[^/\]]+\]")
_MARKERS = ("(..)(..)", "(.)", "(..)", "(...)")


@dataclass(frozen=True, slots=True)
class Found:
    """One route: its pathname in Next's manifest, the file, its kind, and the route groups that the file stands in."""

    pathname: str
    file: str
    kind: Kind
    groups: tuple[str, ...] = ()


def app_routes(
    root: str, folder: Folder, extensions: tuple[str, ...], dynamic: Callable[[str], bool]
) -> Iterator[Found]:
    """The routes of an `app` directory, in the order of their files.

    `dynamic` says of a metadata file whether it makes several (`generateImageMetadata`, `generateSitemaps`); it is asked only
    where the file is code. Names that start with `_` are private; a later file of the same route replaces an earlier one in Next.
    """
    leaf = re.compile(rf"(page|route)\.(?:{_choice(extensions)})\Z")
    for path in _files(root, folder, private=True):
        inside = path[len(root) :]
        match = leaf.fullmatch(path.rpartition("/")[2])
        metadata = is_metadata_file(inside, extensions)
        if match is None and not metadata:
            continue
        if path.endswith(".d.ts") and "ts" in extensions:
            continue
        key = without_extension(inside, extensions).replace("%5F", "_")
        segments = inside.split("/")[1:-1]
        groups = tuple(segment for segment in segments if is_group(segment))
        if metadata:
            code = key != inside.replace("%5F", "_")
            yield Found(app_pathname(metadata_route(key, several=code and dynamic(path))), path, "metadata", groups)
        elif match is not None:
            yield Found(app_pathname(key), path, "page" if match[1] == "page" else "handler", groups)


def pages_routes(root: str, folder: Folder, extensions: tuple[str, ...]) -> Iterator[Found]:
    """The routes of a `pages` directory; `pages/api` holds handlers, `_app`, `_document` and `_error` are no routes.

    https://nextjs.org/docs/pages/building-your-application/routing/pages-and-layouts
    """
    page = re.compile(rf"\.(?:{_choice(extensions)})\Z")
    for path in _files(root, folder, private=False):
        inside = path[len(root) :]
        if page.search(path) is None and not is_metadata_file(inside, extensions):
            continue
        if path.endswith(".d.ts") and "ts" in extensions:
            continue
        key = without_extension(inside, extensions)
        if key == "/api" or key.startswith("/api/"):
            yield Found(key, path, "handler")
        elif not key.startswith(("/_app", "/_error", "/_document")):
            yield Found(key, path, "page")


def without_extension(path: str, extensions: tuple[str, ...]) -> str:
    """`/blog/index.tsx` → `/blog`: the longest page extension that fits goes, and then one `/index`."""
    for extension in sorted(extensions, key=len, reverse=True):
        if path.endswith("." + extension):
            path = path[: -len(extension) - 1]
            break
    return path.removesuffix("/index") or "/"


def app_pathname(key: str) -> str:
    """`/(shop)/@modal/cart/page` → `/cart`: groups, slots and the leaf's name are no part of the pathname."""
    segments = key.split("/")
    kept = [
        segment
        for index, segment in enumerate(segments)
        if segment
        and not is_group(segment)
        and not segment.startswith("@")
        and not (index == len(segments) - 1 and segment in ("page", "route"))
    ]
    return "/" + "/".join(kept)


def is_group(segment: str) -> bool:
    """Whether a folder is a route group: `(shop)`, but not an intercepting `(.)photo`."""
    return segment.startswith("(") and segment.endswith(")")


def is_dynamic(pathname: str) -> bool:
    """Whether a pathname holds a parameter: `[id]`, `[...path]`, `[[...path]]`."""
    return _PARAMETER.search(pathname) is not None


def intercepts(pathname: str) -> bool:
    """Whether a pathname holds the marker of an intercepting route; Next shows it only on navigation inside the app.

    https://nextjs.org/docs/app/api-reference/file-conventions/intercepting-routes
    """
    return any(segment.startswith(_MARKERS) for segment in pathname.split("/"))


def is_metadata_file(inside: str, extensions: tuple[str, ...]) -> bool:
    """Whether a file (its path from the router directory on) is an icon, an image, a sitemap, `robots` or a manifest."""
    if _FIXED.fullmatch(inside) or inside.endswith("/sitemap.xml"):
        return True
    return _metadata(extensions).search(inside) is not None


@lru_cache(maxsize=8)
def _metadata(extensions: tuple[str, ...]) -> re.Pattern[str]:
    dynamic = _choice(extensions)
    rows = [
        rf"^/robots\.(?:{dynamic}|txt)\Z",
        rf"^/manifest\.(?:{dynamic}|webmanifest|json)\Z",
        rf"/sitemap\.(?:xml|{dynamic})\Z",
    ]
    rows.extend(rf"/{name}\d?\.(?:{static}|{dynamic})\Z" for name, static in IMAGES.items())
    return re.compile("|".join(rows))


def metadata_route(key: str, *, several: bool = False) -> str:
    """The entry of a metadata file: `/robots` → `/robots.txt/route`, a suffix where the folder is a group or a slot."""
    route, suffix = key, ""
    if key == "/robots":
        route += ".txt"
    elif key == "/manifest":
        route += ".webmanifest"
    else:
        suffix = _suffix(key)
    folder, _, name = route.rpartition("/")
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem:
        stem, dot, extension = name, "", ""
    path = f"{folder}/{stem}{'-' + suffix if suffix else ''}{dot}{extension}"
    if several:
        return path + "/[__metadata_id__]/route"
    return path + (".xml" if path.endswith("/sitemap") else "") + "/route"


def _suffix(key: str) -> str:
    """Six letters of a hash of the folder, where a group or a slot stands in it, so that two files do not meet in one path."""
    parent = key.rpartition("/")[0]
    if key.endswith(("/sitemap", "/sitemap.xml")) or not any(
        is_group(s) or s.startswith("@") for s in parent.split("/")
    ):
        return ""
    number = 5381
    for character in parent:
        number = (number * 33 + ord(character)) & 0xFFFFFFFF
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits[:6]


def _choice(extensions: tuple[str, ...]) -> str:
    return "|".join(re.escape(extension) for extension in extensions)


def _files(root: str, folder: Folder, *, private: bool) -> Iterator[str]:
    """The files below a router directory, sorted; with `private`, without what starts with `_`."""
    found: list[str] = []
    todo = [(root, 0)]
    while todo:
        at, depth = todo.pop()
        folders, files = folder(at)
        found.extend(f"{at}/{name}" for name in files if not (private and name.startswith("_")))
        if depth < MAX_DEPTH:
            todo.extend((f"{at}/{name}", depth + 1) for name in folders if not (private and name.startswith("_")))
    return iter(sorted(found))
