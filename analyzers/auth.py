"""Tells who authenticates, by what the code imports and calls: libraries, sessions, the functions that read them, and where they are called.

Installed is not used: a library counts where a module that is no test imports it. What no code shows is not said.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from prefill.analyzer import Analyzer, App
from prefill.auth.calls import Calls
from prefill.auth.libraries import BY_PACKAGE, LIBRARIES, METHODS, Library, library_of, title
from prefill.auth.setup import adapter_of, calls_of, cookies_in, methods_of, strategy_of
from prefill.lazy import regex
from prefill.model import AuthCheck, AuthHelper, AuthProvider, Evidence, Fact, Problem, Session
from prefill.next.apps import NextApp, depends, read_app
from prefill.next.conventions import Found, app_routes, pages_routes
from prefill.records import dataclass, field
from prefill.typescript.parse import Import, Syntax, line_of, walk

if TYPE_CHECKING:
    from tree_sitter import Node

CODE = (".ts", ".tsx", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs")
MAX_CHECKED = 500
"""Handlers in which a check is looked for; where there are more, none is reported."""
MAX_HELPERS = 12
MAX_SHOWN = 6
"""Ways to sign in whose line is given."""

_COMMENT = regex(rb"//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?")
_CHECKS = regex(
    rb"(?<![\w$])((?<!\.)(?:authenticate|authorize)\w{0,60}|constructEvent(?:Async)?|timingSafeEqual"
    rb"|is(?:Authori[sz]ed|Authenticated)\w{0,40}"
    rb"|(?:verify|check|require|validate|assert)\w{0,40}(?:Signature|Secret|Key|Token|Webhook|Bearer|Auth)\w{0,40})\s{0,10}\("
)
_HEADER = regex(
    rb"headers(?:\(\))?\)?\s{0,10}\.\s{0,10}get\(\s{0,10}['\"]((?:authorization|[\w-]{0,40}(?:api-key|signature|secret|token)[\w-]{0,20}))['\"]",
    re.IGNORECASE,
)
_SECRET = regex(rb"\benv(?:\(\))?\.([A-Z][A-Z0-9_]{0,60}_SECRET)\b")
_REFUSES = regex(rb"\b(status\(?\s{0,4}:?\s{0,4}(?:401|403)\b|(?:unauthorized|forbidden)(?=\(\)))")
_SIGNS_IN = regex(
    rb"(?<![\w$])(?:(?:set|create|start|issue)(?:User|Auth|Login)?Session|exchangeCodeForSession|signIn)\s{0,10}\("
)
_HASHES = regex(rb"(?<![\w$])(?:hash|compare|verify)(?:Sync|Raw)?\s{0,10}\(")
_PASSWORD = regex(rb"passw|pwd|passphrase", re.IGNORECASE)
_TYPED_CODE = regex(rb"\.verifyOtp\(\s{0,20}\{[^{}]{0,300}?(?<![\w$])token(?![\w$])")
_OWN_PROVIDER = regex(rb"(?<![\w$])type\s{0,4}:\s{0,4}['\"](oidc|oauth)['\"]")
_PROVIDER_CLASS = regex(r"(?!OAuth2|CodeChallenge)[A-Z]\w*(?<!Error)")
_ROUTE_FILE = regex(r"(?:^|/)(?:page|layout|route|template|loading|error|actions?)\.[cm]?[jt]sx?$")
_ASIDE = regex(
    r"(?:^|/)(?:__tests__|__mocks__|tests?|e2e|fixtures?|stories|examples?|scripts?|cypress|playwright|node_modules)/"
    r"|\.(?:test|spec|stories|d)\.[cm]?[jt]sx?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Use:
    """Where one library is imported: file → its imports of the library, types left out."""

    provider: Library
    files: dict[str, list[Import]] = field(default_factory=dict)


def analyze(app: App) -> Iterator[Fact | Problem]:
    """Libraries, sessions and helpers of the app and the workspace packages that it uses; checks in its route handlers."""
    packages = _installed(app)
    uses = _uses(app, packages)
    for library in LIBRARIES:
        names = [name for name in library.packages if name in packages]
        if not names:
            continue
        use = uses.get(library.id)
        if use is None and _named(app, names):
            continue  # loaded in a way that is not followed here, or for another purpose
        if use is None:
            yield AuthProvider(
                id=library.id,
                name=library.name,
                version=app.version(names[0]),
                in_use=False,
                role=library.role,
                package=names[0],
                evidence=packages[names[0]],
            )
        else:
            yield from _provider(app, use, names, packages)
    active = tuple(use.provider for use in uses.values())
    sessions = list(_sessions(app, uses))
    yield from sessions
    only = _reading(sessions, active)
    calls = Calls(app.program, active, only)
    setups = {place for use in uses.values() for place in (_setup(app, use)[0],) if place is not None}
    if any((library.reads or library.members) and only.get(library.id, True) for library in active):
        yield from _checks(app, calls, setups)


def _installed(app: App) -> dict[str, tuple[Evidence, ...]]:
    """The packages of the catalog that the app, a package that it uses or the root depends on, with the line that says so."""
    found: dict[str, tuple[Evidence, ...]] = {}
    for package in (*app.packages, *app.roots):
        for name, (_, kind) in package.ranges().items():
            if name in BY_PACKAGE and name not in found:
                line = package.document.line(kind_table(kind), name) if package.document else None
                found[name] = (Evidence(package.manifest_path, line),)
    return found


def kind_table(kind: str) -> str:
    """The table of `package.json` that a kind of dependency stands in."""
    return {
        "prod": "dependencies",
        "dev": "devDependencies",
        "optional": "optionalDependencies",
        "peer": "peerDependencies",
    }[kind]


def _uses(app: App, packages: Iterable[str]) -> dict[str, Use]:
    """Library by id → where it is imported. Bytes decide which files are parsed, syntax decides what is an import."""
    needles = [name.encode() for name in packages]
    uses: dict[str, Use] = {}
    if not needles:
        return uses
    for path in app.files:
        if not path.endswith(CODE) or _ASIDE.search(path):
            continue
        source = app.repository.source(path)
        if source is None or not any(needle in source for needle in needles):
            continue
        syntax = app.program.syntax(path)
        if syntax is None:
            continue
        for found in syntax.imports:
            library = None if found.type_only else library_of(found.specifier)
            if library is not None:
                uses.setdefault(library.id, Use(library)).files.setdefault(path, []).append(found)
    _without_database_only(app, uses)
    return {library.id: uses[library.id] for library in LIBRARIES if library.id in uses}


def _without_database_only(app: App, uses: dict[str, Use]) -> None:
    """Supabase's client is a database's too: it authenticates only where something is called on its `auth`."""
    use = uses.get("supabase")
    if use is None:
        return
    calls = re.compile(
        rb"\.auth\s{0,40}\??\.\s{0,40}(?:getUser|getSession|getClaims|sign[A-Z]\w{0,30}|exchangeCodeForSession|verifyOtp|onAuthStateChange)\s{0,20}\("
    )
    for path in app.files:
        if path.endswith(CODE) and not _ASIDE.search(path):
            source = app.repository.source(path)
            if source is not None and b".auth" in source and calls.search(source):
                return
    del uses["supabase"]


def _named(app: App, names: list[str]) -> bool:
    """Whether any code names one of the packages between quotes, tests and types included."""
    quoted = [quote + name.encode() for name in names for quote in (b"'", b'"', b"`")]
    return any(
        any(one in source for one in quoted)
        for path in app.files
        if path.endswith(CODE) and (source := app.repository.source(path)) is not None
    )


def _provider(app: App, use: Use, names: list[str], packages: dict[str, tuple[Evidence, ...]]) -> Iterator[Fact]:
    library = use.provider
    setup, place = _setup(app, use)
    methods: dict[str, None] = {}
    strategy = adapter = None
    if setup is not None:
        syntax = app.program.syntax(setup)
        if syntax is not None:
            strategy = strategy_of(app.program, syntax, library)
            adapter = adapter_of(syntax)
            methods.update(dict.fromkeys(methods_of(app.program, syntax, library)))
    conditional: set[str] = set()
    shown: dict[Evidence, None] = {}  # where the methods stand
    for path, found in ((path, one) for path, imports in use.files.items() for one in imports):
        match = re.search(r"/providers/([\w-]+)$", found.specifier)
        if match and library.id == "auth-js":
            methods.setdefault(title(match[1]))
            shown.setdefault(Evidence(path, found.line))
            here = app.program.syntax(path)
            others = [other for other in use.files if other != path]
            if here is not None and found.local and _only_under_a_condition(app, here, found.local, others):
                conditional.add(title(match[1]))
        elif library.role == "oauth" and found.imported and _PROVIDER_CLASS.fullmatch(found.imported):
            methods.setdefault(found.imported)
    if library.id in ("supabase", "firebase"):
        methods.update(dict.fromkeys(_called(app)))
    if library.id == "auth-js":
        for path in use.files:
            here = app.program.syntax(path) if _OWN_PROVIDER.search(app.repository.source(path) or b"") else None
            for method, node in _own_providers(here) if here is not None else ():
                methods.setdefault(method)
                shown.setdefault(Evidence(path, line_of(node)))
                if here is not None and _kept_for_a_condition(app, here, node, [p for p in use.files if p != path]):
                    conditional.add(method)
    role: str = library.role
    if role == "password" and not any(_hashes_passwords(app.repository.source(path) or b"") for path in use.files):
        role = "hash"
    first = next(iter(use.files))
    evidence = place if place is not None else Evidence(first, use.files[first][0].line)
    imported = next((name for name in names if _imports(use, name)), names[0])
    version = app.version(imported)
    yield AuthProvider(
        id=library.id,
        name="NextAuth.js"
        if imported == "next-auth" and version is not None and version.startswith(("3.", "4."))
        else library.name,
        version=version,
        methods=tuple(methods),
        conditional=tuple(name for name in methods if name in conditional),
        role=role,
        package=imported,
        setup=setup,
        strategy=strategy,
        adapter=adapter,
        files=len(use.files),
        reachable=setup is None or _is_live(app, setup),
        evidence=tuple(dict.fromkeys((evidence, *list(shown)[:MAX_SHOWN], *_version_lines(app, imported, packages)))),
    )


def _version_lines(app: App, name: str, packages: dict[str, tuple[Evidence, ...]]) -> tuple[Evidence, ...]:
    """The lockfile's line of a package where it has one, and the manifest's."""
    for package in (*app.packages, *app.roots):
        installed = app.versions.installed(package, name) if package.depends_on(name) else None
        if installed is not None and installed.version is not None:
            return installed.evidence
    return packages.get(name, ())


def _without_comments(source: bytes) -> bytes:
    return _COMMENT.sub(lambda match: b"\n" * match[0].count(b"\n"), source)


def _hashes_passwords(source: bytes) -> bool:
    """Whether what is hashed or compared in a module is a password by its name, or by that of the function around it."""
    source = _without_comments(source)
    return any(
        _PASSWORD.search(source, max(0, match.start() - 200), match.end() + 100) is not None
        for match in _HASHES.finditer(source)
    )


def _only_under_a_condition(app: App, syntax: Syntax, name: str, others: list[str]) -> bool:
    """Whether a module uses what it imports under a name only in branches: `if (…) { … }`, `… ? … : …`, `… && …`.

    What it keeps of a call under a name of its own is followed into the other modules that set up the library.
    """
    calls = list(calls_of(syntax, name)) or list(_mentions(syntax, name))
    return bool(calls) and all(_kept_for_a_condition(app, syntax, call, others) for call in calls)


def _kept_for_a_condition(app: App, syntax: Syntax, node: Node, others: list[str]) -> bool:
    """Whether a value stands in a branch, or under a name that is used in branches alone."""
    made = node.parent if node.parent is not None and node.parent.type == "variable_declarator" else None
    kept = made.child_by_field_name("name") if made is not None else None
    if kept is not None and kept.type == "identifier":
        modules = [syntax, *(other for path in others if (other := app.program.syntax(path)) is not None)]
        places = [place for module in modules for place in _mentions(module, syntax.text(kept))]
        if places:
            return all(_in_a_branch(place) for place in places)
    return _in_a_branch(node)


def _own_providers(syntax: Syntax) -> Iterator[tuple[str, Node]]:
    """Providers that are written out: objects with `type: "oidc"` and a client's id. https://authjs.dev/guides/configuring-oauth-providers"""
    for node in walk(syntax.root):
        if node.type != "object":
            continue
        pairs = {
            syntax.text(key): syntax.text(value).strip("'\"`")
            for pair in node.named_children
            if (key := pair.child_by_field_name("key")) is not None
            and (value := pair.child_by_field_name("value")) is not None
        }
        if "clientId" in pairs and pairs.get("type") in ("oidc", "oauth"):
            yield "OIDC" if pairs["type"] == "oidc" else "custom OAuth", node


