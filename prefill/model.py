"""What prefill knows: evidence, facts and their kinds, problems, and the labels that the facts fill.

A fact is typed and holds no Markdown. It says where it stands (`evidence`) and what it is about (`subject`), so that two
analyzers that say the same thing merge. All paths are repository-relative POSIX; the root is ``.``; lines count from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Literal, TypeVar

from prefill.records import dataclass, field, replace

Label = Literal[
    "Frameworks & Versions",
    "Language",
    "Database & ORM",
    "UI & Styling",
    "Authentication",
    "Key Architectural Patterns",
    "Relevant Existing Components",
    "Current State",
]

LABELS: tuple[Label, ...] = (
    "Frameworks & Versions",
    "Language",
    "Database & ORM",
    "UI & Styling",
    "Authentication",
    "Key Architectural Patterns",
    "Relevant Existing Components",
    "Current State",
)

LABEL_ROOMS: Mapping[Label, str] = MappingProxyType(
    {
        "Frameworks & Versions": "frameworks",
        "Language": "language",
        "Database & ORM": "database",
        "UI & Styling": "styling",
        "Authentication": "authentication",
        "Key Architectural Patterns": "patterns",
        "Relevant Existing Components": "components",
        "Current State": "current_state",
    }
)
"""Per label the module in `prefill/section/` that gathers its entries, and the partial of that name that says them."""

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A place in the repository; without a line, the whole file."""

    path: str
    line: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something that prefill wanted to read and could not, or a bound that it hit."""

    path: str
    line: int | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that is true of the repository. Subclasses name their kind; `analyzer` is the key in the JSON report."""

    analyzer: ClassVar[str] = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def subject(self) -> tuple[object, ...]:
        """What the fact is about: facts of one kind with one subject merge, the first said wins, evidence adds up."""
        return (id(self),)


# package_json ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency(Fact):
    """A direct dependency of one workspace, with the version that is installed where that is known."""

    analyzer: ClassVar[str] = "package_json"
    workspace: str
    name: str
    range: str
    version: str | None
    source: Literal["lockfile", "pinned", "range"]
    kind: Literal["prod", "dev", "optional", "peer"]
    declared: bool = True  # what no manifest declares is a `LeftoverDependency`

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.workspace, self.name, self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftoverDependency(Fact):
    """What a lockfile lists as a direct dependency of a folder and no manifest asks for; the folder may be gone too.

    It stands in the report among the dependencies, with `declared` false, and no label builds on it.
    """

    analyzer: ClassVar[str] = "package_json"
    workspace: str
    name: str
    range: str
    version: str
    kind: Literal["prod", "dev", "optional", "peer"]
    source: Literal["lockfile"] = "lockfile"
    declared: bool = False

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.workspace, self.name, self.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Technology(Fact):
    """A technology of the catalog. `in_use` is None where nobody can tell; `range` stands where no version is known.

    `imports` counts the sources that import it, `importers` those of each of its packages that is declared. `package` is the one that
    `version` is of, None for what no package.json names; `main` is False where that is not the one that bears the technology's name.
    `superseded_by` is the id of a technology of the same app that brings this one along, such as Next.js for React.
    """

    analyzer: ClassVar[str] = "package_json"
    id: str
    name: str
    category: str
    version: str | None = None
    range: str | None = None
    in_use: bool | None = None
    imports: int = 0
    superseded_by: str | None = None
    workspace: str = "."
    package: str | None = None
    main: bool = True
    importers: Mapping[str, int] = field(default_factory=lambda: NOTHING)

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.workspace, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Fact):
    """A command that a person runs: `task` is run, build, test, lint, typecheck, migrate …; `source` says where it stands.

    `script` is what it runs, as the manifest writes it.
    """

    analyzer: ClassVar[str] = "package_json"
    task: str
    command: str
    source: str
    script: str = ""

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.task,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime(Fact):
    """A runtime and the version or range that a file asks for, such as Node.js ``>=20`` by ``engines``."""

    analyzer: ClassVar[str] = "package_json"
    name: str
    version: str
    source: str

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.name, self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Fact):
    """A folder that another language's manifest rules: `files` counts its sources there, `version` is as the manifest asks for it."""

    analyzer: ClassVar[str] = "package_json"
    language: str
    folder: str
    files: int
    version: str | None
    manifest: str

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.folder, self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class LockfileState(Fact):
    """What to know of a lockfile beyond its versions. `others` lie beside it and do not rule.

    `differs` are (package, range in the manifest, range in the lockfile), `absent` packages that it does not hold at all.
    """

    analyzer: ClassVar[str] = "package_json"
    path: str
    tool: str
    workspace: str
    others: tuple[str, ...] = ()
    differs: tuple[tuple[str, str, str], ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.path, self.workspace)


