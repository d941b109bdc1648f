"""Where an alias of a tsconfig may lead, for what is no module: stylesheets and folders.

https://www.typescriptlang.org/docs/handbook/modules/reference.html#paths
"""

from __future__ import annotations

import posixpath

from prefill.typescript.config import Config


def targets(config: Config | None, specifier: str) -> list[str]:
    """Repository-relative paths that `specifier` may mean, best first; none that lead out of the repository."""
    if config is None:
        return []
    best, star = "", ""
    for pattern in config.paths:
        head, sep, tail = pattern.partition("*")
        if pattern == specifier:
            best, star = pattern, ""
            break
        fits = (
            sep and specifier.startswith(head) and specifier.endswith(tail) and len(specifier) >= len(head) + len(tail)
        )
        if fits and (not best or len(head) > len(best.partition("*")[0])):
            best, star = pattern, specifier[len(head) : len(specifier) - len(tail)]
    written = [target.replace("*", star, 1) for target in config.paths.get(best, ())]
    if config.options.get("baseUrl") is not None:
        written.append(specifier)
    base = "" if config.base in {None, "."} else config.base or ""
    joined = (
        posixpath.normpath(target.lstrip("/") if target[:1] == "/" else posixpath.join(base, target))
        for target in written
    )
    return [path for path in joined if path != ".." and not path.startswith("../")]
