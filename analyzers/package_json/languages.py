"""The parts of a repository that are not JavaScript: language, framework and version by their own manifests and lockfiles.

A manifest that stands over no source of its language is a leftover and makes no part.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from prefill.analyzer import App
from prefill.formats.document import Document
from prefill.lazy import regex
from prefill.model import Evidence, Fact, Part, Technology
from prefill.records import dataclass
from prefill.workspace import inside

MAX_PARTS = 40
_VENDORED = regex(
    r"(?:^|/)(?:node_modules|fixtures?|__fixtures__|testdata|templates?|vendor|third[_-]party|\.[^/]+)/", re.IGNORECASE
)
_ASIDE = regex(
    r"(?:^|/)(?:node_modules|fixtures?|__fixtures__|tests?|__tests__|testdata|examples?|templates?|vendor|third[_-]party|benchmarks?|\.[^/]+)/",
    re.IGNORECASE,
)


Framework = tuple[str, str, str | None, str | None, tuple[Evidence, ...]]


@dataclass(frozen=True, slots=True)
class _Language:
    name: str
    manifests: tuple[str, ...]  # base names; an ending with a dot in front matches any base name
    sources: tuple[str, ...]
    read: Callable[[App, str], _Found]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a manifest says: the language's version, where that stands, and (id, name, version, range, evidence) of frameworks."""

    version: str | None = None
    line: int | None = None
    frameworks: tuple[Framework, ...] = ()


def languages(app: App) -> Iterator[Fact]:
    """A `Part` for each manifest that rules sources, the outermost first, and the frameworks that it names."""
    count = 0
    for language in _LANGUAGES:
        manifests = _manifests(app, language)
        sources = (
            [path for path in app.repository.files if path.endswith(language.sources) and not _ASIDE.search(path)]
            if manifests
            else []
        )
        counted = (
            [path for path in app.repository.files if path.endswith(language.sources) and not _VENDORED.search(path)]
            if sources
            else []
        )
        taken: list[str] = []
        for path in manifests:
            folder = posixpath.dirname(path) or "."
            if any(inside(folder, other) for other in taken):
                continue  # a member of what stands above it, or a second manifest in one folder
            if count >= MAX_PARTS or not any(inside(source, folder) for source in sources):
                continue
            files = sum(inside(source, folder) for source in counted)
            taken.append(folder)
            count += 1
            found = language.read(app, path)
            place = Evidence(path, found.line)
            yield Part(
                language=language.name,
                folder=folder,
                files=files,
                version=found.version,
                manifest=path,
                evidence=(place,),
            )
            for identifier, name, version, wanted, evidence in found.frameworks:
                yield Technology(
                    id=identifier,
                    name=name,
                    category="framework",
                    version=version,
                    range=wanted,
                    workspace=folder,
                    evidence=evidence,
                )


def _manifests(app: App, language: _Language) -> list[str]:
    found: list[str] = []
    exact = [name for name in language.manifests if not name.startswith(".")]
    endings = tuple(name for name in language.manifests if name.startswith("."))
    found += app.repository.named(*exact) if exact else ()
    if endings:
        found += [path for path in app.repository.files if path.endswith(endings)]
    order = {name: index for index, name in enumerate(exact)}
    found = [path for path in found if not _ASIDE.search(path)]
    return sorted(
        found,
        key=lambda path: (path.count("/"), posixpath.dirname(path), order.get(posixpath.basename(path), 99), path),
    )


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


# Python ---------------------------------------------------------------------------------------------------------------

_PYTHON = {
    "fastapi": "FastAPI",
    "django": "Django",
    "flask": "Flask",
    "starlette": "Starlette",
    "litestar": "Litestar",
    "sanic": "Sanic",
    "tornado": "Tornado",
    "aiohttp": "aiohttp",
    "streamlit": "Streamlit",
    "celery": "Celery",
    "sqlalchemy": "SQLAlchemy",
    "pydantic": "Pydantic",
    "langchain": "LangChain",
    "torch": "PyTorch",
}
_REQUIREMENT = regex(r"([A-Za-z0-9][A-Za-z0-9._-]*)[ \t]*(?:\[[^\]\n]*\])?[ \t]*([<>=!~][^;#\n]*)?")