# tsconfig -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PublishedBase:
    """A configuration of an installed package, not in the repository, whose options are known for that version.

    `options` are the names of those that hold as it says; `evidence` are the line that extends it and those of the version.
    """

    specifier: str
    package: str
    version: str
    options: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompilerOptions(Fact):
    """The options that one `tsconfig.json` / `jsconfig.json` sets or inherits; nothing implied.

    `origins` are the lines that say the options which are cited, and `extends`; of an option that one of `bases` sets, the line that
    extends it. https://www.typescriptlang.org/tsconfig/
    """

    analyzer: ClassVar[str] = "tsconfig"
    path: str
    extends: tuple[str, ...]
    options: Mapping[str, Any]
    unresolved_extends: tuple[str, ...] = ()
    origins: Mapping[str, Evidence] = field(default_factory=lambda: NOTHING)
    references: tuple[str, ...] = ()
    base: str | None = None  # the folder that the targets of `paths` are relative to
    bases: tuple[PublishedBase, ...] = ()

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.path,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFiles(Fact):
    """How many source files of the app are written in a language, by their extension; the evidence is the first one."""

    analyzer: ClassVar[str] = "tsconfig"
    language: str
    files: int

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.language,)


# tailwind -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TailwindEntry(Fact):
    """A stylesheet (version 4) or configuration (version 3) from which Tailwind is really built.

    `stylesheets` are the repository's own that are loaded from it (version 4) or hold its directives (version 3). `loaded_by` are
    the modules and stylesheets of the app that load the entry. `dark_mode` is what the `dark:` variant follows: `media`, `class`,
    or a selector; `dark_values` are places that set custom properties for dark mode alone. `config` is what `@config` names.
    `dark_setters` are places of the code that switch dark mode on; None where no source holds the word at all. `dark_by` is how
    the first of them does: `provider` (of next-themes), `code`, or `always`, for markup that is dark from the start.
    """

    analyzer: ClassVar[str] = "tailwind"
    entry: str
    version: str | None
    style: Literal["css", "config"]
    variables: Mapping[str, str]
    extend: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    dark_mode: str | None = None
    workspace: str = "."
    range: str | None = None
    prefix: str | None = None
    presets: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    utilities: tuple[str, ...] = ()
    variants: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    stylesheets: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    config: str | None = None
    loaded_by: tuple[Evidence, ...] = ()
    dark_values: tuple[Evidence, ...] = ()
    dark_setters: tuple[Evidence, ...] | None = ()
    dark_by: Literal["provider", "code", "always"] | None = None
    dark_selector: str | None = None  # what switches `dark_values` on: `.dark`, `[data-theme=dark]`, `media`
    places: Mapping[str, Evidence] = field(default_factory=lambda: NOTHING)  # field -> the line that says it

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.entry,)


