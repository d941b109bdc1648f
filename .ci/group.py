"""Print the requirements of a dependency group of pyproject.toml, one a line, for a pip that has no `--group`.

Usage: `python .ci/group.py NAME...`; shape: https://packaging.python.org/en/latest/specifications/dependency-groups/
"""

from __future__ import annotations

import os
import sys
import tomllib

PYPROJECT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "pyproject.toml")


def requirements(groups: dict[str, list[str | dict[str, str]]], name: str) -> list[str]:
    """What `name` asks for, the groups that it includes in place; KeyError for a group that does not exist."""
    found: list[str] = []
    for item in groups[name]:
        found.extend([item] if isinstance(item, str) else requirements(groups, item["include-group"]))
    return found


if __name__ == "__main__":
    with open(PYPROJECT, "rb") as file:
        declared = tomllib.load(file)["dependency-groups"]
    for wanted in sys.argv[1:]:
        print("\n".join(requirements(declared, wanted)))