def _mentions(syntax: Syntax, name: str) -> Iterator[Node]:
    """Where a module uses a name; where it declares, imports or exports it is no use."""
    if name.encode() not in syntax.source:
        return
    for node in walk(syntax.root):
        if node.type == "identifier" and syntax.text(node) == name and node.parent is not None:
            kind = node.parent.type
            if not kind.startswith(("import_", "export_")) and (
                kind != "variable_declarator" or node.parent.child_by_field_name("name") != node
            ):
                yield node


def _in_a_branch(node: Node) -> bool:
    inner, outer = node, node.parent
    while outer is not None:
        if outer.type in ("if_statement", "ternary_expression") and outer.child_by_field_name("condition") != inner:
            return True
        if outer.type == "binary_expression" and outer.child_by_field_name("right") == inner:
            operator = outer.child_by_field_name("operator")
            if operator is not None and operator.type in ("&&", "||", "??"):
                return True
        inner, outer = outer, outer.parent
    return False


def _imports(use: Use, package: str) -> bool:
    return any(
        one.specifier == package or one.specifier.startswith(package + "/")
        for imports in use.files.values()
        for one in imports
    )


def _setup(app: App, use: Use) -> tuple[str | None, Evidence | None]:
    """The file that calls the library's own function of configuration, and where; a module of its own before a page's file."""
    found: list[tuple[tuple[bool, bool, int, str], Evidence]] = []
    for path, imports in use.files.items():
        names = [
            one.local
            for one in imports
            if one.imported in use.provider.setup and one.local and "/providers/" not in one.specifier
        ]
        source = app.repository.source(path) or b""
        for name in names:
            call = rb"(?<![\w$.])" + re.escape(name.encode()) + rb"\s{0,10}(?:<[^<>()]{0,200}>\s{0,10})?\("
            match = re.search(call, source)
            if match:
                line = source.count(b"\n", 0, match.start()) + 1
                stem = posixpath.basename(path).partition(".")[0]
                rank = (
                    bool(_ROUTE_FILE.search(path)),
                    stem in {"middleware", "proxy", "client"},
                    -("server" in stem),
                    path,
                )
                found.append((rank, Evidence(path, line)))
    if not found:
        return None, None
    if len(found) > 1:  # a leftover beside the one that is used
        found = [row for row in found if _is_live(app, row[1].path)] or found
    _, place = min(found, key=lambda row: row[0])
    return place.path, place