@dataclass(frozen=True, slots=True, kw_only=True)
class TailwindUse(Fact):
    """A stylesheet or configuration of the app that gets Tailwind from elsewhere and is no entry by itself.

    `through` is what it names: the configuration of a workspace package as a preset, or a stylesheet of a package that the
    repository does not hold.
    """

    analyzer: ClassVar[str] = "tailwind"
    path: str
    style: Literal["css", "config"]
    through: tuple[str, ...]
    version: str | None
    range: str | None = None
    dark_mode: str | None = None
    plugins: tuple[str, ...] = ()
    workspace: str = "."

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.path,)


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleFiles(Fact):
    """How many style files of one kind the app holds: `CSS`, `CSS modules`, `Sass`, `Less`, `vanilla-extract`."""

    analyzer: ClassVar[str] = "tailwind"
    kind: str
    files: int

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.kind,)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadConfig(Fact):
    """A Tailwind configuration that nothing loads."""

    analyzer: ClassVar[str] = "tailwind"
    path: str
    reason: str

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.path,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadcn(Fact):
    """A `components.json` of the shadcn/ui command line. `missing` are files that it names and that do not exist.

    `components` are the modules in the folder that its `ui` alias means, `registry` those of them that stand as the command line
    generates the items of shadcn/ui's registry: the others are the app's own. `port` is shadcn/ui or its port to another
    framework. https://ui.shadcn.com/docs/components-json
    """

    analyzer: ClassVar[str] = "tailwind"
    path: str
    style: str | None
    base_color: str | None
    icon_library: str | None
    css: str | None
    config: str | None
    css_variables: bool | None
    rsc: bool | None
    aliases: Mapping[str, str]
    ui_folder: str | None
    missing: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    workspace: str = "."
    port: str = "shadcn/ui"
    registry: tuple[str, ...] = ()

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.path,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Font(Fact):
    """A font that a root module of the app loads, by what: `next/font/google`, `next/font/local`, or a package.

    https://nextjs.org/docs/app/api-reference/components/font
    """

    analyzer: ClassVar[str] = "tailwind"
    name: str
    by: str

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.by, self.name)


# drizzle --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrations(Fact):
    """A folder of migrations. `journal` counts the journal's entries, None where there is no journal.

    `unlisted` are files that the journal does not name, `absent` are entries without a file; `dialect` is what the journal or the lock
    of the folder says, `dialect_evidence` where. `snapshot` is the last one's file, `current` whether it is the latest migration's.
    """

    analyzer: ClassVar[str] = "database"
    folder: str
    tool: str
    files: int
    latest: str | None
    journal: int | None = None
    unlisted: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    snapshot: str | None = None
    current: bool | None = None
    dialect: str | None = None
    dialect_evidence: tuple[Evidence, ...] = ()

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.folder,)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrizzleRelation:
    """What a relational query joins: `table` and `target` are keys of the snapshot's tables, `through` is the table between them.

    `columns` and `references` are names of columns, none where the other side says them. https://orm.drizzle.team/docs/relations
    """

    table: str
    name: str
    kind: Literal["one", "many"]
    target: str
    columns: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    through: str | None = None
    relation_name: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrizzleSchema(Fact):
    """One Drizzle schema; `snapshot` in drizzle-kit's version 7 shape whatever the dialect.

    `places` maps a JSON pointer into `snapshot` to the lines that say it. `drift` is what the schema has and the last committed
    snapshot has not: `+ table`, `+ table.column`, and `-` the other way round. https://orm.drizzle.team/docs/sql-schema-declaration
    """

    analyzer: ClassVar[str] = "drizzle"
    config: str | None
    dialect: str
    driver: str | None
    files: tuple[str, ...]
    snapshot: Mapping[str, Any]
    places: Mapping[str, tuple[Evidence, ...]]
    relations: tuple[DrizzleRelation, ...] = ()
    migrations: Migrations | None = None
    drift: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    workspace: str = "."

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.config, self.dialect, self.files)


