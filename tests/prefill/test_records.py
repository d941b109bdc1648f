"""Our dataclasses behave as the standard ones do; hypothesis makes the same class with both and compares."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill import records


def _pair(kind: Callable[..., Any], extra: Callable[..., Any], **options: Any) -> Any:
    @kind(**options)
    class Place:
        known: ClassVar[str] = "no field"
        path: str
        line: int | None = None
        notes: list[str] = extra(default_factory=list, compare=False, repr=False)

    return Place


OPTIONS = [
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "kw_only": True},
    {"frozen": True, "order": True},
    {"eq": False},
    {},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@given(path=st.text(), line=st.none() | st.integers(), other=st.text(), last=st.none() | st.integers())
def test_instances_compare_hash_and_show_as_standard_ones_do(
    options: dict[str, bool], path: str, line: int | None, other: str, last: int | None
) -> None:
    ours, theirs = (_pair(kind, extra, **options) for kind, extra in _BOTH)
    (a, b), (c, d) = ((kind(path=path, line=line, notes=["x"]), kind(path=other, line=last)) for kind in (ours, theirs))
    assert (a == b) is (c == d)
    assert a == a  # noqa: PLR0124  # an instance equals itself
    assert a != (path, line)
    assert repr(a) == repr(c)
    if options.get("frozen"):
        assert hash(a) == hash(c)
    if options.get("order") and line is not None and last is not None:
        assert (a < b, a <= b, a > b, a >= b) == (c < d, c <= d, c > d, c >= d)


_BOTH = ((records.dataclass, records.field), (dataclasses.dataclass, dataclasses.field))


def test_a_frozen_instance_cannot_be_assigned_to() -> None:
    place = _pair(*_BOTH[0], frozen=True)("a.ts")
    with pytest.raises(AttributeError, match="cannot assign to or delete field 'path'"):
        place.path = "b.ts"
    with pytest.raises(AttributeError):
        del place.path


@pytest.mark.parametrize(
    ("args", "kwargs", "message"),
    [
        ((), {}, "missing a required argument: 'path'"),
        (("a", 1, [], 4), {}, "takes 3 positional arguments but 4 were given"),
        (("a",), {"path": "b"}, "multiple values for argument 'path'"),
        (("a",), {"colour": "b"}, "unexpected keyword argument 'colour'"),
        (("a",), {"known": "b"}, "unexpected keyword argument 'known'"),
    ],
)
def test_wrong_arguments_are_refused(args: tuple[Any, ...], kwargs: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        _pair(*_BOTH[0], frozen=True)(*args, **kwargs)


def test_keyword_only_fields_take_no_positional_argument() -> None:
    with pytest.raises(TypeError, match="takes 0 positional arguments"):
        _pair(*_BOTH[0], kw_only=True)("a")


def test_a_default_that_is_made_is_made_anew() -> None:
    kind = _pair(*_BOTH[0])
    assert kind("a").notes is not kind("a").notes


def test_fields_of_a_base_come_first_and_replace_gives_a_copy() -> None:
    @records.dataclass(frozen=True)
    class Base:
        evidence: tuple[int, ...] = ()

    @records.dataclass(frozen=True, kw_only=True)
    class Derived(Base):
        name: str

    first = Derived((1,), name="x")
    assert [one.name for one in records.fields(Derived)] == ["evidence", "name"]
    assert records.replace(first, name="y") == Derived((1,), name="y")
    assert first.name == "x"
    assert records.is_dataclass(first)
    assert not records.is_dataclass(3)
    with pytest.raises(TypeError, match="is no dataclass"):
        records.fields(3)


def test_what_runs_after_may_set_a_field_that_is_no_argument() -> None:
    @records.dataclass()
    class Counted:
        items: list[int]
        count: int = records.field(init=False)

        def __post_init__(self) -> None:
            self.count = len(self.items)

    assert Counted([1, 2]).count == 2


def test_a_run_defines_no_class_with_the_standard_decorator() -> None:
    code = "import sys, prefill.engine, prefill.analyzers, prefill.documents; sys.exit('dataclasses' in sys.modules)"
    assert subprocess.run([sys.executable, "-I", "-c", code], check=False).returncode == 0