def _python(app: App, path: str) -> _Found:
    folder = posixpath.dirname(path)
    wanted: dict[str, tuple[str | None, Evidence]] = {}
    version, line = None, None
    name = posixpath.basename(path)
    if name == "pyproject.toml" and (document := app.toml(path)) is not None:
        asked = document.get("project", "requires-python")
        if isinstance(asked, str):
            version, line = asked, document.line("project", "requires-python")
        poetry = document.get("tool", "poetry", "dependencies")
        if isinstance(poetry, dict):
            if version is None and isinstance(poetry.get("python"), str):
                version, line = poetry["python"], document.line("tool", "poetry", "dependencies", "python")
            for key, value in poetry.items():
                if _normal(key) in _PYTHON:
                    asks = (
                        value if isinstance(value, str) else value.get("version") if isinstance(value, dict) else None
                    )
                    place = Evidence(path, document.line("tool", "poetry", "dependencies", key))
                    wanted.setdefault(_normal(key), (asks if isinstance(asks, str) else None, place))
        listed = document.get("project", "dependencies")
        for requirement in listed if isinstance(listed, list) else []:
            match = _REQUIREMENT.match(requirement) if isinstance(requirement, str) else None
            if match and _normal(match.group(1)) in _PYTHON:
                at = document.text.find(requirement)
                place = Evidence(path, _line(document.text, at) if at >= 0 else None)
                wanted.setdefault(_normal(match.group(1)), ((match.group(2) or "").strip() or None, place))
    elif name.startswith("requirements"):
        for number, row in enumerate((app.text(path) or "").splitlines(), 1):
            match = _REQUIREMENT.match(row.strip())
            if match and not row.lstrip().startswith(("#", "-")):
                wanted.setdefault(
                    _normal(match.group(1)), ((match.group(2) or "").strip() or None, Evidence(path, number))
                )
    if version is None and (text := app.text(posixpath.join(folder, ".python-version"))):
        version = text.strip().splitlines()[0] if text.strip() else None
    locked = _python_locked(app, folder, [name for name in wanted if name in _PYTHON])
    frameworks: list[Framework] = []
    for key, (asks, place) in wanted.items():
        if key in _PYTHON:
            exact = locked.get(key)
            pinned = re.fullmatch(r"==[ \t]*([\w.]+)", asks or "")
            if exact is None and pinned:
                exact = (pinned.group(1), place)
            evidence = (exact[1], place) if exact else (place,)
            frameworks.append((key, _PYTHON[key], exact[0] if exact else None, None if exact else asks, evidence))
    return _Found(version, line, tuple(frameworks))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _python_locked(app: App, folder: str, names: list[str]) -> dict[str, tuple[str, Evidence]]:
    """(version, place) of packages in `uv.lock` or `poetry.lock`, found by their lines."""
    found: dict[str, tuple[str, Evidence]] = {}
    for file in ("uv.lock", "poetry.lock"):
        path = posixpath.join(folder, file)
        text = app.text(path) if names else None
        for name in names:
            match = re.search(
                rf'^name = "{re.escape(name)}"\nversion = "([^"\n]+)"', text or "", re.MULTILINE | re.IGNORECASE
            )
            if match and text and name not in found:
                found[name] = (match.group(1), Evidence(path, _line(text, match.start()) + 1))
    return found


# Go, Rust, PHP, Ruby, JVM, .NET ---------------------------------------------------------------------------------------

_GO = {
    "github.com/gin-gonic/gin": ("gin", "Gin"),
    "github.com/labstack/echo": ("echo", "Echo"),
    "github.com/gofiber/fiber": ("fiber", "Fiber"),
    "github.com/go-chi/chi": ("chi", "chi"),
    "github.com/gorilla/mux": ("gorilla-mux", "Gorilla Mux"),
    "gorm.io/gorm": ("gorm", "GORM"),
    "google.golang.org/grpc": ("grpc-go", "gRPC"),
    "github.com/spf13/cobra": ("cobra", "Cobra"),
    "github.com/jackc/pgx": ("pgx", "pgx"),
}


def _go(app: App, path: str) -> _Found:
    text = app.text(path) or ""
    said = re.search(r"^go[ \t]+(\d[\w.]*)", text, re.MULTILINE)
    frameworks: list[Framework] = []
    for match in re.finditer(
        r"^[ \t]*(?:require[ \t]+)?([\w./-]+)[ \t]+v(\d[\w.+-]*)([ \t]*//[ \t]*indirect)?", text, re.MULTILINE
    ):
        module = re.sub(r"/v\d+$", "", match.group(1))
        if module in _GO and not match.group(3):
            identifier, name = _GO[module]
            frameworks.append((identifier, name, match.group(2), None, (Evidence(path, _line(text, match.start(1))),)))
    return _Found(said.group(1) if said else None, _line(text, said.start()) if said else None, tuple(frameworks))


