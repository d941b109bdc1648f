"""Which direct dependencies the catalog does not know, weighted by how many of the given checkouts use them.

    python bench/catalog_coverage.py CHECKOUT... [--show 40] [--at-least 95]

Packages of types, a repository's own workspaces, and what leads to a folder (`workspace:`, `link:`, `file:`) are left aside. Exit status 1
when less than `--at-least` percent of the weight is known.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from prefill.analyzers.package_json.catalog import catalog
from prefill.errors import PrefillError
from prefill.repository import open_repository
from prefill.workspace import read_workspaces


def names(path: str) -> set[str]:
    """The direct dependencies of all manifests of a checkout. Raises PrefillError where there is no such folder."""
    packages = read_workspaces(open_repository(path)[0]).packages
    own = {package.name for package in packages}
    return {
        name
        for package in packages
        for name, wanted, _ in package.rows()
        if name not in own
        and not name.startswith("@types/")
        and not wanted.startswith(("workspace:", "link:", "file:", "portal:"))
    }


def main() -> int:
    """Prints the share that is known, and what is not, the most used first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", nargs="+", metavar="CHECKOUT")
    parser.add_argument("--show", type=int, default=40, help="how many unknown packages to print")
    parser.add_argument("--at-least", type=float, default=0.0, help="the share in percent that must be known")
    args = parser.parse_args()
    weight: Counter[str] = Counter()
    read = 0
    for path in args.checkouts:
        try:
            weight.update(names(path))
        except PrefillError as error:
            print(f"{path}: {error}", file=sys.stderr)
        else:
            read += 1
    known = catalog()
    unknown = Counter({name: count for name, count in weight.items() if known.find(name) is None})
    total = sum(weight.values())
    share = 100 * (1 - sum(unknown.values()) / total) if total else 100.0
    print(
        f"{share:.2f} % of {total} uses of {len(weight)} packages in {read} checkouts are known; {len(unknown)} packages are not"
    )
    for name, count in sorted(unknown.items(), key=lambda row: (-row[1], row[0]))[: args.show]:
        print(f"{count:5}  {name}")
    return int(share < args.at_least)


if __name__ == "__main__":
    sys.exit(main())
