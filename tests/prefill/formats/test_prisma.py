"""Prisma's schema language is read line by line, as Prisma reads it, in time that grows with the text alone."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from prefill.formats.prisma import MAX_PROBLEMS, Attribute, Field, parse, text, texts


def test_a_field_has_its_name_type_arity_attributes_and_line() -> None:
    schema = parse('model User {\n  email String? @unique(map: "e") @db.VarChar(320) // the address\n}\n')
    (block,) = schema.blocks
    assert (block.kind, block.name, block.line) == ("model", "User", 1)
    assert block.fields == (
        Field(
            "email", "String", "optional", (Attribute("unique", 'map: "e"', 2), Attribute("db.VarChar", "320", 2)), 2
        ),
    )
    assert schema.problems == ()


def test_spaces_stand_where_prisma_allows_them() -> None:
    (block,) = parse(
        '  model   A{\r\n\tid Int@id@map("x")\r\n\ttags String []\r\n\tn Int @default (1)\r\n  } // end\r\n'
    ).blocks
    assert [(field.name, field.arity, [one.name for one in field.attributes]) for field in block.fields] == [
        ("id", "one", ["id", "map"]),
        ("tags", "list", []),
        ("n", "one", ["default"]),
    ]


def test_marks_in_a_string_are_text() -> None:
    (block,) = parse('model A {\n  x String @default("// ) ] , \\" @id /*") @map("y")\n}\n').blocks
    assert [one.name for one in block.fields[0].attributes] == ["default", "map"]
    assert block.fields[0].attributes[0].text() == '// ) ] , " @id /*'
    assert block.fields[0].attribute("map") == Attribute("map", '"y"', 2)


def test_comments_are_no_part_of_the_schema() -> None:
    source = (
        "/* model A {\n id Int\n} */ // x\n/// doc\nmodel B { /* y */\n  id Int /* z */\n  /* a Int\n  */ b Int\n}\n"
    )
    (block,) = parse(source).blocks
    assert (block.name, [field.name for field in block.fields]) == ("B", ["id", "b"])


def test_an_attribute_gives_the_fields_of_its_list_with_and_without_a_name() -> None:
    source = 'model A {\n  @@id([a, b(sort: Desc)])\n  @@unique(name: "n", fields: [c.d])\n  @@index(e)\n  @@map(name: "t")\n}\n'
    (block,) = parse(source).blocks
    assert [one.names() for one in block.attributes[:3]] == [("a", "b"), ("c.d",), ("e",)]
    assert block.attributes[3].text() == "t"
    assert (block.attribute("unique") or block.attributes[0]).text("name") == "n"
    assert block.attribute("ignore") is None


def test_values_of_an_enum_are_fields_without_a_type() -> None:
    (block,) = parse('enum Role {\n  USER @map("user")\n  ADMIN\n  @@map("roles")\n}\n').blocks
    assert [field.name for field in block.fields] == ["USER", "ADMIN"]
    assert block.attributes[0].text() == "roles"


def test_a_type_that_prisma_does_not_support_is_known_as_such() -> None:
    (block,) = parse('model A {\n  at Unsupported("point(2, 3)")? @map("b")\n}\n').blocks
    assert block.fields == (Field("at", "", "optional", (Attribute("map", '"b"', 2),), 2, unsupported=True),)


def test_settings_of_a_datasource_are_kept_as_they_are_written() -> None:
    (block,) = parse('datasource db {\n  provider = "mysql"\n  url      = env("URL") // secret\n}\n').blocks
    assert dict(block.settings) == {"provider": ('"mysql"', 2), "url": ('env("URL")', 3)}


def test_strings_are_read_from_values() -> None:
    assert (text('"a\\"b"'), text('env("A")'), texts('["a", "b"]')) == ('a"b', None, ("a", "b"))


def test_what_is_not_the_language_is_a_problem_and_the_rest_is_read() -> None:
    schema = parse(
        "type Name = String\nmodel A {\n  id Int @id\n  what is this\n  x Int @default(\n  @@index([id)\n}\nenum B {\n X\n"
    )
    assert [(block.name, [field.name for field in block.fields]) for block in schema.blocks] == [
        ("A", ["id"]),
        ("B", ["X"]),
    ]
    assert schema.problems == (
        (1, "is no part of a Prisma schema"),
        (4, "is no field of a Prisma schema"),
        (5, "is no field of a Prisma schema"),
        (6, "an attribute is not written as Prisma writes one"),
        (8, "the block of B is not closed"),
    )


def test_a_block_that_is_not_closed_ends_where_the_next_begins() -> None:
    schema = parse("model A {\n  id Int\nmodel B {\n  id Int\n}\n")
    assert [block.name for block in schema.blocks] == ["A", "B"]
    assert schema.problems == ((1, "the block of A is not closed"),)


def test_a_file_of_another_language_gives_few_problems() -> None:
    assert len(parse("lorem ipsum\n" * 10_000).problems) == MAX_PROBLEMS


def test_hostile_text_costs_no_more_than_its_length() -> None:
    deep = 100_000
    for line in ("(" * deep, "[" * deep, '"' * deep, "\\" * deep, "@" * deep, "/*" * deep, "*/" * deep, "a " * deep):
        start = time.perf_counter()
        parse(f"model A {{\n  id Int @default({line}\n  x Int @a({line})\n  @@index([{line}])\n  {line}\n}}\n")
        assert time.perf_counter() - start < 2
    nested = parse(f"model A {{\n  id Int @default({'(' * deep}{')' * deep})\n}}\n")
    assert nested.problems == ()


@given(st.text(alphabet='model enum{}[]()@"\\/*?,:.=\n aA1', max_size=300))
def test_any_text_gives_blocks_and_problems_on_lines_that_it_has(source: str) -> None:
    schema = parse(source)
    lines = source.count("\n") + 1
    assert all(1 <= line <= lines for line, _ in schema.problems)
    assert all(1 <= field.line <= lines for block in schema.blocks for field in block.fields)


@given(st.integers(min_value=0, max_value=400))
def test_a_cut_file_gives_a_beginning_of_what_the_whole_gives(cut: int) -> None:
    source = 'datasource db {\n  provider = "sqlite"\n}\n\nmodel A {\n  id Int @id\n  b B[]\n}\n\nenum B {\n  X @map("x")\n  Y\n}\n'
    whole = [block.name for block in parse(source).blocks]
    names = [block.name for block in parse(source[:cut]).blocks]
    assert names == whole[: len(names)]
