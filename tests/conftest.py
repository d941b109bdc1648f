"""What every test shares: how hypothesis searches."""

from __future__ import annotations

import os

from hypothesis import settings

# No deadlines: two busy cores make a slow example, not a wrong one.
settings.register_profile("local", deadline=None, max_examples=50)
# The same examples on every run, so that a red build is the change's own doing.
settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True, database=None)
# A long search, by hand: HYPOTHESIS_PROFILE=long make test.
settings.register_profile("long", deadline=None, max_examples=5_000)

settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "local"))
