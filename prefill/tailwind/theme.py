"""The variables of `@theme`, with the rules by which a later one replaces, keeps or clears an earlier one.

Encodes https://tailwindcss.com/docs/theme: `--color-*: initial` clears a namespace, `--x: initial` takes one variable away,
`@theme default` yields to what is already there.
"""

from __future__ import annotations

from prefill.model import Evidence
from prefill.records import dataclass, field

# Clearing `--font-*` leaves `--font-weight-*`, which is a namespace of its own.
_APART = {
    "--font": ("--font-weight", "--font-size"),
    "--inset": ("--inset-shadow", "--inset-ring"),
    "--text": (
        "--text-color",
        "--text-decoration-color",
        "--text-decoration-thickness",
        "--text-indent",
        "--text-shadow",
        "--text-underline-offset",
    ),
    "--grid-column": ("--grid-column-start", "--grid-column-end"),
    "--grid-row": ("--grid-row-start", "--grid-row-end"),
}


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable that a stylesheet of the repository declares in `@theme`."""

    value: str
    evidence: Evidence
    default: bool = False


@dataclass(slots=True)
class Theme:
    """The variables declared so far, in order; `prefix` is what `prefix(tw)` sets."""

    variables: dict[str, Variable] = field(default_factory=dict)
    prefix: str | None = None

    def add(self, name: str, value: str, evidence: Evidence, *, default: bool = False) -> None:
        """What one declaration in `@theme` does."""
        if name.endswith("-*"):
            if value == "initial":
                self._clear("" if name == "--*" else name[:-2])
            return
        known = self.variables.get(name)
        if default and known is not None and not known.default:
            return
        self.variables.pop(name, None)
        if value != "initial":
            self.variables[name] = Variable(value, evidence, default)

    def _clear(self, namespace: str) -> None:
        apart = _APART.get(namespace, ())
        for name in [name for name in self.variables if name.startswith(namespace) and not name.startswith(apart)]:
            del self.variables[name]