# prisma ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PrismaField:
    """A field as Prisma's DMMF names it: a list is `required`; `id` and `unique` also where a block attribute says it of this field alone."""

    name: str
    type: str
    list: bool
    required: bool
    id: bool
    unique: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrismaModel:
    """A model, view or composite type (`kind`); `table` is the name in the database.

    https://www.prisma.io/docs/orm/prisma-schema/data-model/models
    """

    name: str
    table: str
    kind: Literal["model", "view", "type"]
    fields: tuple[PrismaField, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrismaEnum:
    """An enum and its values, by their names in Prisma."""

    name: str
    values: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrismaIndex:
    """An index of a model: `id`, `unique`, `normal` or `fulltext`, and its fields."""

    model: str
    type: Literal["id", "unique", "normal", "fulltext"]
    fields: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrismaClient:
    """A generator of Prisma's client; `output` is the folder that it writes, None for the package `@prisma/client`."""

    name: str
    output: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrismaSchema(Fact):
    """One Prisma schema: `file` holds its datasource, `files` are all of it. What Prisma's client leaves out is left out here.

    `types` are composite types (MongoDB). `named_by` is the configuration,
    manifest or script that names the schema's place.
    """

    analyzer: ClassVar[str] = "prisma"
    file: str
    files: tuple[str, ...]
    provider: str | None
    models: tuple[PrismaModel, ...]
    enums: tuple[PrismaEnum, ...]
    indexes: tuple[PrismaIndex, ...]
    types: tuple[PrismaModel, ...] = ()
    clients: tuple[PrismaClient, ...] = ()
    named_by: Evidence | None = None
    migrations: Migrations | None = None
    workspace: str = "."

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.file,)


# supabase, and databases by other means ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SupabaseUse(Fact):
    """What of Supabase the app's sources call: `database` (`.from("table")`, `.rpc()`), `storage`, `realtime`, `functions` or `auth`.

    `names` are the tables, functions or buckets that are named by a string; `files` counts the sources.
    """

    analyzer: ClassVar[str] = "supabase"
    part: Literal["database", "storage", "realtime", "functions", "auth"]
    files: int
    names: tuple[str, ...] = ()

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.part,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupabaseTables(Fact):
    """The tables that one place says: generated types, or the migrations that create them.

    https://supabase.com/docs/guides/api/rest/generating-types
    """

    analyzer: ClassVar[str] = "supabase"
    source: str
    kind: Literal["types", "migrations"]
    tables: tuple[str, ...]

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.source,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupabaseProject(Fact):
    """A project of the Supabase command line: its `config.toml`. https://supabase.com/docs/guides/local-development/cli/config"""

    analyzer: ClassVar[str] = "supabase"
    path: str
    migrations: Migrations | None = None

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.path,)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseClient(Fact):
    """A module that opens a database, by the constructor or function of which package; `exports` is False for a program such as a script."""

    analyzer: ClassVar[str] = "database"
    file: str
    package: str
    exports: bool

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.package, self.file)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataModel(Fact):
    """A model, entity or table that the syntax names plainly: `model("User", …)` of Mongoose, `@Entity()` of TypeORM, Convex's tables."""

    analyzer: ClassVar[str] = "database"
    tool: Literal["mongoose", "typeorm", "convex"]
    name: str
    file: str

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.tool, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseService(Fact):
    """A database that a file of configuration names: an image of Docker Compose (with its tag), or a binding of Cloudflare's."""

    analyzer: ClassVar[str] = "database"
    name: str
    version: str | None
    file: str

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.name, self.file)


