"""The commands that a person types: which script does what, and how the package manager of the repository runs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prefill.analyzer import App
from prefill.analyzers.package_json.usage import scripts
from prefill.lazy import regex
from prefill.model import Command, Trap
from prefill.workspace import Package

# Task → script names, the likeliest first. https://docs.npmjs.com/cli/using-npm/scripts
TASKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("run", ("dev", "develop", "start:dev", "dev:web", "dev:app", "start", "serve")),
    ("build", ("build", "build:prod", "build:app")),
    ("start", ("start", "start:prod", "serve")),
    ("test", ("test", "test:unit", "test:run", "vitest", "jest", "test:ci")),
    ("e2e", ("test:e2e", "e2e", "e2e:run", "test:e2e:run", "playwright", "cy:run")),
    ("lint", ("lint", "lint:check", "eslint", "lint:fix")),
    ("typecheck", ("typecheck", "type-check", "check-types", "check:types", "types:check", "tsc", "ts:check", "types")),
    ("format", ("format", "format:write", "fmt", "prettier", "format:fix", "prettier:fix")),
    ("check", ("check", "validate", "verify")),
    ("migrate", ("db:migrate", "migrate", "migrate:dev", "db:migrate:dev", "migration:run", "prisma:migrate", "drizzle:migrate", "migrations:run")),
    ("generate", ("db:generate", "generate", "migration:generate", "drizzle:generate", "prisma:generate", "db:gen", "codegen")),
    ("push", ("db:push", "push", "drizzle:push", "prisma:push")),
    ("seed", ("db:seed", "seed", "prisma:seed")),
    ("setup", ("db:setup", "setup")),
    ("studio", ("db:studio", "studio", "drizzle:studio", "prisma:studio")),
    ("storybook", ("storybook", "storybook:dev")),
)  # fmt: skip

# Commands of the tools themselves: a script of that name has to be asked for with `run`.
_OWN = {
    "npm": frozenset[str](),
    "pnpm": frozenset({
        "add", "audit", "config", "create", "deploy", "dlx", "doctor", "env", "exec", "fetch", "import", "init", "install", "licenses",
        "link", "list", "login", "outdated", "pack", "patch", "prune", "publish", "rebuild", "remove", "root", "run", "server", "setup",
        "store", "update", "why",
    }),
    "yarn": frozenset({
        "add", "audit", "bin", "cache", "config", "create", "dedupe", "dlx", "exec", "explain", "generate-lock-entry", "import", "info",
        "init", "install", "licenses", "link", "list", "login", "node", "npm", "outdated", "pack", "patch", "plugin", "publish", "rebuild",
        "remove", "run", "search", "set", "stage", "unlink", "up", "upgrade", "version", "versions", "why", "workspace", "workspaces",
    }),
}  # fmt: skip


# What the scripts of these tasks have to run: a name such as `generate` or `push` says nothing of a database by itself.
# https://orm.drizzle.team/docs/kit-overview https://www.prisma.io/docs/orm/reference/prisma-cli-reference
_RUNS = {
    "generate": regex(
        r"\bdrizzle-kit generate\b|\bsupabase (?:db diff|migration new)\b|\btypeorm\b.{0,80}migration:generate\b"
    ),
    "migrate": regex(
        r"\bdrizzle-kit migrate\b|\bprisma migrate (?:dev|deploy)\b|\bsupabase (?:db push|migration up)\b|\bwrangler d1 migrations apply\b"
        r"|\bknex migrate:latest\b|\btypeorm\b.{0,80}migration:run\b"
    ),
    "push": regex(r"\bdrizzle-kit push\b|\bprisma db push\b"),
}
# A script of that name that hands on to another package's, or to a program of the repository.
_HANDS_ON = r"(?:\bturbo\b|\bnx\b|--filter\b|\s-F\s|\s-C\s|--cwd\b|--workspace\b|\bcd\s).{0,80}"
_THROUGH = {
    "generate": regex(_HANDS_ON + r"\b(?:db|migrations?|drizzle):?(?:generate)?\b"),
    "migrate": regex(_HANDS_ON + r"migrat|\b(?:tsx|bun|node|ts-node)\b.{0,80}migrat"),
    "push": regex(_HANDS_ON + r"push"),
}
_BESIDE = regex(r"build|install|prod|remote|deploy|preview|staging|test|(?:^|[:-])ci\b|reset|\bdev\b$|start")
_REMOVED = regex(r"\bnext lint\b")
LINT_ENDS = (
    16  # the major version of Next.js without `next lint`. https://nextjs.org/docs/app/guides/upgrading/version-16
)
_ESLINT = regex(r"(?:\.eslintrc(?:\.\w+)?|eslint\.config\.\w+)")
_FIXES = regex(r"(?:^|\s)--(?:fix|write)(?![\w-])")


def commands(app: App) -> Iterator[Command | Trap]:
    """For each task the app's own script, else the root's, for migrations also that of a package that the app uses."""
    taken: set[tuple[str, str]] = set()
    homes = (app.package, *app.roots)
    near = (*homes, *(package for package in app.packages if package not in homes))
    managers = {package.path: app.versions.package_manager(package)[0] for package in near}
    for package in homes:
        yield from _removed(app, package)
    for task, names in TASKS:
        for package in near if task in _RUNS else homes:
            own = scripts(package)
            name = _named(app, package, task, names, own)
            if name is None:
                continue
            if (package.path, name) in taken:
                break  # one script, one task: the first that it fits
            taken.add((package.path, name))
            manager = managers[package.path]
            yield Command(
                task=task,
                command=invocation(manager.name if manager else "npm", name),
                source=package.manifest_path,
                script=own[name],
                evidence=(app.versions.place(package, "scripts", name),),
            )
            break


def invocation(manager: str, script: str) -> str:
    """How a package manager runs a script: `pnpm dev`, `npm run lint`, `npm test`, `bun run build`."""
    if manager == "npm":
        return f"npm {script}" if script in {"test", "start"} else f"npm run {script}"
    if manager == "bun":
        return f"bun run {script}"
    if manager == "deno":
        return f"deno task {script}"
    return f"{manager} run {script}" if script in _OWN.get(manager, frozenset()) else f"{manager} {script}"


def _named(app: App, package: Package, task: str, names: tuple[str, ...], own: Mapping[str, str]) -> str | None:
    """The script of a package for a task: by its name, and for migrations by what it runs."""
    found = [name for name in names if own.get(name, "").strip() and not _is_empty(own[name])]
    if task in _RUNS:
        runs = _RUNS[task]
        own_kit = package.depends_on("drizzle-kit", "prisma")
        through = own_kit or package in (app.package, *app.roots)  # whose scripts may ask another package's
        fits = [name for name in found if runs.search(own[name]) or (through and _THROUGH[task].search(own[name]))]
        others = [name for name, script in own.items() if runs.search(script) and not _BESIDE.search(name)]
        return next(iter((*fits, *sorted(others, key=len))), None)
    if task == "lint":
        found = [name for name in found if not _no_lint(app, package, own[name])]
        found.sort(key=lambda name: _FIXES.search(own[name]) is not None)
    return found[0] if found else None


def _no_lint(app: App, package: Package, script: str) -> bool:
    """Whether the script is `next lint` where that is gone, or where it has no configuration and would ask for one."""
    if not _REMOVED.search(script):
        return False
    if _next(app, package) >= LINT_ENDS:
        return True
    places = dict.fromkeys((package, *app.roots))
    return not any(
        "eslintConfig" in place.manifest
        or any(_ESLINT.fullmatch(name) for name in app.repository.folder(place.path)[1])
        for place in places
    )


def _removed(app: App, package: Package) -> Iterator[Trap]:
    for name, script in scripts(package).items():
        if _REMOVED.search(script) and _next(app, package) >= LINT_ENDS:
            values = {
                "path": package.manifest_path,
                "script": name,
                "runs": "next lint",
                "by": f"Next.js {_next(app, package)}",
            }
            yield Trap(name="removed-command", values=values, evidence=(app.versions.place(package, "scripts", name),))
            return


def _next(app: App, package: Package) -> int:
    """The major version of Next.js that a package has installed; 0 where that is not known."""
    installed = app.versions.installed(package, "next")
    major = (installed.version or "").partition(".")[0] if installed is not None else ""
    return int(major) if major.isdigit() else 0


def _is_empty(command: str) -> bool:
    """The script that `npm init` writes."""
    return "no test specified" in command