def _is_live(app: App, setup: str) -> bool:
    """Whether a router loads the module that configures a library, or another module does."""
    return _ROUTE_FILE.search(setup) is not None or "/pages/" in f"/{setup}" or _is_loaded(app, setup)


def _is_loaded(app: App, setup: str) -> bool:
    """Whether any other module imports the module that configures a library."""
    stem = posixpath.basename(setup).rpartition(".")[0]
    name = (stem if stem != "index" else posixpath.basename(posixpath.dirname(setup))).encode()
    quoted = re.compile(rb"['\"][^'\"\n]{0,200}" + re.escape(name) + rb"(?:\.[cm]?[jt]sx?)?['\"]")
    for path in app.files:
        if path == setup or not path.endswith(CODE):
            continue
        source = app.repository.source(path)
        if source is None or name not in source or quoted.search(source) is None:
            continue
        syntax = app.program.syntax(path)
        imports = (*syntax.imports, *syntax.dynamic_imports) if syntax is not None else ()
        specifiers = {
            *(one.specifier for one in imports),
            *(one.specifier for one in (syntax.exports if syntax else ()) if one.specifier),
        }
        if any(app.program.resolve(specifier, path) == setup for specifier in specifiers):
            return True
    return False


def _called(app: App) -> Iterator[str]:
    """What a person signs in with, by the client's calls."""
    left = {name: re.compile(name.encode() + rb"\s{0,10}\(") for name in METHODS}
    found: set[str] = set()
    code = False
    for path in app.files:
        source = app.repository.source(path) if path.endswith(CODE) and not _ASIDE.search(path) else None
        if source is None or not any(needle in source for needle in (b"signIn", b"createUserWith", b"verifyOtp")):
            continue
        for name in [name for name, pattern in left.items() if name.encode() in source and pattern.search(source)]:
            del left[name]
            found.add(METHODS[name])
        code = code or (b"verifyOtp" in source and _TYPED_CODE.search(source) is not None)
    if code and "magic link" in found:
        found = {"one-time code" if name == "magic link" else name for name in found}
    yield from sorted(found)


