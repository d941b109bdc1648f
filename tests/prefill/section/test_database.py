"""The Database & ORM label: the schema first, what opens it, what it is used for, and nothing that is only installed somewhere."""

from __future__ import annotations

from typing import Any

import pytest

from prefill.model import (
    DatabaseClient,
    DatabaseService,
    DataModel,
    Dependency,
    DrizzleSchema,
    Evidence,
    Fact,
    Findings,
    Migrations,
    PrismaClient,
    PrismaEnum,
    PrismaField,
    PrismaModel,
    PrismaSchema,
    Project,
    SupabaseProject,
    SupabaseTables,
    SupabaseUse,
    Technology,
    VariableDocumented,
)
from prefill.render.environment import label
from prefill.section.database import LOOKED_IN, build

PROJECT = Project(commit=None, dirty=None, package_manager=None)
WEB = Project(commit=None, dirty=None, package_manager=None, app="apps/web", uses=("packages/db",))
HERE = (Evidence("package.json", 5),)


def text(*facts: Fact, project: Project = PROJECT) -> str:
    built = build(Findings(facts), project)
    return label(built).text if built.entries else ""


def dependency(name: str, version: str = "1.0.0", workspace: str = ".") -> Dependency:
    return Dependency(
        workspace=workspace, name=name, range="*", version=version, source="lockfile", kind="prod", evidence=HERE
    )


def technology(package: str, name: str, category: str, **more: Any) -> Technology:
    values: dict[str, Any] = {"id": name.lower(), "version": "2.0.0", "in_use": True, "imports": 1, **more}
    return Technology(name=name, category=category, package=package, evidence=HERE, **values)


def model(name: str, *refers: str) -> PrismaModel:
    fields = tuple(
        PrismaField(name=to.lower(), type=to, list=False, required=True, id=False, unique=False) for to in refers
    )
    return PrismaModel(
        name=name, table=name, kind="model", fields=fields, evidence=(Evidence("prisma/schema.prisma", 9),)
    )


def prisma(*models: PrismaModel, **more: Any) -> PrismaSchema:
    values: dict[str, Any] = {
        "file": "prisma/schema.prisma",
        "files": ("prisma/schema.prisma",),
        "provider": "postgresql",
        "enums": (),
        "indexes": (),
        "evidence": (Evidence("prisma/schema.prisma", 2),),
        **more,
    }
    return PrismaSchema(models=models, **values)


def drizzle(*tables: str, **more: Any) -> DrizzleSchema:
    values: dict[str, Any] = {
        "config": "drizzle.config.ts",
        "dialect": "postgresql",
        "driver": "postgres",
        "files": ("src/schema.ts",),
        "snapshot": {"tables": {f"public.{name}": {"name": name, "schema": ""} for name in tables}},
        "places": {},
        "evidence": (Evidence("drizzle.config.ts", 4),),
        **more,
    }
    return DrizzleSchema(**values)


def client(file: str, package: str = "@prisma/client", exports: bool = True) -> DatabaseClient:
    return DatabaseClient(file=file, package=package, exports=exports, evidence=(Evidence(file, 3),))


def test_prisma_is_said_with_its_provider_models_enums_client_and_migrations() -> None:
    made = Migrations(folder="prisma/migrations", tool="prisma", files=2, latest="2_b", evidence=HERE)
    enum = PrismaEnum(name="Role", values=("A",))
    schema = prisma(model("User"), model("Team"), enums=(enum,), migrations=made)
    assert text(dependency("@prisma/client", "6.1.0"), schema, client("lib/prisma.ts")) == (
        "PostgreSQL via Prisma 6.1.0 (`prisma/schema.prisma`): 2 models: `User`, `Team`; 1 enum; client `lib/prisma.ts`; "
        "2 migrations in `prisma/migrations`, latest `2_b`"
    )


def test_a_schema_of_many_files_is_said_by_its_folder_and_where_its_client_is_generated() -> None:
    schema = prisma(
        model("User"),
        file="db/schema/main.prisma",
        files=("db/schema/a.prisma", "db/schema/main.prisma"),
        provider=None,
        clients=(PrismaClient(name="client", output="src/generated"),),
    )
    assert text(schema) == "Prisma (`db/schema/`, 2 files): 1 model: `User`; generated to `src/generated`"


def test_of_many_models_those_are_named_that_most_refer_to() -> None:
    models = [model(f"M{n}", "Hub", "User") for n in range(9)]
    said = text(prisma(*models, model("User", "Hub"), model("Hub")))
    assert "11 models: `Hub`, `User`, `M0`, `M1`, `M2`, `M3`, `M4`, `M5`, … and 3 more" in said


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (("src/lib/db.ts", "scripts/fix.ts", "prisma/seed.ts"), "client `src/lib/db.ts`"),
        (("src/eraser.ts", "src/db.ts"), "client `src/db.ts`"),
        (("lib/prisma/edge.ts", "lib/prisma/index.ts"), "client `lib/prisma/index.ts`"),
        (("src/one.ts", "src/two.ts"), None),
    ],
)
def test_the_client_is_the_module_that_the_app_imports_or_none(files: tuple[str, ...], said: str | None) -> None:
    label_ = text(prisma(model("User")), *(client(file) for file in files))
    assert (f"; {said}" in label_) if said else ("client" not in label_)


def test_a_program_that_exports_nothing_is_no_client() -> None:
    assert "client" not in text(prisma(model("User")), client("delete-team.js", exports=False))


def test_both_orms_of_one_repository_are_said_the_larger_first() -> None:
    said = text(dependency("drizzle-orm", "0.40.0"), drizzle("logs"), prisma(model("A"), model("B")))
    assert said == (
        "PostgreSQL via Prisma (`prisma/schema.prisma`): 2 models: `A`, `B`; "
        "also PostgreSQL via Drizzle ORM 0.40.0 (`drizzle.config.ts`, 1 table)"
    )


