"""The built-in analyzers, in the order in which they run."""

from __future__ import annotations

from prefill.analyzer import Analyzer
from prefill.analyzers.auth import ANALYZER as AUTH
from prefill.analyzers.ci import ANALYZER as CI
from prefill.analyzers.components import ANALYZER as COMPONENTS
from prefill.analyzers.database import ANALYZER as DATABASE
from prefill.analyzers.drizzle import ANALYZER as DRIZZLE
from prefill.analyzers.environment import ANALYZER as ENVIRONMENT
from prefill.analyzers.middleware import ANALYZER as MIDDLEWARE
from prefill.analyzers.package_json import ANALYZER as PACKAGE_JSON
from prefill.analyzers.prisma import ANALYZER as PRISMA
from prefill.analyzers.routes import ANALYZER as ROUTES
from prefill.analyzers.supabase import ANALYZER as SUPABASE
from prefill.analyzers.tailwind import ANALYZER as TAILWIND
from prefill.analyzers.tests import ANALYZER as TESTS
from prefill.analyzers.tsconfig import ANALYZER as TSCONFIG

BUILTIN: tuple[Analyzer, ...] = (
    PACKAGE_JSON,
    TSCONFIG,
    TAILWIND,
    DRIZZLE,
    PRISMA,
    SUPABASE,
    DATABASE,
    ROUTES,
    MIDDLEWARE,
    AUTH,
    COMPONENTS,
    ENVIRONMENT,
    TESTS,
    CI,
)
