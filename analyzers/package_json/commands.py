"""The commands that a person types: which script does what, and how the package manager of the repository runs it."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.analyzer import App
from prefill.analyzers.package_json.usage import scripts
from prefill.model import Command

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


def commands(app: App) -> Iterator[Command]:
    """For each task the app's own script, else the root's."""
    taken: set[tuple[str, str]] = set()
    managers = {package.path: app.versions.package_manager(package)[0] for package in (app.package, *app.roots)}
    for task, names in TASKS:
        for package in (app.package, *app.roots):
            own = scripts(package)
            name = next((name for name in names if own.get(name, "").strip() and not _is_empty(own[name])), None)
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


def _is_empty(command: str) -> bool:
    """The script that `npm init` writes."""
    return "no test specified" in command