_RUST = {
    "axum": "Axum",
    "actix-web": "Actix Web",
    "rocket": "Rocket",
    "warp": "Warp",
    "tauri": "Tauri",
    "tokio": "Tokio",
    "clap": "clap",
    "bevy": "Bevy",
    "leptos": "Leptos",
    "diesel": "Diesel",
    "sqlx": "SQLx",
}


def _rust(app: App, path: str) -> _Found:
    document = app.toml(path)
    if document is None:
        return _Found()
    version, line = None, None
    for keys in (("package", "rust-version"), ("workspace", "package", "rust-version")):
        if isinstance(document.get(*keys), str):
            version, line = document.get(*keys), document.line(*keys)
    edition = next(
        (
            e
            for e in (document.get("package", "edition"), document.get("workspace", "package", "edition"))
            if isinstance(e, str)
        ),
        None,
    )
    if edition is not None:
        keys = (
            ("package", "edition")
            if document.get("package", "edition") == edition
            else ("workspace", "package", "edition")
        )
        least = f", at least {version}" if version is not None else ""
        version, line = f"edition {edition}{least}", line or document.line(*keys)
    elif version is not None:
        version = f"at least {version}"
    locked = app.text(posixpath.join(posixpath.dirname(path), "Cargo.lock")) or ""
    frameworks: list[Framework] = []
    for table in (("dependencies",), ("workspace", "dependencies")):
        listed = document.get(*table)
        for name in listed if isinstance(listed, dict) else {}:
            if name in _RUST and name not in {framework[0] for framework in frameworks}:
                place = Evidence(path, document.line(*table, name))
                match = re.search(rf'^name = "{re.escape(name)}"\nversion = "([^"\n]+)"', locked, re.MULTILINE)
                asks = document.get(*table, name)
                wanted = asks if isinstance(asks, str) else asks.get("version") if isinstance(asks, dict) else None
                if match:
                    at = Evidence(
                        posixpath.join(posixpath.dirname(path), "Cargo.lock"), _line(locked, match.start()) + 1
                    )
                    frameworks.append((name, _RUST[name], match.group(1), None, (at, place)))
                else:
                    frameworks.append((name, _RUST[name], None, wanted if isinstance(wanted, str) else None, (place,)))
    return _Found(version, line, tuple(frameworks))


_PHP = {
    "laravel/framework": "Laravel",
    "symfony/framework-bundle": "Symfony",
    "slim/slim": "Slim",
    "cakephp/cakephp": "CakePHP",
}


def _php(app: App, path: str) -> _Found:
    document = app.json(path)
    if document is None or not isinstance(document.get("require"), dict):
        return _Found()
    asked = document.get("require", "php")
    lock_path = posixpath.join(posixpath.dirname(path), "composer.lock")
    locked = app.text(lock_path) or ""
    frameworks: list[Framework] = []
    for name, title in _PHP.items():
        wanted = document.get("require", name)
        if isinstance(wanted, str):
            place = Evidence(path, document.line("require", name))
            match = re.search(rf'"name": "{re.escape(name)}",\s{{1,40}}"version": "v?([^"\n]+)"', locked)
            if match:
                at = Evidence(lock_path, _line(locked, match.end()))
                frameworks.append((title.lower(), title, match.group(1), None, (at, place)))
            else:
                frameworks.append((title.lower(), title, None, wanted, (place,)))
    return _Found(asked if isinstance(asked, str) else None, document.line("require", "php"), tuple(frameworks))


_RUBY = {"rails": "Ruby on Rails", "sinatra": "Sinatra", "hanami": "Hanami", "jekyll": "Jekyll"}


def _ruby(app: App, path: str) -> _Found:
    text = app.text(path) or ""
    said = re.search(r"""^ruby[ \t]+["']([^"'\n]+)["']""", text, re.MULTILINE)
    lock_path = posixpath.join(posixpath.dirname(path), "Gemfile.lock")
    locked = app.text(lock_path) or ""
    frameworks: list[Framework] = []
    for match in re.finditer(
        r"""^[ \t]*gem[ \t]+["']([\w-]+)["'](?:[ \t]*,[ \t]*["']([^"'\n]+)["'])?""", text, re.MULTILINE
    ):
        name = match.group(1)
        if name in _RUBY:
            place = Evidence(path, _line(text, match.start()))
            exact = re.search(rf"^    {re.escape(name)} \(([^)\n]+)\)$", locked, re.MULTILINE)
            if exact:
                at = Evidence(lock_path, _line(locked, exact.start()))
                frameworks.append((name, _RUBY[name], exact.group(1), None, (at, place)))
            else:
                frameworks.append((name, _RUBY[name], None, match.group(2), (place,)))
    return _Found(said.group(1) if said else None, _line(text, said.start()) if said else None, tuple(frameworks))


