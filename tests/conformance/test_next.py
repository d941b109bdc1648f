"""Routes, the gate file and its compiled matchers are those of the published `next` package, versions 15 and 16."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prefill.analyzers.middleware import ANALYZER as MIDDLEWARE
from prefill.analyzers.routes import ANALYZER as ROUTES
from prefill.model import Gate, Route
from prefill.next.apps import find_apps
from prefill.next.matcher import verdicts
from prefill.testing import analyze, open_app, write

Node = Callable[..., list[dict[str, Any]]]

MAJORS = (15, 16)

PAGE = "export default function Page() {\n  return null;\n}\n"
LAYOUT = "export default function Layout({ children }) {\n  return <html lang='en'><body>{children}</body></html>;\n}\n"
GET = "export async function GET() {\n  return new Response();\n}\n"
API = "export default function handler(request, response) {\n  response.end();\n}\n"
STATIC = "export default function staticFile() {\n  return [];\n}\n"


def gate(name: str, matcher: str | None = None) -> str:
    """A gate's module, with the matcher as it stands in its `config`."""
    config = "" if matcher is None else f"export const config = {{\n  matcher: {matcher},\n}};\n"
    return f"export function {name}() {{\n  return undefined;\n}}\n\n{config}"


CONVENTIONS: dict[str, str | bytes] = {
    "app/layout.tsx": LAYOUT,
    "app/page.tsx": PAGE,
    "app/loading.tsx": PAGE,
    "app/error.tsx": "'use client';\n" + PAGE,
    "app/not-found.tsx": PAGE,
    "app/template.tsx": LAYOUT,
    "app/(shop)/cart/page.tsx": PAGE,
    "app/(shop)/(deep)/sale/page.jsx": PAGE,
    "app/items/[id]/page.tsx": PAGE,
    "app/docs/[...path]/page.tsx": PAGE,
    "app/help/[[...path]]/page.tsx": PAGE,
    "app/_lib/page.tsx": PAGE,
    "app/%5Fshown/page.tsx": PAGE,
    "app/feed/layout.tsx": "export default function Layout({ modal, children }) {\n  return children ?? modal;\n}\n",
    "app/feed/page.tsx": PAGE,
    "app/feed/@modal/default.tsx": PAGE,
    "app/feed/@modal/(.)photo/[id]/page.tsx": PAGE,
    "app/feed/@modal/(..)items/[id]/page.tsx": PAGE,
    "app/feed/@modal/(...)cart/page.tsx": PAGE,
    "app/feed/photo/[id]/page.tsx": PAGE,
    "app/feed/@side/page.tsx": PAGE,
    "app/feed/@side/more/page.tsx": PAGE,
    "app/api/orders/route.ts": GET,
    "app/api/orders/[id]/route.ts": "export const PATCH = async () => new Response();\n",
    "app/(shop)/prices/route.js": GET,
    "app/route/[...all]/route.ts": GET,
    "app/page/page.tsx": PAGE,
    "app/items/page.test.tsx": PAGE,
    "app/items/mypage.tsx": PAGE,
    "app/items/route.css": "",
    "app/types/page.d.ts": "export {};\n",
    "app/favicon.ico": b"\0",
    "app/icon.svg": "<svg/>",
    "app/apple-icon.png": b"\0",
    "app/items/icon1.png": b"\0",
    "app/items/opengraph-image.png": b"\0",
    "app/(shop)/cart/twitter-image.tsx": STATIC,
    "app/robots.ts": STATIC,
    "app/sitemap.ts": STATIC,
    "app/manifest.ts": STATIC,
    "app/items/sitemap.xml": "<urlset/>",
}
"""Every convention of the App Router, and names that look like one. https://nextjs.org/docs/app/getting-started/project-structure"""

PAGES: dict[str, str | bytes] = {
    "pages/_app.jsx": PAGE,
    "pages/_document.jsx": PAGE,
    "pages/_error.jsx": PAGE,
    "pages/404.jsx": PAGE,
    "pages/500.jsx": PAGE,
    "pages/index.jsx": PAGE,
    "pages/blog/index.jsx": PAGE,
    "pages/blog/[slug].jsx": "export async function getStaticProps() {\n  return { props: {} };\n}\n" + PAGE,
    "pages/docs/[...path].jsx": PAGE,
    "pages/help/[[...path]].jsx": PAGE,
    "pages/index/index.jsx": PAGE,
    "pages/_draft.jsx": PAGE,
    "pages/api/index.js": API,
    "pages/api/users/[id].js": API,
    "pages/api/all/[...rest].js": API,
    "pages/style.css": "",
    "pages/notes.d.ts": "export {};\n",
}

USUAL = "'/((?!api|_next/static|_next/image|favicon.ico).*)'"
FILES = r"'/((?!_next|[^?]*\\.(?:html?|css|js(?!on)|png|svg|ico)).*)'"