def _sessions(app: App, uses: dict[str, Use]) -> Iterator[Session]:
    """Sessions that the app keeps itself: a token that it signs into a cookie, or a cookie that a session library seals.

    A token that is signed for something else (an invitation, a state) is none; one that is only verified has the strategy `bearer`.
    """
    for library_id, names in _SIGNING.items():
        use = uses.get(library_id)
        for path, imports in (use.files if use is not None else {}).items():
            syntax = app.program.syntax(path)
            if syntax is None or use is None:
                continue
            signing = [one for one in imports if one.imported in names or one.kind in ("require", "namespace")]
            cookies = cookies_in(app.program, syntax) if signing and _signs(syntax, library_id) else []
            if signing and (cookies or library_id == "iron-session"):
                yield Session(
                    file=path,
                    by=use.provider.name,
                    strategy="sealed cookie" if library_id == "iron-session" else "jwt",
                    cookie=cookies[0].name if len({one.name for one in cookies}) == 1 else None,
                    evidence=(Evidence(path, signing[0].line), *(Evidence(path, one.line) for one in cookies[:1])),
                )
            elif any(one.imported == "jwtVerify" for one in imports) or (
                library_id == "jsonwebtoken" and _verifies(syntax)
            ):
                yield Session(
                    file=path, by=use.provider.name, strategy="bearer", evidence=(Evidence(path, imports[0].line),)
                )