def _jvm(app: App, path: str) -> _Found:
    text = app.text(path) or ""
    said = re.search(
        r"<(?:java\.version|maven\.compiler\.(?:release|source))>([\d.]+)<|jvmToolchain\((\d+)\)|languageVersion[^\n]{0,60}of\((\d+)\)"
        r"|sourceCompatibility[^\n\d]{0,40}([\d._]+)",
        text,
    )
    version = next((group for group in said.groups() if group), None) if said else None
    frameworks: list[Framework] = []
    boot = re.search(
        r"""org\.springframework\.boot["')]{0,3}[ \t]+version[ \t]+["']([\d.]+[\w.-]*)["']""", text
    ) or re.search(r"<artifactId>spring-boot-starter-parent</artifactId>\s{0,200}<version>([^<\n]+)</version>", text)
    if boot:
        frameworks.append(
            ("spring-boot", "Spring Boot", boot.group(1), None, (Evidence(path, _line(text, boot.end())),))
        )
    elif "org.springframework.boot" in text:
        at = _line(text, text.find("org.springframework.boot"))
        frameworks.append(("spring-boot", "Spring Boot", None, None, (Evidence(path, at),)))
    return _Found(version, _line(text, said.start()) if said and version else None, tuple(frameworks))


def _dotnet(app: App, path: str) -> _Found:
    text = app.text(path) or ""
    said = re.search(r"<TargetFrameworks?>([^<\n]+)</TargetFramework", text)
    web = re.search(r'Sdk="Microsoft\.NET\.Sdk\.Web"', text)
    frameworks: list[Framework] = []
    if web:
        frameworks.append(("aspnet-core", "ASP.NET Core", None, None, (Evidence(path, _line(text, web.start())),)))
    return _Found(said.group(1) if said else None, _line(text, said.start()) if said else None, tuple(frameworks))


def _swift(app: App, path: str) -> _Found:
    text = app.text(path) or ""
    said = re.search(r"swift-tools-version:[ \t]*([\d.]+)", text)
    return _Found(said.group(1) if said else None, _line(text, said.start()) if said else None)


def _dart(app: App, path: str) -> _Found:
    document: Document | None = app.yaml(path)
    if document is None:
        return _Found()
    asked = document.get("environment", "sdk")
    frameworks: list[Framework] = []
    if isinstance(document.get("dependencies"), dict) and "flutter" in document.get("dependencies"):
        frameworks.append(
            ("flutter", "Flutter", None, None, (Evidence(path, document.line("dependencies", "flutter")),))
        )
    return _Found(asked if isinstance(asked, str) else None, document.line("environment", "sdk"), tuple(frameworks))


def _elixir(app: App, path: str) -> _Found:
    text = app.text(path) or ""
    said = re.search(r'elixir:[ \t]*"([^"\n]+)"', text)
    phoenix = re.search(r'\{:phoenix,[ \t]*"([^"\n]+)"', text)
    frameworks: list[Framework] = []
    if phoenix:
        frameworks.append(
            ("phoenix", "Phoenix", None, phoenix.group(1), (Evidence(path, _line(text, phoenix.start())),))
        )
    return _Found(said.group(1) if said else None, _line(text, said.start()) if said else None, tuple(frameworks))


_LANGUAGES = (
    _Language("Python", ("pyproject.toml", "requirements.txt", "setup.py", "Pipfile"), (".py",), _python),
    _Language("Go", ("go.mod",), (".go",), _go),
    _Language("Rust", ("Cargo.toml",), (".rs",), _rust),
    _Language("PHP", ("composer.json",), (".php",), _php),
    _Language("Ruby", ("Gemfile",), (".rb",), _ruby),
    _Language("Java or Kotlin", ("pom.xml", "build.gradle", "build.gradle.kts"), (".java", ".kt"), _jvm),
    _Language(".NET", (".csproj", ".fsproj"), (".cs", ".fs"), _dotnet),
    _Language("Swift", ("Package.swift",), (".swift",), _swift),
    _Language("Dart", ("pubspec.yaml",), (".dart",), _dart),
    _Language("Elixir", ("mix.exs",), (".ex", ".exs"), _elixir),
)