# routes and the gate --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Fact):
    """A route as Next's manifest names it: no groups or slots, intercepting marker kept, no basePath.

    https://nextjs.org/docs/app/getting-started/project-structure
    """

    analyzer: ClassVar[str] = "routes"
    app: str
    pathname: str
    file: str
    kind: Literal["page", "handler", "metadata"]
    router: Literal["app", "pages"]
    methods: tuple[str, ...] = ()
    client: bool = False
    runtime: str | None = None
    groups: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.app, self.pathname, self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Router(Fact):
    """A router directory of an app: `app` or `pages`, at the root of the app or in `src`."""

    analyzer: ClassVar[str] = "routes"
    app: str
    folder: str
    kind: Literal["app", "pages"]

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.app, self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSettings(Fact):
    """What an app's `next.config` sets, as far as it is known, by the path of the key (`experimental.ppr`), and where each stands.

    https://nextjs.org/docs/app/api-reference/config/next-config-js
    """

    analyzer: ClassVar[str] = "routes"
    app: str
    settings: Mapping[str, Any]
    places: Mapping[str, Evidence] = field(default_factory=lambda: NOTHING)

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.app,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """One entry of a gate's matcher and the regular expression that Next compiles it to."""

    source: str
    regexp: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """What the gate does for some requests, as far as the code says it plainly; `when` is the condition in words, `to` the path or,
    of an `answer`, the status.

    `paths` and `besides` are patterns, one of which the path fits, or none of which. `signed_in` says whether a cookie (`cookie`, its
    name) or a session (`session`, what gives it) must be there; `code` are conditions as they are written. `unless`: an earlier branch
    whose condition is not plain may answer first.
    """

    when: str
    to: str
    kind: Literal["redirect", "rewrite", "answer"] = "redirect"
    paths: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    signed_in: bool | None = None
    cookie: str | None = None
    session: str | None = None
    code: tuple[str, ...] = ()
    unless: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadGate:
    """A file that is named like a gate and that Next never loads; `beside` where it stands beside the live one."""

    path: str
    reason: str
    beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate(Fact):
    """The file that Next runs before a request: `middleware`, or `proxy` from version 16; None where there is none.

    `runs` is all without a matcher, unknown where Next itself could not read it. `asks` says that words
    of its code are about sessions, users or cookies, `function` is the export that Next calls. `base_path` and `locale` (the default one of
    `i18n`) stand before a pathname when it is matched. https://nextjs.org/docs/app/api-reference/file-conventions/proxy
    """

    analyzer: ClassVar[str] = "middleware"
    app: str
    file: str | None
    kind: Literal["middleware", "proxy"] | None
    matchers: tuple[Matcher, ...] = ()
    matcher_known: bool = True
    providers: tuple[str, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    dead: tuple[DeadGate, ...] = ()
    runs: Literal["all", "matched", "unknown"] = "matched"
    matcher_evidence: tuple[Evidence, ...] = ()
    asks: bool = False
    function: str | None = None
    base_path: str = ""
    locale: str | None = None

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.app,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Fact):
    """For which routes the gate runs: nothing about protection. Derived from the gate and the routes.

    `usually` are those undetermined ones for which it runs with ordinary parameters, which look like no exception of the matcher.
    """

    analyzer: ClassVar[str] = "middleware"
    app: str
    covered: tuple[str, ...]
    uncovered: tuple[str, ...]
    undetermined: tuple[str, ...]
    usually: tuple[str, ...] = ()

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.app,)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthProvider(Fact):
    """A library or service that authenticates, by what the code imports; `in_use` is False when nothing imports it.

    `role` is auth, session, jwt, password, hash (it hashes something else), oauth or passkey; `setup` the file that configures it;
    `strategy` (jwt, database) and `adapter` are what that file says; `conditional` are those of the `methods` that the code sets up only
    under a condition. `reachable` is False when nothing imports that file.
    """

    analyzer: ClassVar[str] = "auth"
    id: str
    name: str
    version: str | None = None
    in_use: bool = True
    methods: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    role: str = "auth"
    package: str | None = None
    setup: str | None = None
    strategy: str | None = None
    adapter: str | None = None
    files: int = 0
    reachable: bool = True

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.id,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Fact):
    """How a session is kept: the file that does it, by what (`jose`, `iron-session` …), in which cookie."""

    analyzer: ClassVar[str] = "auth"
    file: str
    by: str
    strategy: str
    cookie: str | None = None

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.file, self.by)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthHelper(Fact):
    """A function of the repository that reads the session and that others call; `by` is the library that it reaches."""

    analyzer: ClassVar[str] = "auth"
    name: str
    file: str
    by: str
    callers: int = 0

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.file, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthCheck(Fact):
    """A file of a route handler, and the function by which it reads the session; None where none is seen.

    `other` is what it checks instead of a session: a header, a signature, a secret. No check seen does not say that there is none,
    nor does reading the session say that it is required.
    """

    analyzer: ClassVar[str] = "auth"
    file: str
    by: str | None
    other: str | None = None

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.file,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked(Fact):
    """The handlers that the gate does not run for and in which no check is seen. Derived from coverage and checks."""

    analyzer: ClassVar[str] = "auth"
    app: str
    pathnames: tuple[str, ...]
    checked: int

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.app,)


