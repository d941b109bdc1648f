"""Environment variables: the names that the app's code reads, and those that an example file documents. Never a value.

A read is `process.env.X`, `process.env["X"]`, a destructuring of it, an alias of it, `import.meta.env.X`, `Deno.env.get("X")`, a key of
a schema that `process.env` is parsed with, or `env("X")` in a Prisma schema. What is read by a name that is put together at run time
is not known.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from prefill.analyzer import Analyzer, App
from prefill.lazy import regex
from prefill.model import Evidence, Fact, Problem, Undocumented, VariableDocumented, VariableRead
from prefill.records import dataclass, field
from prefill.repository import is_secret
from prefill.typescript.parse import Syntax, line_of
from prefill.workspace import inside

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_SOURCE = 400_000  # bytes; larger modules are generated
MAX_READS = 2_000  # places of one file that are looked at
MAX_EXAMPLES = 60  # example files of other packages
MAX_CHAIN = 40  # calls of one schema, such as `z.object({…}).extend({…})`
PLACES = 3  # places of one variable that are cited

_CODE = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts")
_EMBEDDED = (".vue", ".svelte", ".astro")  # code inside another language, which is read line by line
_ASIDE = regex(
    r"(?:^|/)(?:__tests__|__mocks__|tests?|e2e|cypress|playwright|fixtures?|examples?|node_modules|\.next|\.nuxt|\.output|dist|build|out"
    r"|coverage|vendor|storybook-static)/"
    r"|\.(?:test|spec|stories|story|e2e|cy)\.[cm]?[jt]sx?$|\.min\.js$|\.d\.[cm]?ts$"
    r"|(?:^|/)(?:playwright|cypress|vitest|jest)[\w.-]*\.(?:config|setup|workspace)\.[cm]?[jt]s$",
    re.IGNORECASE,
)
_EXAMPLE = regex(r"(?:^|[._-])(?:example|examples|sample|template|dist|defaults?|schema)(?:$|[._-])")
_LINE = regex(r"[ \t]*(#[ \t]*)?(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*(.*)")
_CONSTANT = regex(r"[A-Z][A-Z0-9_]*\Z")
_NAME = regex(r"[A-Za-z_][A-Za-z0-9_]*\Z")

READ = regex(rb"\b(?:process\.env|import\.meta\.env|Bun\.env|Deno\.env\.get)\b")
_MEMBER = regex(rb"""(?:\?\.|!?\.)([A-Za-z_]\w*)\b|!?\[["']([A-Za-z_]\w*)["']\]""")
_AFTER = regex(rb"""\s*(?:\?\?=|\|\|=|=(?![=>]))""")
_IMPORTED = regex(
    rb"""import\s{0,4}\{([^{}]{0,4000})\}\s{0,4}from\s{0,4}["'](?:\$env/static/(?:private|public)|astro:env/(?:server|client))["']"""
)
_PROCESS = regex(
    rb"""\{[^{}]{0,200}\benv\b[^{}]{0,200}\}\s{0,4}(?:=\s{0,4}process\b|from\s{0,4}["'](?:node:)?process["'])"""
)
_SCHEMA = regex(rb"\b(?:createEnv|cleanEnv|parseEnv)\b")
# One of these words is in every file that reads a variable: a search for a word costs a tenth of one for a pattern.
_MAKERS = (b"createEnv", b"cleanEnv", b"parseEnv")
_ALIASES = (b"= process", b"process'", b'process"')
_WORDS = (
    b"process.env",
    b"import.meta.env",
    b"Bun.env",
    b"Deno.env",
    b"$env/static",
    b"astro:env",
    *_MAKERS,
    *_ALIASES,
)
_PRISMA = regex(r"""^(?![ \t]*//)[^\n]*?\benv\([ \t]*"([A-Za-z_]\w*)"[ \t]*\)""", re.MULTILINE)

_TRANSPARENT = frozenset({"parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression"})
_OBJECT_SCHEMAS = frozenset({"object", "strictObject", "looseObject", "extend", "merge"})
_VALIDATORS = frozenset({"parse", "safeParse", "parseAsync", "safeParseAsync"})

# What sets a variable without anyone's doing. https://vercel.com/docs/environment-variables/system-environment-variables
# https://nodejs.org/api/cli.html#environment-variables https://vite.dev/guide/env-and-mode
_GIVEN = {
    "Node.js": ("NODE_ENV", "NODE_OPTIONS", "NODE_DEBUG", "NODE_PATH", "NO_COLOR", "FORCE_COLOR", "NODE_TLS_REJECT_UNAUTHORIZED"),
    "Next.js": ("NEXT_RUNTIME", "NEXT_PHASE", "TURBOPACK", "__NEXT_PRIVATE_ORIGIN"),
    "the shell": (
        "PATH", "HOME", "PWD", "USER", "USERNAME", "SHELL", "TERM", "TZ", "LANG", "HOSTNAME", "TMPDIR", "TEMP", "TMP", "EDITOR", "APPDATA",
        "LOCALAPPDATA", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME",
    ),
    "the host": ("PORT",),
    "the CI service": ("CI", "CONTINUOUS_INTEGRATION"),
    "GitHub Actions": (
        "GITHUB_ACTIONS", "GITHUB_ACTOR", "GITHUB_BASE_REF", "GITHUB_EVENT_NAME", "GITHUB_EVENT_PATH", "GITHUB_HEAD_REF", "GITHUB_JOB",
        "GITHUB_OUTPUT", "GITHUB_REF", "GITHUB_REF_NAME", "GITHUB_REPOSITORY", "GITHUB_RUN_ID", "GITHUB_RUN_NUMBER", "GITHUB_SHA",
        "GITHUB_STEP_SUMMARY", "GITHUB_WORKFLOW", "GITHUB_WORKSPACE", "RUNNER_OS",
    ),
    "Vercel": (
        "VERCEL", "VERCEL_ENV", "VERCEL_TARGET_ENV", "VERCEL_URL", "VERCEL_BRANCH_URL", "VERCEL_PROJECT_PRODUCTION_URL", "VERCEL_REGION",
        "VERCEL_DEPLOYMENT_ID", "VERCEL_PROJECT_ID", "VERCEL_SKEW_PROTECTION_ENABLED", "VERCEL_AUTOMATION_BYPASS_SECRET",
        "VERCEL_OIDC_TOKEN", "VERCEL_GIT_PROVIDER", "VERCEL_GIT_REPO_SLUG", "VERCEL_GIT_REPO_OWNER", "VERCEL_GIT_REPO_ID",
        "VERCEL_GIT_COMMIT_REF", "VERCEL_GIT_COMMIT_SHA", "VERCEL_GIT_COMMIT_MESSAGE", "VERCEL_GIT_COMMIT_AUTHOR_LOGIN",
        "VERCEL_GIT_COMMIT_AUTHOR_NAME", "VERCEL_GIT_PREVIOUS_SHA", "VERCEL_GIT_PULL_REQUEST_ID",
    ),
    "Netlify": ("NETLIFY", "NETLIFY_DEV", "NETLIFY_LOCAL", "COMMIT_REF", "DEPLOY_PRIME_URL", "DEPLOY_URL"),
    "Cloudflare": ("CF_PAGES", "CF_PAGES_BRANCH", "CF_PAGES_COMMIT_SHA", "CF_PAGES_URL"),
    "Render": ("RENDER", "RENDER_EXTERNAL_HOSTNAME", "RENDER_EXTERNAL_URL", "RENDER_GIT_COMMIT", "RENDER_SERVICE_NAME"),
    "Railway": ("RAILWAY_ENVIRONMENT_NAME", "RAILWAY_PUBLIC_DOMAIN", "RAILWAY_GIT_COMMIT_SHA", "RAILWAY_STATIC_URL"),
    "Fly": ("FLY_ALLOC_ID", "FLY_APP_NAME", "FLY_MACHINE_ID", "FLY_REGION", "PRIMARY_REGION"),
    "AWS Lambda": ("AWS_LAMBDA_FUNCTION_NAME", "AWS_EXECUTION_ENV", "LAMBDA_TASK_ROOT"),
    "the test runner": ("VITEST", "VITEST_POOL_ID", "VITEST_WORKER_ID", "JEST_WORKER_ID", "PLAYWRIGHT", "STORYBOOK"),
    "Turborepo": ("TURBO_HASH",),
}  # fmt: skip
_BY_VITE = frozenset({"MODE", "DEV", "PROD", "SSR", "BASE_URL", "SITE", "ASSETS_PREFIX", "LEGACY"})
# Vercel gives its own again with the prefix by which a framework hands variables to the browser.
_PREFIXES = ("NEXT_PUBLIC_", "VITE_", "PUBLIC_", "NUXT_ENV_", "NUXT_PUBLIC_", "REACT_APP_", "GATSBY_")


def _table() -> dict[str, str]:
    table = {name: by for by, names in _GIVEN.items() for name in names}
    for name in _GIVEN["Vercel"]:
        for prefix in _PREFIXES:
            table[prefix + name] = "Vercel"
    return table


GIVEN = _table()


# What runs beside the app: a script, a stand-in for tests, a program that fills the database.
_BESIDE = regex(
    r"(?:^|/)(?:scripts?|bin|integration|mocks?|seeds?|evals?|benchmarks?|tools?|testing|test-utils|\.storybook|\.github)/"
    r"|(?:^|/)(?:[\w.-]+[._-])?(?:mocks?|tests?|testing|seed|seeder|backfill|reset|eval|benchmark)(?:[._-][\w.-]+)?\.[cm]?[jt]sx?$",
    re.IGNORECASE,
)
_CONFIG = regex(r"(?:^|/)[\w.-]+\.config\.[cm]?[jt]s$")  # of a tool that builds a package
MAX_KEY = 30  # lines of one key of a schema
_FALLBACK = regex(r"\s*[)!]?\s*(?:\?\?|\|\||&&|[!=]==?|\?(?!\.)|\.(?:toLowerCase|toUpperCase)\(\)\s*[!=]==?)")
_ASKED = regex(r"(?:\|\||\?\?|&&|!|\bif\s*\(|\bBoolean\(|[!=]==?)\s*\(?\s*\Z")
_READ_BEFORE = regex(r"(?:[\w)]\s?(?:\?\.|!?\.)|\benv\.get\([\"']|[\w)]!?\[[\"'])\Z")
_GUARD = regex(r"\bif\s?\([\w.?\[\"']{0,40}\Z")
_KEPT = regex(r"\b(?:const|let)\s+(\w{1,80})\s*=\s*(?:process|import\.meta|Bun|Deno)\b[\w.?\[(\"']{0,20}\Z")
MAX_AFTER = 60  # lines after a read in which its value may be asked for
_REFUSAL = regex(r"\bif\s?\(\s?![\w.?\[\"']{0,40}\Z")
_OPTIONAL = regex(r"optional|default|\.(?:nullish|catch|prefault)\(|\bnullish\(", re.IGNORECASE)


@dataclass(slots=True)
class _Seen:
    """Where a variable is read, and by how many files; `needed` by those of the app that run it and fall back on nothing."""

    places: list[Evidence] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    only_vite: bool = True
    needed: list[str] = field(default_factory=list)
    by_schema: bool = False  # a schema asks for it


def analyze(app: App) -> Iterable[Fact | Problem]:
    """What is read, what is documented, and what is read and documented nowhere."""
    seen: dict[str, _Seen] = {}
    for path in app.near:
        lines: dict[str, list[int]] = {}
        for name, line, vite in _reads(app, path):
            lines.setdefault(name, []).append(line)
            row = seen.setdefault(name, _Seen())
            row.only_vite = row.only_vite and vite and name in _BY_VITE
            row.files.add(path)
            place = Evidence(path, line)
            if len(row.places) < PLACES and place not in row.places:
                row.places.append(place)
        if (
            lines
            and not _BESIDE.search(app.relative(path))
            and (app.package_of(path) is app.package or not _CONFIG.search(path))
        ):
            text = (app.text(path) or "").splitlines()
            for name, numbers in lines.items():
                need = "plain" if path.endswith(".prisma") else needed(text, name, numbers)
                if need is not None:
                    seen[name].needed.append(path)
                    seen[name].by_schema = seen[name].by_schema or need == "schema"
    given = {name: "Vite" if row.only_vite else given_by(name) for name, row in seen.items()}
    for name in sorted(seen):
        row = seen[name]
        yield VariableRead(name=name, files=len(row.files), given_by=given[name], evidence=tuple(row.places))
    examples = tuple(path for path in app.repository.files if is_example(path) and _counts(app, path))
    documented: dict[str, Evidence] = {}
    for path in examples:
        for name, line in documented_names(app.text(path) or ""):
            documented.setdefault(name, Evidence(path, line))
    for name in sorted(documented):
        yield VariableDocumented(name=name, evidence=(documented[name],))
    order = sorted(seen, key=lambda name: (not seen[name].by_schema, name))
    missing = tuple(name for name in order if given[name] is None and seen[name].needed and name not in documented)
    if missing:
        elsewhere = _elsewhere(app, examples)
        missing = tuple(
            name
            for name in missing
            if name not in elsewhere or any(inside(path, app.path) and app.own(path) for path in seen[name].needed)
        )
    links = app.repository.scan.links  # which may lead nowhere
    unread = tuple(path for path in app.repository.files if _sets(path) and path not in links and _counts(app, path))
    if seen or examples:
        yield Undocumented(
            names=missing,
            examples=examples,
            unread=unread,
            evidence=tuple(seen[name].places[0] for name in missing[:PLACES]),
        )


def _elsewhere(app: App, examples: tuple[str, ...]) -> set[str]:
    """The names in the example files of other apps, which may be the ones that a shared package's code is for."""
    others = [path for path in app.repository.files if is_example(path) and path not in examples][:MAX_EXAMPLES]
    return {name for path in others if not _ASIDE.search(path) for name, _ in documented_names(app.text(path) or "")}


def needed(text: Sequence[str], name: str, numbers: Iterable[int]) -> Literal["schema", "plain"] | None:
    """By what one of the lines that read a variable needs it; a schema in the same file rules over its other lines.

    Going by the text: no `??`, `||`, comparison or condition stands beside the read, no `optional()` or `default()` in the key.
    """
    plain: list[bool] = []
    keys: list[bool] = []
    word = re.compile(rf"\b{re.escape(name)}\b")
    for number in numbers:
        line = text[number - 1] if 0 < number <= len(text) else ""
        for match in list(word.finditer(line))[:20]:
            before = line[: match.start()]
            after = "\n".join((line[match.end() :], *text[number : number + 1]))
            if _READ_BEFORE.search(before):
                start = re.split(r"[\w.?!\[\"'(]*\Z", before, maxsplit=1)[0]
                after = after[1:].lstrip("]") if after[:1] in {'"', "'"} else after
                if _REFUSAL.search(before) and "throw " in "".join(text[number - 1 : number + 2]):
                    return "plain"
                if _GUARD.search(before):
                    return None  # what follows is for where it is set
                kept = _KEPT.search(before)
                plain.append(
                    not (_FALLBACK.match(after) or _ASKED.search(start) or _negated(before))
                    and not (kept and _falls_back(text, kept[1], number))
                )
            elif re.match(r"[\"']\s+in\b", line[match.end() :]):
                plain.append(False)
            elif re.match(r"[\"']?\s*:", line[match.end() :]) and not re.search(
                r"\}\s*=\s*(?:process|import\.meta)\.env", line
            ):
                end = number
                depth = _indentation(line)
                while end < min(len(text), number + MAX_KEY) and _indentation(text[end]) > depth:
                    end += 1
                key = "\n".join((line[match.end() :], *text[number:end]))
                if not re.search(rf"env\W{{1,4}}{re.escape(name)}\b", key):
                    keys.append(_OPTIONAL.search(key) is None)
            elif re.match(r"\s*=(?![=>])", line[match.end() :]):
                plain.append(False)  # `const { A = "x" } = process.env`
            else:
                plain.append(True)
    if keys:
        return "schema" if any(keys) else None
    return "plain" if any(plain) else None


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip()) if line.strip() else len(line) + 1_000


def _falls_back(text: Sequence[str], local: str, number: int) -> bool:
    """Whether one of the next lines asks whether the constant that keeps the value is set, and does not throw."""
    asks = re.compile(
        rf"\b{re.escape(local)}\b\s{{0,4}}(?:\?\?|\|\||&&|\?(?!\.)|[!=]==)|\bif\s?\(\s?!?{re.escape(local)}\b|!{re.escape(local)}\b"
    )
    for at, line in enumerate(text[number : number + MAX_AFTER], number):
        if asks.search(line) and "throw " not in "".join(text[at : at + 3]):
            return True
    return False


def _negated(before: str) -> bool:
    """Whether `!` or a condition stands right before the expression that reads."""
    return re.search(r"(?:!|\bif\s?\(|\bBoolean\(|\|\||\?\?|&&)\s?[\w.?\[(\"']{0,40}\Z", before) is not None


def given_by(name: str) -> str | None:
    """What sets a variable by itself: `Vercel`, `Node.js` …; None where a person has to."""
    return "the package manager" if name.startswith(("npm_", "NPM_CONFIG_")) else GIVEN.get(name)


# what is documented ---------------------------------------------------------------------------------------------------


def is_example(path: str) -> bool:
    """Whether a file shows which variables there are, by its name: `.env.example`, `env.sample`, `example.env` …"""
    name = posixpath.basename(path).lower()
    if name.endswith((*_CODE, *_EMBEDDED, ".json", ".md", ".mdx", ".yml", ".yaml")) or is_secret(path):
        return False
    like = name.startswith((".env", "env.", "env-", "env_", ".dev.vars")) or name.endswith(".env")
    return like and _EXAMPLE.search(name) is not None


def _sets(path: str) -> bool:
    """Whether a file may set variables for good, by its name: `.env`, `.env.production`. Such a file is never opened."""
    name = posixpath.basename(path)
    return (name == ".env" or name.startswith((".env.", ".dev.vars"))) and is_secret(path)


def documented_names(text: str) -> Iterator[tuple[str, int]]:
    """(name, line) of the assignments in an example file; a commented-out one documents too. Values are left alone.

    A value in quotes may go over several lines. https://dotenvx.com/docs/env-file
    """
    closing = ""
    start = 0
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if closing:
            if closing in line:
                closing = ""
            elif at == len(lines):  # never closed: it was no quote
                closing, at = "", start
            continue
        match = _LINE.match(line)
        if match is None or (match[1] and not _CONSTANT.match(match[2])):
            continue
        yield match[2], at
        quote = match[3][:1]
        if not match[1] and quote in {'"', "'", "`"} and quote not in match[3][1:]:
            closing, start = quote, at


def _counts(app: App, path: str) -> bool:
    """Whether an example file is the app's, of a workspace package that it uses, or of the whole repository."""
    return not _ASIDE.search(app.relative(path)) and app.package_of(path) in (*app.packages, *app.roots)


# what is read ---------------------------------------------------------------------------------------------------------


def _reads(app: App, path: str) -> Iterator[tuple[str, int, bool]]:
    """(name, line, whether by `import.meta.env`) of what a file reads."""
    if path.endswith(".prisma"):
        text = app.text(path) or ""
        for match in _PRISMA.finditer(text):
            yield match[1], text.count("\n", 0, match.start(1)) + 1, False
        return
    if not path.endswith(_CODE + _EMBEDDED):
        return
    source = app.repository.source(path)
    if source is None or b"env" not in source or len(source) > MAX_SOURCE:
        return
    if not any(word in source for word in _WORDS) or _ASIDE.search(app.relative(path)):
        return
    yield from _imported(source)
    schema = any(word in source for word in _MAKERS)
    aliased = any(word in source for word in _ALIASES) and _PROCESS.search(source) is not None
    matches = list(READ.finditer(source))[:MAX_READS]
    if not matches and not schema and not aliased:
        return
    if not schema and not aliased:
        plain = plain_reads(source, matches)
        if plain is not None:
            yield from plain
            return
    if path.endswith(_EMBEDDED):
        yield from plain_reads(source, matches, sure=False) or ()
        return
    syntax = app.program.syntax(path)
    if syntax is not None:
        yield from reads(syntax)


def _imported(source: bytes) -> Iterator[tuple[str, int, bool]]:
    """What SvelteKit and Astro give as exports of a module. https://svelte.dev/docs/kit/$env-static-private"""
    if b"$env/static" not in source and b"astro:env" not in source:
        return
    for match in _IMPORTED.finditer(source):
        for part in match[1].decode("utf-8", "replace").split(","):
            name = part.strip().partition(" ")[0]
            if _CONSTANT.match(name):
                at = source.find(name.encode(), match.start())
                yield name, source.count(b"\n", 0, at) + 1, False


def plain_reads(
    source: bytes, matches: Iterable[re.Match[bytes]], *, sure: bool = True
) -> list[tuple[str, int, bool]] | None:
    """The reads of a file whose every mention of the environment is a plain member of it in plain code; None where one is in doubt.

    Parsing a file costs a hundred times this. In doubt is what may stand in a comment, a string or a template, and what does anything
    else with the environment than to read one member. With `sure` false, what is in doubt is left out instead.
    """
    out: list[tuple[str, int, bool]] = []
    for match in matches:
        start = source.rfind(b"\n", 0, match.start()) + 1
        before = source[start : match.start()]
        member = _MEMBER.match(source, match.end())
        if (
            member is None
            or b"//" in before
            or before.count(b"'") % 2
            or before.count(b'"') % 2
            or before.lstrip().startswith(b"*")
            or source.count(b"`", 0, match.start()) % 2
            or source.rfind(b"/*", 0, match.start()) > source.rfind(b"*/", 0, match.start())
            or _AFTER.match(source, member.end())
            or before.rstrip().endswith((b"delete", b"."))
        ):
            if sure:
                return None
            continue
        name = (member[1] or member[2]).decode()
        out.append((name, source.count(b"\n", 0, match.start()) + 1, match[0].startswith(b"import")))
    return out


def reads(syntax: Syntax) -> Iterator[tuple[str, int, bool]]:
    """The reads of a module by its syntax."""
    aliases: set[str] = set()
    for match in list(READ.finditer(syntax.source))[:MAX_READS]:
        node = syntax.root.descendant_for_byte_range(match.start(), match.end())
        if node is None or node.type != "member_expression" or node.start_byte != match.start():
            continue
        if node.end_byte != match.end():
            continue
        vite = match[0].startswith(b"import")
        if match[0].startswith(b"Deno"):
            name = _first_string(syntax, node.parent)
            if name is not None:
                yield name, line_of(node), False
            continue
        for name, line in _members(syntax, node, aliases):
            yield name, line, vite
    aliases |= _of_process(syntax)
    for alias in sorted(aliases):
        for match in list(re.finditer(rb"\b" + re.escape(alias.encode()) + rb"\b", syntax.source))[:MAX_READS]:
            node = syntax.root.descendant_for_byte_range(match.start(), match.end())
            if node is None or node.type != "identifier":
                continue
            for name, line in _members(syntax, node, set()):
                if _CONSTANT.match(name):
                    yield name, line, False
    if _SCHEMA.search(syntax.source):
        yield from ((name, line, False) for name, line in _created(syntax))


def _members(syntax: Syntax, node: Node, aliases: set[str]) -> Iterator[tuple[str, int]]:
    """(name, line) of what is read of an expression that is the environment; other names for it go into `aliases`."""
    parent = node.parent
    while parent is not None and parent.type in _TRANSPARENT:
        node, parent = parent, parent.parent
    if parent is None:
        return
    if parent.type in {"member_expression", "subscript_expression"}:
        if parent.child_by_field_name("object") != node or _is_written(parent):
            return
        name = parent.child_by_field_name("property") or parent.child_by_field_name("index")
        text = (syntax.string(name) if parent.type == "subscript_expression" else syntax.text(name)) if name else None
        if text and _NAME.match(text):
            yield text, line_of(name or parent)
    elif parent.type in {"variable_declarator", "assignment_pattern", "assignment_expression"}:
        pattern = parent.child_by_field_name("name") or parent.child_by_field_name("left")
        if pattern is None or pattern == node:
            return
        if pattern.type == "identifier" and parent.type == "variable_declarator":
            aliases.add(syntax.text(pattern))
        elif pattern.type == "object_pattern":
            yield from _keys(syntax, pattern)
    elif parent.type == "binary_expression":
        left = parent.child_by_field_name("left")
        operator = parent.child_by_field_name("operator")
        if left is not None and left != node and operator is not None and operator.type == "in":
            text = syntax.string(left)
            if text and _NAME.match(text):
                yield text, line_of(left)
    elif parent.type == "arguments":
        yield from _validated(syntax, parent)


def _is_written(member: Node) -> bool:
    parent = member.parent
    if parent is None:
        return False
    if parent.type == "assignment_expression":
        return parent.child_by_field_name("left") == member
    return parent.type == "unary_expression" and any(child.type == "delete" for child in parent.children)


def _keys(syntax: Syntax, pattern: Node) -> Iterator[tuple[str, int]]:
    """The keys of an object or of a pattern that takes one apart, where they are names of variables."""
    for child in pattern.named_children:
        key = child.child_by_field_name("key") or child.child_by_field_name("left") or child
        if key.type in {
            "shorthand_property_identifier_pattern",
            "property_identifier",
            "shorthand_property_identifier",
        }:
            text: str | None = syntax.text(key)
        else:
            text = syntax.string(key)
        if text and _NAME.match(text):
            yield text, line_of(key)


def _of_process(syntax: Syntax) -> set[str]:
    """The names of `env` in `const { env } = process` and `import { env } from "node:process"`."""
    found: set[str] = set()
    if b"process" not in syntax.source:
        return found
    for one in syntax.imports:
        if one.specifier in {"process", "node:process"} and one.imported == "env" and one.local:
            found.add(one.local)
    for match in list(re.finditer(rb"=\s{0,4}process\b(?!\s{0,4}[.?\[(])", syntax.source))[:MAX_READS]:
        at = match.end() - len(b"process")
        node = syntax.root.descendant_for_byte_range(at, match.end())
        parent = node.parent if node is not None and node.type == "identifier" else None
        pattern = parent.child_by_field_name("name") if parent is not None else None
        if pattern is None or pattern.type != "object_pattern":
            continue
        for child in pattern.named_children:
            if child.type == "shorthand_property_identifier_pattern" and syntax.text(child) == "env":
                found.add("env")
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if key is not None and value is not None and syntax.text(key) == "env" and value.type == "identifier":
                found.add(syntax.text(value))
    return found


# schemas --------------------------------------------------------------------------------------------------------------


def _validated(syntax: Syntax, arguments: Node) -> Iterator[tuple[str, int]]:
    """The keys of the schema in `schema.parse(process.env)`, `v.parse(schema, process.env)`, `cleanEnv(process.env, {…})`."""
    call = arguments.parent
    callee = call.child_by_field_name("function") if call is not None else None
    if callee is None:
        return
    if callee.type == "member_expression":
        name, object_ = callee.child_by_field_name("property"), callee.child_by_field_name("object")
        if name is not None and object_ is not None and syntax.text(name) in _VALIDATORS:
            yield from _schema_keys(syntax, object_)
            for argument in arguments.named_children:
                yield from _schema_keys(syntax, argument)
    elif syntax.text(callee) in {"parse", "safeParse"}:
        for argument in arguments.named_children:
            yield from _schema_keys(syntax, argument)


def _schema_keys(syntax: Syntax, node: Node | None) -> Iterator[tuple[str, int]]:
    """The keys that the calls of a schema name: `z.object({ A: … }).extend({ B: … })`."""
    for _ in range(MAX_CHAIN):
        if node is None:
            return
        if node.type == "identifier":
            node = _declared(syntax, syntax.text(node))
            continue
        if node.type in _TRANSPARENT or node.type == "member_expression":
            node = node.child_by_field_name("object") or next(iter(node.named_children), None)
            continue
        if node.type != "call_expression":
            return
        callee, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if callee is None or arguments is None:
            return
        if syntax.text(callee).rpartition(".")[2] in _OBJECT_SCHEMAS:
            for argument in arguments.named_children:
                if argument.type == "object":
                    yield from ((name, line) for name, line in _keys(syntax, argument) if _CONSTANT.match(name))
        node = callee.child_by_field_name("object") if callee.type == "member_expression" else None


def _created(syntax: Syntax) -> Iterator[tuple[str, int]]:
    """The keys of `createEnv({ server: {…}, client: {…} })` of t3-env, of envalid's `cleanEnv` and of znv's `parseEnv`.

    https://env.t3.gg/docs/core https://github.com/af/envalid
    """
    packages = {one.local: one.specifier for one in syntax.imports}
    for match in list(_SCHEMA.finditer(syntax.source))[:MAX_READS]:
        node = syntax.root.descendant_for_byte_range(match.start(), match.end())
        call = node.parent if node is not None and node.type == "identifier" else None
        if node is None or call is None or call.type != "call_expression":
            continue
        specifier = packages.get(syntax.text(node)) or ""
        arguments = call.child_by_field_name("arguments")
        objects = [_object(syntax, child) for child in arguments.named_children] if arguments is not None else []
        for found in objects:
            if found is None:
                continue
            if specifier.startswith("@t3-oss/env-"):
                for child in found.named_children:
                    key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                    if key is not None and syntax.text(key) in {"server", "client", "shared"}:
                        inner = _object(syntax, value)
                        if inner is not None:
                            yield from _keys(syntax, inner)
            elif specifier in {"envalid", "znv"}:
                yield from _keys(syntax, found)


def _object(syntax: Syntax, node: Node | None) -> Node | None:
    """The object literal that an expression is, or that the constant which it names is."""
    if node is not None and node.type == "identifier":
        node = _declared(syntax, syntax.text(node))
    return node if node is not None and node.type == "object" else None


def _declared(syntax: Syntax, name: str) -> Node | None:
    """The value of a constant at the top level of the module."""
    for statement in syntax.root.named_children:
        node = statement.child_by_field_name("declaration") if statement.type == "export_statement" else statement
        if node is None or node.type not in {"lexical_declaration", "variable_declaration"}:
            continue
        for declarator in node.named_children:
            declared = declarator.child_by_field_name("name")
            if declared is not None and syntax.text(declared) == name:
                return declarator.child_by_field_name("value")
    return None


def _first_string(syntax: Syntax, call: Node | None) -> str | None:
    arguments = call.child_by_field_name("arguments") if call is not None else None
    first = next(iter(arguments.named_children), None) if arguments is not None else None
    text = syntax.string(first) if first is not None else None
    return text if text and _NAME.match(text) else None


ANALYZER = Analyzer(
    name="environment",
    reads="sources that read environment variables, and example files such as .env.example (names alone)",
    analyze=analyze,
)
