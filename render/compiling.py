"""Compiles the partials ahead of time: `python -m prefill.render.compiling` writes `compiled.py` beside this module."""

from __future__ import annotations

import os
import re
import sys
from binascii import crc32

from prefill.render.environment import TEMPLATES, environment, templates

TARGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "compiled.py")

HEAD = '''\
"""The partials of `templates/`, compiled by Jinja2. Generated: run `python -m prefill.render.compiling` after a change."""

# mypy: ignore-errors
# pyright: basic, reportPossiblyUnbound=false, reportUnusedExpression=false

from prefill.render.runtime import ENVIRONMENT as environment
from prefill.render.runtime import (
    LoopContext,
    Macro,
    Markup,
    Namespace,
    TemplateNotFound,
    TemplateReference,
    TemplateRuntimeError,
    Undefined,
    escape,
    identity,
    internalcode,
    markup_join,
    missing,
    str_join,
)
'''


def compile_partials() -> str:
    """The source of `compiled.py`: one function per template, and the checksums of what they were compiled from."""
    out = [HEAD]
    roots, sums = [], []
    for number, name in enumerate(templates()):
        with open(os.path.join(TEMPLATES, name), encoding="utf-8", newline="") as file:
            source = file.read()
        made = environment().compile(source, name=name, filename=name, raw=True)
        body = made[made.index("def root(") :]
        body = body[: body.index("\nblocks = ")] if "\nblocks = " in body else body
        if re.search(r"^def block_|parent_template|^\s*async |root_render_func\(", body, re.MULTILINE):
            sys.exit(f"{name}: blocks, includes and inheritance are not supported in partials; use macros")
        out.append(f"\n\n# {name}\n{body.replace('def root(', f'def root_{number}(', 1).rstrip()}\n")
        roots.append(f"    {name!r}: root_{number},\n")
        sums.append(f"    {name!r}: {checksum(source)},\n")
    out.append(f"\n\nROOTS = {{\n{''.join(roots)}}}\n\nSUMS = {{\n{''.join(sums)}}}\n\nenvironment.roots = ROOTS\n")
    return "".join(out)


def checksum(source: str) -> int:
    """What tells whether a template has changed since it was compiled."""
    return crc32(source.encode("utf-8"))


if __name__ == "__main__":
    text = compile_partials()
    with open(TARGET, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
