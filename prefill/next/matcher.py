"""The matcher of a gate: compiled as Next compiles it, and asked for which pathnames it runs.

Encodes `config.matcher` (https://nextjs.org/docs/app/api-reference/file-conventions/proxy#matcher): strings, lists, objects with
`has` / `missing` / `locale`, with the app's `basePath` and `i18n`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from prefill.lazy import regex
from prefill.model import Matcher
from prefill.next.conventions import is_dynamic
from prefill.next.language import Algebra, Node, Unsupported
from prefill.next.patterns import PatternError, regexp_of
from prefill.next.regexp import language

_PARAMETER = regex(r"\[{1,2}[^/]{0,200}?\]{1,2}(?=/|$)")

_SAMPLES = ("q7w", "a.b", "_next")  # nothing in particular, a file, what matchers usually except

Verdict = Literal["covered", "uncovered", "undetermined"]

EVERYTHING = "^.*$"
"""What a gate without a matcher runs on: every request, files of `public` and `_next` included."""

MAX_SOURCE = 4096
_KEYS = frozenset({"source", "locale", "has", "missing"})

# What Next appends and prepends so that a matcher also holds for the data of a page, not only for its document.
_SEGMENTS = r"\.segments/.+\.segment\.rsc"
_TRANSPORT = rf"\.rsc|{_SEGMENTS}"
_DATA = rf"{{(\.json|{_TRANSPORT})}}?"
_PREFIX = "/:nextData(_next/data/[^/]{1,})?"
_LOCALE = "/:nextInternalLocale((?!_next/)[^/.]{1,})"


class MatcherError(ValueError):
    """A matcher that Next refuses, and why."""


def compile_matchers(value: Any, *, base_path: str = "", i18n: bool = False) -> tuple[Matcher, ...]:
    """The entries of `config.matcher` as regular expressions. Raises MatcherError."""
    if isinstance(value, dict):
        raise MatcherError("a matcher that is an object must stand in a list")
    entries = value if isinstance(value, list) else [value]
    return tuple(_compile(entry, base_path, i18n) for entry in entries)


def _compile(entry: Any, base_path: str, i18n: bool) -> Matcher:
    written: Mapping[str, Any] = (
        {"source": entry} if isinstance(entry, str) else entry if isinstance(entry, dict) else {}
    )
    source = written.get("source")
    if not isinstance(source, str) or not source.startswith("/"):
        raise MatcherError("each matcher must be a path that starts with `/`")
    if len(source) > MAX_SOURCE:
        raise MatcherError(f"a matcher must not be longer than {MAX_SOURCE} characters")
    if unknown := sorted(written.keys() - _KEYS):
        raise MatcherError(f"it knows no `{unknown[0]}` of a matcher")
    if written.get("locale") not in (False, None):
        raise MatcherError("`locale` of a matcher must be false")
    if any(not isinstance(written[kind], list) for kind in ("has", "missing") if kind in written):
        raise MatcherError("`has` and `missing` of a matcher must be lists")
    root = source == "/"
    path = source
    if i18n and written.get("locale") is not False:
        path = _LOCALE + ("" if root else source)
    index = rf"/?index|/?index\.json|/?index(?:{_TRANSPORT})"
    suffix = (rf"(|\.json|{index})?" if i18n else f"({index})?") if root else _DATA
    path = base_path + _PREFIX + path + suffix
    try:
        regexp = regexp_of(path)
    except PatternError as error:
        raise MatcherError(str(error)) from None
    conditions = tuple(
        f"{kind} {_condition(item)}"
        for kind in ("has", "missing")
        if isinstance(rows := written.get(kind), list)
        for item in rows
        if isinstance(item, dict)
    )
    return Matcher(source=source, regexp=regexp, conditions=conditions)


def _condition(item: Mapping[str, Any]) -> str:
    text = " ".join(str(item[key]) for key in ("type", "key") if isinstance(item.get(key), str))
    value = item.get("value")
    return f"{text}={value}" if isinstance(value, str) else text


def verdicts(
    matchers: Iterable[Matcher] | None, pathnames: Iterable[str], *, base_path: str = "", locale: str | None = None
) -> dict[str, Verdict]:
    """For each pathname whether the gate runs: None for `matchers` means that there is no matcher.

    A dynamic pathname gets a verdict only if it is the same for every value. An entry that asks that something be `missing` (a
    prefetch header) holds for a plain request; one that asks for something (`has`) depends on the request. `locale` is the default
    locale of an app with `i18n`, which Next puts before the path that it matches.
    """
    if matchers is None:
        return dict.fromkeys(pathnames, "covered")
    algebra = Algebra()
    always: list[Node] = []
    sometimes: list[Node] = []
    unknown = False
    for matcher in matchers:
        conditional = any(condition.startswith("has ") for condition in matcher.conditions)
        try:
            (sometimes if conditional else always).append(language(algebra, matcher.regexp))
        except Unsupported:
            unknown = True
    try:
        runs, may = algebra.either(*always), algebra.either(*sometimes)
    except Unsupported:
        return dict.fromkeys(pathnames, "undetermined")
    prefix = base_path + (f"/{locale}" if locale else "")
    return {pathname: _verdict(algebra, runs, may, pathname, prefix, unknown=unknown) for pathname in pathnames}


def _verdict(algebra: Algebra, runs: Node, may: Node, pathname: str, prefix: str, *, unknown: bool) -> Verdict:
    try:
        if is_dynamic(pathname):
            paths = paths_of(algebra, pathname, prefix)
            # Two values that differ are proof enough; only where samples agree must all be compared.
            samples = {algebra.accepts(runs, prefix + _PARAMETER.sub(value, pathname)) for value in _SAMPLES}
            found: str = "some" if len(samples) == 2 else algebra.compare(paths, runs)
            possible = found == "some" or (found == "none" and algebra.compare(paths, may) != "none")
        else:
            path = (prefix + pathname).removesuffix("/") or "/" if prefix else pathname
            found = "all" if algebra.accepts(runs, path) else "none"
            possible = found == "none" and algebra.accepts(may, path)
    except Unsupported:
        return "undetermined"
    except RecursionError:
        return "undetermined"
    if found == "all":
        return "covered"
    return "undetermined" if possible or unknown else "uncovered"


def ordinary(pathname: str) -> str:
    """A dynamic pathname with parameters that look like nothing in particular: `/blog/[slug]` → `/blog/q7w`."""
    return _PARAMETER.sub("q7w", pathname)


def paths_of(algebra: Algebra, pathname: str, prefix: str = "") -> Node:
    """Every path that a dynamic pathname stands for: `[id]` is one segment, `[...path]` one or more, `[[...path]]` any number."""
    segment = algebra.chars("/?#\n\r\u2028\u2029", negated=True)  # what no path of a URL holds unescaped
    one = algebra.cat(segment, algebra.star(segment))
    more = algebra.star(algebra.cat(algebra.text("/"), one))
    out = algebra.epsilon
    optional = False
    for name in reversed(pathname.strip("/").split("/")):
        if name.startswith("[[...") and name.endswith("]]"):
            out, optional = more, True
        elif name.startswith("[...") and name.endswith("]"):
            out = algebra.cat(algebra.cat(algebra.text("/"), one), more)
        elif name.startswith("[") and name.endswith("]"):
            out = algebra.cat(algebra.cat(algebra.text("/"), one), out)
        else:
            out = algebra.cat(algebra.text("/" + name), out)
    if optional and pathname.count("/") == 1 and not prefix:
        out = algebra.either(algebra.text("/"), algebra.cat(algebra.cat(algebra.text("/"), one), more))
    return algebra.cat(algebra.text(prefix), out)