_SIGNING = {
    "jose": {"SignJWT", "EncryptJWT"},
    "jsonwebtoken": {"sign", "default"},
    "iron-session": {"getIronSession", "sealData"},
}


def _reading(sessions: list[Session], active: tuple[Library, ...]) -> dict[str, frozenset[str]]:
    """Library → the only files in which its names read a session: a JWT is one where it is put into a cookie."""
    kept = [session for session in sessions if session.strategy != "bearer"]
    files = frozenset(session.file for session in kept)
    return {library.id: files for library in active if library.role == "jwt"}


def _verifies(syntax: Syntax) -> bool:
    return re.search(rb"\bverify\s{0,10}\(", syntax.source) is not None


def _signs(syntax: Syntax, library: str) -> bool:
    return library != "jsonwebtoken" or re.search(rb"\bsign\s{0,10}\(", syntax.source) is not None


def _is_library_handler(app: App, path: str, syntax: Syntax, setups: set[str]) -> bool:
    """Whether a handler is the library's own (`/api/auth/[...nextauth]`, a callback): nobody is signed in yet who calls it."""
    if path in setups:
        return True
    for one in syntax.imports:
        library = library_of(one.specifier)
        if library is not None and one.imported in _ENDPOINTS:
            return True
        if "[..." in path and (library is not None or app.program.resolve(one.specifier, path) in setups):
            return True
    return False