APPS: dict[str, tuple[dict[str, str | bytes], dict[str, Any]]] = {
    "app router": ({**CONVENTIONS, "middleware.ts": gate("middleware", f"[{USUAL}]")}, {}),
    "app router in src": ({f"src/{path}": text for path, text in CONVENTIONS.items()}, {}),
    "gate in src": (
        {"src/app/page.tsx": PAGE, "src/middleware.ts": gate("middleware"), "middleware.ts": gate("middleware")},
        {},
    ),
    "gate apart from src": ({"src/app/page.tsx": PAGE, "middleware.ts": gate("middleware", USUAL)}, {}),
    "proxy": ({"app/page.tsx": PAGE, "app/api/a/route.ts": GET, "proxy.ts": gate("proxy", USUAL)}, {}),
    "both gates": ({"app/page.tsx": PAGE, "proxy.ts": gate("proxy"), "middleware.ts": gate("middleware")}, {}),
    "pages router": (
        {**PAGES, "middleware.js": gate("middleware", "['/blog/:path*', '/api/:path*', '/docs/:a+']")},
        {},
    ),
    "pages router in src": ({f"src/{path}": text for path, text in PAGES.items()}, {}),
    "both routers": (
        {
            "app/layout.tsx": LAYOUT,
            "app/shop/page.tsx": PAGE,
            "app/api/shop/route.ts": GET,
            "pages/index.tsx": PAGE,
            "pages/about.tsx": PAGE,
            "pages/api/old.ts": API,
            "middleware.ts": gate("middleware", "'/:path((?!about).*)'"),
        },
        {},
    ),
    "page extensions": (
        {
            "app/page.page.tsx": PAGE,
            "app/layout.page.tsx": LAYOUT,
            "app/other/page.tsx": PAGE,
            "app/api/a/route.api.ts": GET,
            "app/guide/page.mdx": "# Guide\n",
            "middleware.ts": gate("middleware"),
            "middleware.api.ts": gate("middleware", "'/guide'"),
        },
        {"pageExtensions": ["page.tsx", "api.ts", "mdx"]},
    ),
    "base path": (
        {
            "app/page.tsx": PAGE,
            "app/a/page.tsx": PAGE,
            "middleware.ts": gate("middleware", "['/', '/a/:path*']"),
        },
        {"basePath": "/shop"},
    ),
    "i18n": (
        {
            "pages/index.tsx": PAGE,
            "pages/teams/index.tsx": PAGE,
            "pages/api/x.ts": API,
            "middleware.ts": gate("middleware", "['/((?!_next).*)', { source: '/teams', locale: false }]"),
        },
        {"i18n": {"locales": ["en", "fr"], "defaultLocale": "en"}},
    ),
    "i18n and base path": (
        {"pages/index.tsx": PAGE, "pages/a.tsx": PAGE, "middleware.ts": gate("middleware", "['/', '/a']")},
        {"i18n": {"locales": ["en", "fr"], "defaultLocale": "fr"}, "basePath": "/docs"},
    ),
    "conditions": (
        {
            "app/page.tsx": PAGE,
            "app/a/page.tsx": PAGE,
            "middleware.ts": gate(
                "middleware",
                "[{ source: '/((?!api).*)', missing: [{ type: 'header', key: 'next-router-prefetch' }, { type: 'header', key: 'purpose', value: 'prefetch' }] },"
                " { source: '/b', has: [{ type: 'cookie', key: 'c' }] }]",
            ),
        },
        {},
    ),
    "files left out": (
        {
            "app/page.tsx": PAGE,
            "app/a.b/page.tsx": PAGE,
            "middleware.ts": gate("middleware", f"[{FILES}, '/(api|trpc)(.*)']"),
        },
        {},
    ),
    "optional and repeated": (
        {
            "app/page.tsx": PAGE,
            "app/a/b/page.tsx": PAGE,
            "middleware.ts": gate("middleware", r"['/a/:b?', '/x/:rest*', '/(en|fr)/:path*', '/:id(\\d+)/{-:tail}?']"),
        },
        {},
    ),
    "template without holes": ({"app/page.tsx": PAGE, "middleware.ts": gate("middleware", "[`/a/:path*`]")}, {}),
    "matcher by a name": (
        {"app/page.tsx": PAGE, "middleware.ts": "const paths = ['/a'];\n" + gate("middleware", "paths")},
        {},
    ),
    "matcher without a slash": ({"app/page.tsx": PAGE, "middleware.ts": gate("middleware", "'a'")}, {}),
    "matcher that is no pattern": ({"app/page.tsx": PAGE, "middleware.ts": gate("middleware", "'/a(b'")}, {}),
    "matcher with an unknown key": (
        {"app/page.tsx": PAGE, "middleware.ts": gate("middleware", "[{ source: '/b', basePath: false }]")},
        {},
    ),
    "matcher that is an object": (
        {"app/page.tsx": PAGE, "middleware.ts": gate("middleware", "{ source: '/b' }")},
        {},
    ),
    "matcher with a locale": (
        {"app/page.tsx": PAGE, "middleware.ts": gate("middleware", "[{ source: '/b', locale: true }]")},
        {},
    ),
    "matcher that is too long": (
        {"app/page.tsx": PAGE, "middleware.ts": gate("middleware", f"'/{'a' * 4096}'")},
        {},
    ),
    "gate that is an arrow": (
        {
            "app/page.tsx": PAGE,
            "middleware.ts": "export const middleware = () => undefined;\nexport const config = { matcher: ['/a'] as const };\n",
        },
        {},
    ),
    "no gate": ({"app/page.tsx": PAGE}, {}),
    "routers apart": ({"app/page.tsx": PAGE, "src/pages/old.tsx": PAGE}, {}),
}
"""Applications of our own that together hold the routing features: (files, what `next.config` sets)."""


