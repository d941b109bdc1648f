"""The built-in analyzers, in the order in which they run."""

from __future__ import annotations

from prefill.analyzer import Analyzer
from prefill.analyzers.components import ANALYZER as COMPONENTS
from prefill.analyzers.package_json import ANALYZER as PACKAGE_JSON
from prefill.analyzers.tsconfig import ANALYZER as TSCONFIG

BUILTIN: tuple[Analyzer, ...] = (PACKAGE_JSON, TSCONFIG, COMPONENTS)