_ENDPOINTS = frozenset({"handleAuth", "toNextJsHandler", "getSignInUrl", "getSignUpUrl", "handleCallback"})
"""Functions of libraries that make or begin a sign-in."""


def _checks(app: App, calls: Calls, setups: set[str]) -> Iterator[Fact]:
    """For each route handler whether it comes to read the session, and the functions by which most do."""
    one = read_app(app, app.path)
    if one is None or not depends(app.package):
        return
    files = list(_handlers(app, one))
    if len(files) > MAX_CHECKED:
        return
    counted: dict[tuple[str, str, str], int] = {}
    checks = []
    for path in files:
        syntax = app.program.syntax(path)
        if syntax is None:
            continue
        if _is_library_handler(app, path, syntax, setups) or _SIGNS_IN.search(_without_comments(syntax.source)):
            continue  # nobody is signed in yet who calls it
        found = calls.reached(path, syntax.root)
        other, line = (None, None) if found else _other_check(syntax)
        by = (found.through[0][1] if found.through else found.name) if found else None
        checks.append(AuthCheck(file=path, by=by, other=other, evidence=(Evidence(path, line),)))
        for target in found.through if found else ():
            key = (*target, found.provider.name if found else "")
            counted[key] = counted.get(key, 0) + 1
    if calls.full:
        return
    yield from checks
    ranked = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    for (path, name, by), count in ranked[:MAX_HELPERS]:
        module = calls.module(path)
        if module is not None and not any(name in (one.local, one.name) for one in module.syntax.exports):
            continue  # nobody else can call it
        node = module.declared.get(name) if module is not None else None
        line = node.start_point[0] + 1 if node is not None else None
        yield AuthHelper(name=name, file=path, by=by, callers=count, evidence=(Evidence(path, line),))


def _other_check(syntax: Syntax) -> tuple[str | None, int | None]:
    """(what, line) of a check that asks for no session: a function named so, a header that is read, a secret of the environment."""
    source = _without_comments(syntax.source)
    for pattern in (_CHECKS, _HEADER, _SECRET, _REFUSES):
        match = pattern.search(source)
        if match is not None:
            return match[1].decode("utf-8", "replace"), source.count(b"\n", 0, match.start(1)) + 1
    return None, None


def _handlers(app: App, one: NextApp) -> Iterator[str]:
    """The files of the app's route handlers, in both routers."""
    routes: list[Found] = []
    if one.app is not None:
        routes.extend(app_routes(one.app, app.repository.folder, one.extensions, lambda _: False))
    if one.pages is not None:
        routes.extend(pages_routes(one.pages, app.repository.folder, one.extensions))
    yield from sorted({found.file for found in routes if found.kind == "handler" and found.file.endswith(CODE)})


ANALYZER = Analyzer(
    name="auth",
    reads="imports and calls of authentication libraries; where route handlers read the session",
    analyze=analyze,
    packages=tuple(BY_PACKAGE),
)