def test_a_schema_that_two_configurations_name_is_said_once() -> None:
    both = (drizzle("a", config="db/drizzle.config.ts"), drizzle("a", config="drizzle.config.ts"))
    assert text(*both).count("via Drizzle ORM") == 1


def test_the_app_s_own_schema_stands_before_a_larger_one_of_a_package() -> None:
    own = prisma(model("A"), workspace="apps/web")
    shared = prisma(model("B"), model("C"), workspace="packages/db", file="packages/db/s.prisma", files=("s",))
    assert text(shared, own, project=WEB).startswith("PostgreSQL via Prisma (`prisma/schema.prisma`): 1 model: `A`")


def test_a_schema_of_a_package_that_the_app_does_not_use_is_not_said() -> None:
    assert text(prisma(model("A"), workspace="packages/other"), project=WEB) == ""


def test_a_driver_of_drizzle_means_a_service() -> None:
    said = text(dependency("drizzle-orm"), drizzle("a", driver="@neondatabase/serverless"))
    assert said.startswith(
        "PostgreSQL (Neon) via Drizzle ORM 1.0.0 (`drizzle.config.ts`), driver `@neondatabase/serverless`"
    )


def test_supabase_is_said_by_what_is_called() -> None:
    database = SupabaseUse(part="database", files=2, names=("a", "b"), evidence=HERE)
    storage = SupabaseUse(part="storage", files=1, evidence=HERE)
    auth = SupabaseUse(part="auth", files=9, evidence=HERE)
    package = dependency("@supabase/supabase-js", "2.1.0")
    assert text(package, database, storage, auth) == (
        "Supabase 2.1.0 (PostgreSQL) for database (2 files), storage (1 file); 2 tables queried by name: `a`, `b`"
    )
    assert text(package, auth) == "Supabase 2.1.0 for authentication only: no call on its tables or storage seen"


def test_tables_of_generated_types_stand_before_those_of_migrations() -> None:
    use = SupabaseUse(part="database", files=1, names=("a",), evidence=HERE)
    made = SupabaseTables(source="supabase/migrations", kind="migrations", tables=("old",), evidence=HERE)
    types = SupabaseTables(source="types.ts", kind="types", tables=("a", "b"), evidence=HERE)
    assert "2 tables (`types.ts`): `a`, `b`" in text(dependency("@supabase/ssr"), use, made, types)


def test_a_project_that_nothing_calls_is_said_to_be_there() -> None:
    made = Migrations(folder="supabase/migrations", tool="supabase", files=1, latest="1_a", evidence=HERE)
    project = SupabaseProject(path="supabase/config.toml", migrations=made, evidence=HERE)
    assert text(project) == (
        "Supabase project (`supabase/config.toml`); 1 migration in `supabase/migrations`, latest `1_a`"
    )


def test_models_in_code_are_said_with_their_library() -> None:
    models = [DataModel(tool="mongoose", name=name, file=f"m/{name}.ts", evidence=HERE) for name in ("User", "Post")]
    assert text(dependency("mongoose", "8.5.0"), *models) == "Mongoose 8.5.0, 2 models: `User`, `Post`"
    entity = DataModel(tool="typeorm", name="User", file="u.ts", evidence=HERE)
    assert text(dependency("typeorm", "0.3.0"), entity) == "TypeORM 0.3.0, 1 entity in `u.ts`: `User`"


def test_what_is_installed_and_never_imported_is_said_to_be_so() -> None:
    unused = technology("mongoose", "Mongoose", "orm", in_use=False, imports=0)
    assert text(unused) == "Mongoose 2.0.0 (installed; nothing imports it)"


def test_what_may_or_may_not_be_used_is_not_said() -> None:
    assert text(technology("@planetscale/database", "PlanetScale", "database-service", in_use=None, imports=0)) == ""


def test_a_sign_of_a_library_is_not_the_library() -> None:
    assert text(technology("bson-objectid", "MongoDB driver", "driver", version=None)) == ""


def test_a_cache_counts_only_where_a_module_opens_it() -> None:
    redis = technology("ioredis", "ioredis", "cache")
    assert text(redis) == ""
    assert text(redis, client("lib/redis.ts", "ioredis")) == "ioredis 2.0.0 (`lib/redis.ts`)"


def test_services_of_configurations_are_said_with_the_file() -> None:
    postgres = DatabaseService(name="PostgreSQL", version="16", file="compose.yaml", evidence=HERE)
    valkey = DatabaseService(name="Valkey", version=None, file="compose.yaml", evidence=HERE)
    d1 = DatabaseService(name="Cloudflare D1", version=None, file="wrangler.toml", evidence=HERE)
    assert text(postgres, valkey, d1) == ("Cloudflare D1 (`wrangler.toml`); `compose.yaml` runs PostgreSQL 16, Valkey")


def test_a_name_in_an_example_environment_is_said_to_be_only_that() -> None:
    place = (Evidence(".env.example", 2),)
    names = [VariableDocumented(name=name, evidence=place) for name in ("TURSO_AUTH_TOKEN", "TURSO_DB_URL", "NODE_ENV")]
    assert text(*names) == "Turso, going by `TURSO_DB_URL` in `.env.example`"


def test_what_a_repository_calls_a_model_cannot_break_out_of_its_code_span() -> None:
    assert "``a`b --\\u003e``" in text(prisma(model("a`b -->")))


def test_without_a_database_it_says_where_it_looked() -> None:
    built = build(Findings(), PROJECT)
    assert (built.entries, built.status, built.looked_in) == ((), "unknown", LOOKED_IN)