# components -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Fact):
    """An exported React component: `name` is the exported name, for a default export the function's."""

    analyzer: ClassVar[str] = "components"
    name: str
    file: str
    line: int
    client: bool
    client_by_import: bool = False
    props: tuple[str, ...] = ()
    used_by: tuple[str, ...] = ()
    default: bool = False

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.file, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFile(Fact):
    """A module with the `"use client"` directive. https://react.dev/reference/rsc/use-client"""

    analyzer: ClassVar[str] = "components"
    path: str

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.path,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAction(Fact):
    """A Server Function: an export of a `"use server"` module, or (`inline`) a function with its own directive.

    https://react.dev/reference/rsc/use-server
    """

    analyzer: ClassVar[str] = "components"
    name: str
    file: str
    line: int
    inline: bool = False
    wrapper: str | None = None

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.file, self.name, self.line if self.inline else 0)


# environment, tests, ci -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableRead(Fact):
    """An environment variable that sources of the app read, by its name; never a value. `files` counts those that do.

    `given_by` is what sets it without anyone's doing, such as `Node.js` for `NODE_ENV` or `Vercel` for `VERCEL_URL`.
    """

    analyzer: ClassVar[str] = "environment"
    name: str
    files: int
    given_by: str | None = None

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableDocumented(Fact):
    """A variable that an example file such as `.env.example` names."""

    analyzer: ClassVar[str] = "environment"
    name: str

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undocumented(Fact):
    """The variables that the app needs, that nothing gives, and that no example file names; `examples` are the files looked in.

    Needed is what code that runs in the app reads without a fallback, a condition or an optional key of a schema.

    `unread` are files in the repository that may set variables, such as `.env`, and that prefill does not open.
    """

    analyzer: ClassVar[str] = "environment"
    names: tuple[str, ...]
    examples: tuple[str, ...]
    unread: tuple[str, ...] = ()

    @property
    def subject(self) -> tuple[object, ...]:
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner(Fact):
    """What runs tests, by a dependency and a configuration, test files or a script.

    `files` counts the test files of the app, of the workspace packages that it uses and of the root that are surely this runner's;
    `own` those of the app. `folders` are where they lie, the fullest first. `config` is its configuration, `package` what is installed.
    """

    analyzer: ClassVar[str] = "tests"
    id: str
    name: str
    kind: Literal["unit", "e2e"]
    files: int
    own: int
    folders: tuple[str, ...] = ()
    config: str | None = None
    package: str | None = None
    script: str | None = None

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.id,)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedTests(Fact):
    """How many test files there are, `own` of them the app's, `undetermined` of a runner that is not known.

    `patterns` are the names that were looked for.
    """

    analyzer: ClassVar[str] = "tests"
    files: int
    own: int
    undetermined: int
    patterns: tuple[str, ...]

    @property
    def subject(self) -> tuple[object, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Job:
    """A job of a workflow: its key, its name where one is written, and what its commands plainly do: `test`, `lint` …"""

    id: str
    name: str | None
    does: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow(Fact):
    """A configuration of a continuous-integration service. `name`, `triggers` and `jobs` are those of GitHub Actions.

    `gates` says that it runs for each change before it is merged: on pull requests, or on pushes to any branch.

    https://docs.github.com/actions/writing-workflows/workflow-syntax-for-github-actions
    """

    analyzer: ClassVar[str] = "ci"
    service: str
    file: str
    name: str | None = None
    triggers: tuple[str, ...] = ()
    jobs: tuple[Job, ...] = ()
    gates: bool = False

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.file,)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOff(Fact):
    """A check of the build that `next.config` switches off: `typescript` or `eslint`, by the setting that does it.

    https://nextjs.org/docs/app/api-reference/config/next-config-js/typescript
    """

    analyzer: ClassVar[str] = "ci"
    check: Literal["typescript", "eslint"]
    setting: str
    file: str

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.check,)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedModule(Fact):
    """A `"use server"` module that Next refuses to build where something imports it, since its export `name` is no async function.

    https://nextjs.org/docs/messages/invalid-use-server-value
    """

    analyzer: ClassVar[str] = "components"
    path: str
    name: str
    imported: bool = True

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.path,)