def theirs(node: Node, folder: Path, major: int, jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What Next says of each job."""
    (folder / "jobs.json").write_text(json.dumps(jobs))
    return node("next.mjs", f"next{major}", str(folder / "jobs.json"))


def differences(root: Path, path: str, said: dict[str, Any], major: int) -> list[str]:
    """What is said of an app otherwise than by Next."""
    routes = [route for route in analyze(ROUTES, root, path).of(Route) if route.app == path]
    ours = {(route.pathname, route.kind): posixpath.relpath(route.file, path) for route in routes}
    files: dict[tuple[str, str], set[str]] = {}  # parallel slots answer to one pathname with several files
    for pathname, kind, file in said["routes"]:
        files.setdefault((pathname, kind), set()).add(file)
    found = [f"{row} only ours" for row in sorted(ours.keys() - files)]
    found += [f"{row} only theirs" for row in sorted(files.keys() - ours)]
    found += [
        f"{ours[row]} is not of {files[row]}" for row in sorted(ours.keys() & files) if ours[row] not in files[row]
    ]
    if said["error"] is not None:
        return [*found, *(["no problem"] if not analyze(ROUTES, root, path).problems else ())]
    live = next((one for one in analyze(MIDDLEWARE, root, path).of(Gate) if one.app == path), None)
    if live is None:
        return [*found, "no gate"]
    live_file = None if live.file is None else posixpath.relpath(live.file, path)
    gates = {one["file"]: one for one in said["gates"]}
    if live_file not in (gates or {None: None}) or (len(gates) > 1 and not any(one.beside for one in live.dead)):
        return [*found, f"gate {live_file} is not {sorted(gates)}"]
    if live_file is None:
        return found
    one = gates[live_file]
    if (one["error"] is not None) != (not live.matcher_known):
        return [*found, f"matcher known: {live.matcher_known}, but {one['error']}"]
    if one["error"] is not None:
        return found
    compiled = [[matcher.source, matcher.regexp] for matcher in live.matchers] if live.runs != "all" else None
    if major == 16 and compiled != one["matchers"]:  # the suffix that Next appends differs between versions
        found.append(f"matchers {compiled} are not {one['matchers']}")
    matchers = None if live.runs == "all" else live.matchers
    names = [pathname for pathname, _ in one["runs"]]
    verdict = verdicts(matchers, names, base_path=live.base_path, locale=live.locale)
    for pathname, runs in one["runs"]:
        if verdict[pathname] not in ("covered" if runs else "uncovered", "undetermined"):
            found.append(f"{pathname} is {verdict[pathname]}, and runs: {runs}")
    return found


@pytest.mark.parametrize("major", MAJORS)
def test_apps_are_what_next_makes_of_them(node: Node, tmp_path: Path, major: int) -> None:
    folders = {name: tmp_path / name.replace(" ", "-") for name in APPS}
    for name, (files, config) in APPS.items():
        manifest = json.dumps({"name": "app", "dependencies": {"next": f"{major}.0.0"}})
        settings = f"module.exports = {json.dumps(config)};\n"
        write(folders[name], {"package.json": manifest, "next.config.js": settings, **files})
    jobs = [{"dir": str(folders[name]), "config": APPS[name][1]} for name in APPS]
    answers = dict(zip(APPS, theirs(node, tmp_path, major, jobs), strict=True))
    assert {name: found for name in APPS if (found := differences(folders[name], ".", answers[name], major))} == {}
    assert {name for name in APPS if answers[name]["error"]} == ({"routers apart"} if major == 16 else set())


def test_apps_of_the_checkouts_are_what_next_makes_of_them(
    node: Node, tmp_path: Path, checkouts: tuple[Path, ...]
) -> None:
    for root in checkouts:
        by_major: dict[int, list[tuple[str, dict[str, Any]]]] = {}
        for one in find_apps(open_app(root)):
            config: dict[str, Any] = {"pageExtensions": list(one.extensions), "basePath": one.config.base_path}
            if one.config.locales and one.config.locale:
                config["i18n"] = {"locales": list(one.config.locales), "defaultLocale": one.config.locale}
            by_major.setdefault(max(15, one.major or 16), []).append((one.folder, config))
        for major, apps in by_major.items():
            jobs = [{"dir": str(root / folder), "config": config} for folder, config in apps]
            answers = theirs(node, tmp_path, major, jobs)
            for (folder, _), answer in zip(apps, answers, strict=True):
                assert differences(root, folder, answer, major) == [], folder
