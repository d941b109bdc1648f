"""Expressions over languages: regular ones with intersection and complement, followed character by character.

A matcher comes from an untrusted repository, so it is not given to a backtracking engine. Derivatives (Brzozowski 1964,
https://doi.org/10.1145/321239.321249) are linear in the path, bounded in states, and exact for a pathname with parameters, where
every value must give the same answer. Lookahead becomes intersection and complement (`prefill.next.regexp`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

MAX_PAIRS = 5_000
"""Pairs of derivatives (of the path, of the expression) that are looked at before a question is given up."""
MAX_STEPS = 1_000_000
"""Derivatives that all questions to one algebra may take."""
MAX_NODES = 40_000
"""Different expressions in one algebra."""

Verdict = Literal["all", "none", "some"]


class Unsupported(ValueError):  # noqa: N818 - nothing is wrong with what it is raised for
    """An expression that is not decided here; the message says why."""


class Node:
    """One expression; equal ones are one object. `kind` is empty, epsilon, set, cat, star, or, and, not."""

    __slots__ = ("chars", "derived", "kind", "negated", "nullable", "number", "parts")

    def __init__(self, kind: str, parts: tuple[Node, ...], chars: frozenset[str], negated: bool, number: int) -> None:
        self.kind = kind
        self.parts = parts
        self.chars = chars
        self.negated = negated
        self.number = number
        self.derived: dict[str, Node] = {}
        self.nullable: bool
        if kind == "or":
            self.nullable = any(part.nullable for part in parts)
        elif kind == "not":
            self.nullable = not parts[0].nullable
        elif kind in ("cat", "and"):
            self.nullable = all(part.nullable for part in parts)
        else:
            self.nullable = kind in ("epsilon", "star")


class Algebra:
    """Makes expressions in a normal form and derives them. `alphabet` holds the characters that any of them names."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[str, tuple[int, ...], frozenset[str], bool], Node] = {}
        self.alphabet: set[str] = set()
        self.steps = 0
        self.nothing = self._node("empty")
        self.epsilon = self._node("epsilon")
        self.everything = self._node("star", (self._node("set", negated=True),))

    def _node(
        self, kind: str, parts: tuple[Node, ...] = (), chars: frozenset[str] = frozenset(), *, negated: bool = False
    ) -> Node:
        key = (kind, tuple(part.number for part in parts), chars, negated)
        found = self._nodes.get(key)
        if found is None:
            if len(self._nodes) >= MAX_NODES:
                raise Unsupported("the expression grows too large")
            found = self._nodes[key] = Node(kind, parts, chars, negated, len(self._nodes))
        return found

    def chars(self, members: Iterable[str], *, negated: bool = False) -> Node:
        """One character of a set, or with `negated` one that is not in it."""
        named = frozenset(members)
        if not named and not negated:
            return self.nothing
        self.alphabet |= named
        return self._node("set", chars=named, negated=negated)

    def text(self, text: str) -> Node:
        """Exactly this text."""
        out = self.epsilon
        for char in reversed(text):
            out = self.cat(self.chars((char,)), out)
        return out

    def cat(self, first: Node, second: Node) -> Node:
        """One after the other."""
        if first is self.nothing or second is self.nothing:
            return self.nothing
        if first is self.epsilon:
            return second
        if second is self.epsilon:
            return first
        if first.kind == "cat":
            return self.cat(first.parts[0], self.cat(first.parts[1], second))
        return self._node("cat", (first, second))

    def star(self, inner: Node) -> Node:
        """Any number of times."""
        if inner is self.nothing or inner is self.epsilon:
            return self.epsilon
        return inner if inner.kind == "star" else self._node("star", (inner,))

    def either(self, *options: Node) -> Node:
        """One of several."""
        return self._combine("or", options, self.nothing, self.everything)

    def both(self, *parts: Node) -> Node:
        """All at once."""
        return self._combine("and", parts, self.everything, self.nothing)

    def _combine(self, kind: str, parts: tuple[Node, ...], neutral: Node, ruling: Node) -> Node:
        flat: dict[int, Node] = {}
        for part in parts:
            for one in part.parts if part.kind == kind else (part,):
                if one is ruling:
                    return ruling
                if one is not neutral:
                    flat[one.number] = one
        if len(flat) < 2:
            return next(iter(flat.values()), neutral)
        return self._node(kind, tuple(flat[number] for number in sorted(flat)))

    def complement(self, inner: Node) -> Node:
        """Everything else."""
        if inner.kind == "not":
            return inner.parts[0]
        if inner is self.nothing:
            return self.everything
        return self.nothing if inner is self.everything else self._node("not", (inner,))

    def derive(self, node: Node, char: str) -> Node:
        """What must follow after a character; the empty string stands for one that no expression names."""
        found = node.derived.get(char)
        if found is None:
            found = node.derived[char] = self._derive(node, char)
        return found

    def _derive(self, node: Node, char: str) -> Node:
        kind, parts = node.kind, node.parts
        if kind == "set":
            return self.epsilon if (char in node.chars) is not node.negated else self.nothing
        if kind == "cat":
            after = self.cat(self.derive(parts[0], char), parts[1])
            return self.either(after, self.derive(parts[1], char)) if parts[0].nullable else after
        if kind == "star":
            return self.cat(self.derive(parts[0], char), node)
        if kind == "not":
            return self.complement(self.derive(parts[0], char))
        if kind == "or":
            return self.either(*(self.derive(part, char) for part in parts))
        if kind == "and":
            return self.both(*(self.derive(part, char) for part in parts))
        return self.nothing

    def accepts(self, node: Node, text: str) -> bool:
        """Whether a text is in the language."""
        for char in text:
            if node is self.nothing or node is self.everything:
                break
            node = self.derive(node, char if char in self.alphabet else "")
        return node.nullable

    def compare(self, paths: Node, node: Node) -> Verdict:
        """Whether all, some or none of `paths` are in the language. Raises Unsupported beyond the bound."""
        alphabet = (*sorted(self.alphabet), "")
        seen = {(paths.number, node.number)}
        todo = [(paths, node)]
        verdicts: set[bool] = set()
        while todo and len(verdicts) < 2:
            left, right = todo.pop()
            if right is self.everything or right is self.nothing:  # then it is the same for every way to go on
                verdicts.add(right is self.everything)
                continue
            if left.nullable:
                verdicts.add(right.nullable)
            self.steps += len(alphabet)
            if self.steps > MAX_STEPS:
                raise Unsupported("there are too many cases")
            for char in alphabet:
                pair = (self.derive(left, char), self.derive(right, char))
                key = (pair[0].number, pair[1].number)
                if pair[0] is self.nothing or key in seen:
                    continue
                if len(seen) >= MAX_PAIRS:
                    raise Unsupported("there are too many cases")
                seen.add(key)
                todo.append(pair)
        return "some" if len(verdicts) == 2 else "all" if True in verdicts else "none"