# what anyone may say, and what is derived -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Fact):
    """A sentence for a label, from an analyzer that needs no kind of its own. `text` is plain text, escaped when rendered."""

    label: Label
    text: str

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.label, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap(Fact):
    """Something that misleads whoever does not know it. Its prose is the macro of its name in `traps.md.j2`."""

    name: str
    values: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.name, *sorted((key, str(value)) for key, value in self.values.items()))


@dataclass(frozen=True, slots=True)
class PackageManager:
    """The package manager that rules, and its version where a file names one."""

    name: str
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What the document is about: the repository, its packages, and the app that was chosen in it."""

    commit: str | None
    dirty: bool | None
    package_manager: PackageManager | None
    package_manager_evidence: tuple[Evidence, ...] = ()
    workspaces: tuple[tuple[str, str], ...] = ()  # (name, path) of linked packages, without the root
    packages: tuple[tuple[str, str], ...] = ()  # (name, path) of independent packages
    app: str = "."
    app_name: str | None = None
    reason: str = ""
    candidates: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()  # folders of the workspace packages that the app depends on

    def owns(self, path: str) -> bool:
        """Whether a file is the app's, or of a workspace package that it uses: not of another package in the same folder."""
        mine = (self.app, *self.uses)
        others = (folder for _, folder in (*self.workspaces, *self.packages) if folder not in mine)
        home = max((folder for folder in mine if _inside(path, folder)), key=_depth, default=None)
        return home is not None and not any(_depth(folder) > _depth(home) for folder in others if _inside(path, folder))


def _inside(path: str, folder: str) -> bool:
    return folder in {".", path} or path.startswith(folder + "/")


def _depth(folder: str) -> int:
    return 0 if folder == "." else folder.count("/") + 1


F = TypeVar("F", bound=Fact)


class Findings:
    """All facts by kind, in the order in which they were said, and all problems. Immutable: `plus` gives a new one."""

    __slots__ = ("_by_kind", "facts", "problems", "statements")

    def __init__(
        self,
        facts: Iterable[Fact] = (),
        problems: Iterable[Problem] = (),
        statements: Iterable[tuple[str, Statement]] = (),
    ) -> None:
        merged: dict[tuple[type[Fact], tuple[object, ...]], Fact] = {}
        for fact in facts:
            key = (type(fact), fact.subject)
            said = merged.get(key)
            merged[key] = fact if said is None else _merge(said, fact)
        self.facts: tuple[Fact, ...] = tuple(merged.values())
        self.problems: tuple[Problem, ...] = tuple(dict.fromkeys(problems))
        self.statements: tuple[tuple[str, Statement], ...] = tuple(statements)  # (analyzer, what it said)
        by_kind: dict[type[Fact], list[Fact]] = {}
        for fact in self.facts:
            by_kind.setdefault(type(fact), []).append(fact)
        self._by_kind = {kind: tuple(of_kind) for kind, of_kind in by_kind.items()}

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """The facts of exactly this kind."""
        return self._by_kind.get(kind, ())  # type: ignore[return-value]  # the table is keyed by the kind itself

    def one(self, kind: type[F]) -> F | None:
        """The first fact of this kind, if any."""
        found = self.of(kind)
        return found[0] if found else None

    def plus(self, facts: Iterable[Fact]) -> Findings:
        """These findings and more facts."""
        return Findings((*self.facts, *facts), self.problems, self.statements)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)


def _merge(said: F, again: F) -> F:
    extra = tuple(e for e in again.evidence if e not in said.evidence)
    return replace(said, evidence=said.evidence + extra) if extra else said
