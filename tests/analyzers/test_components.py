"""What the components analyzer says beyond the fixtures: what is a component, what runs in the browser, who uses it, bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.analyzers.components import ANALYZER
from prefill.analyzers.components.actions import server_functions
from prefill.analyzers.components.elements import components
from prefill.model import ClientFile, Component, Evidence, RefusedModule, ServerAction
from prefill.testing import analyze, write
from prefill.typescript.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = '{ "name": "app", "private": true, "dependencies": { "next": "15.5.2", "react": "19.1.1" } }'


def found(code: str, path: str = "a.tsx") -> dict[str, tuple[str, ...]]:
    """Component → its props."""
    return {component.name: component.props for component in components(parse(code.encode(), path), client=False)}


# what is a component --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [
        "export function A() { return <p /> }",
        "export function A() { return (/* why */ <p />) }",
        "export const A = function () { return <></> }",
        "export const A = () => { if (x) { return <p /> } }",
        "export const A = () => { for (const b of c) { return <p /> } return null }",
        "export const A = () => x ? <p /> : null",
        "export const A = () => x || <p />",
        "export const A = () => (y, <p />)",
        "export const A = () => <p /> as ReactNode",
        "export const A = () => { let b; if (x) { b = <p /> } return b }",
        "export const A = () => { const draw = () => <p />; return draw() }",
        "const draw = () => <p />; export const A = () => draw()",
        "export const A = () => React.cloneElement(x)",
        "export const A = () => createPortal(<p />, x)",
        "export const A = () => useRender({ render: x })",
        "export const A = (props) => props.children",
        "export const A = observer(() => <p />)",
        "export const A = React.lazy(() => import('x'))",
        "export const A = withAuth(() => <p />)",
        "const B = () => <p />; export const A = withAuth(withTheme(B))",
        "const B = () => <p />; export { B as A }",
        "export const A = hoc(function A() { return <p /> })",
        "export class A extends Component { render() { return <p /> } }",
        "export class A extends React.Component<Props> {}",
        "export const A = class extends React.PureComponent { render() { return <p /> } }",
        "export const A = styled.div`a: b;`",
        "export const A = styled(B)({ a: 1 })",
        "const A = () => <p />; export default A",
        "export default function A() { return <p /> }",
        "function A() { return <p /> } export default memo(A)",
        "export default forwardRef(function A() { return <p /> })",
    ],
)
def test_each_form_of_a_component_is_one(code: str) -> None:
    assert list(found(code)) == ["A"]


@pytest.mark.parametrize(
    "code",
    [
        "export function a() { return <p /> }",
        "export const a = () => <p />",
        "function A() { return <p /> }",
        "export function A() { return 'text' }",
        "export function A() { const b = <p />; return 1 }",
        "export function A() { return () => <p /> }",
        "export function A() { function B() { return <p /> } return B }",
        "export function A() { return a(b) }",
        "export const A = <p />",
        "export const A = items.map(() => <p />)",
        "export const A = createContext(<p />)",
        "export const A = cva('a')",
        "export const A = { B: () => <p /> }",
        "export const A = styled.p.attrs({})",
        "export const A = 1 < B > `c`",
        "export class A { render() { return 1 } }",
        "export function GET() { return <p /> }",
        "export type A = () => JSX.Element",
        "export interface A { b: string }",
        "export { A } from './b'",
        "export * from './b'",
        "export default function a() { return 1 }",
        "export const A = A",
        "export const A = B; export const B = A",
    ],
)
def test_what_only_looks_like_a_component_is_none(code: str) -> None:
    assert found(code) == {}


def test_an_anonymous_default_export_has_no_name() -> None:
    assert found("export default () => <p />") == {"": ()}
    assert found("export default memo(() => <p />)") == {"": ()}


def test_a_default_export_is_cited_where_it_is_written() -> None:
    (component,) = components(
        parse(b"\n\nfunction A() {\n  return <p />;\n}\n\nexport default A;\n", "a.tsx"), client=True
    )
    assert (component.name, component.default, component.client, component.line) == ("A", True, True, 3)
    assert component.evidence == (Evidence("a.tsx", 3),)


@pytest.mark.parametrize(
    ("code", "props"),
    [
        ("export const A = ({ a, b: c, d = 1, ...rest }) => <p />", ("a", "b", "d")),
        ("export const A = ({ a }: { a: string; 'b-c'?: number; d(): void }) => <p />", ("a", "b-c", "d")),
        ("type P = { a: 1 } & Q; interface Q { b: 2 } export const A = (props: P) => <p />", ("a", "b")),
        ("export const A = (props: Readonly<{ a: 1 }>) => <p />", ("a",)),
        ("export const A = memo(forwardRef((props: { a: 1 }, ref) => <p />))", ("a",)),
        ("type P = P & { a: 1 }; export const A = (props: P) => <p />", ("a",)),
        ("export const A = (props: Elsewhere) => <p />", ()),
        ("export const A = () => <p />", ()),
    ],
)
def test_props_are_those_that_the_module_writes(code: str, props: tuple[str, ...]) -> None:
    assert tuple(dict.fromkeys(found(code)["A"])) == props


def test_javascript_counts_where_it_holds_elements(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "package.json": PACKAGE,
            "app/page.js": "export default function Page() { return <main></main> }",
            "lib/a.js": "export const A = () => null",
            "lib/b.ts": "export const B = () => <any>null",
        },
    )
    assert [component.name for component in analyze(ANALYZER, tmp_path).of(Component)] == ["Page"]


_PARTS = st.sampled_from(
    [
        "export ",
        "default ",
        "const A = ",
        "function A()",
        "() => ",
        "{",
        "}",
        "(",
        ")",
        "<p />",
        "return ",
        "memo",
        "styled.p",
        "`x`",
        ";",
        "\n",
    ]
)


@given(st.lists(_PARTS, max_size=14))
def test_any_text_gives_components_that_it_holds(parts: list[str]) -> None:
    code = "".join(parts)
    for component in components(parse(code.encode(), "a.tsx"), client=False):
        assert component.name in {"", "A"}
        assert 1 <= component.line <= code.count("\n") + 1


@pytest.mark.parametrize("bracket", ["(", "[", "{", "<a>", "!", "memo(", "x ? ", "() => "])
def test_nesting_without_end_ends(bracket: str, tmp_path: Path) -> None:
    count = 100_000 // len(bracket)
    write(
        tmp_path, {"package.json": PACKAGE, "app/page.tsx": f'"use client";\nexport const A = () => {bracket * count}'}
    )
    said = analyze(ANALYZER, tmp_path)
    assert said.of(ClientFile) == (ClientFile(path="app/page.tsx", evidence=(Evidence("app/page.tsx", 1),)),)
    assert said.problems == ()


# directives -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "client"),
    [
        ('"use client"', True),
        ("'use client';", True),
        ("// a\n/* b */\n'use strict'; 'use client'", True),
        ("#!/usr/bin/env node\n'use client'", True),
        ("\ufeff'use client'", True),
        ("import 'a'; 'use client'", False),
        ("('use client')", False),
        ("`use client`", False),
        ("// 'use client'", False),
        ("'use client ' ", False),
        ("'use' + ' client'", False),
        ("{ 'use client' }", False),
    ],
)
def test_a_directive_stands_before_all_statements(code: str, client: bool, tmp_path: Path) -> None:
    write(tmp_path, {"package.json": PACKAGE, "app/a.tsx": f"{code}\nexport const A = () => <p />;"})
    assert [fact.path for fact in analyze(ANALYZER, tmp_path).of(ClientFile)] == ["app/a.tsx"] * client


def actions(code: str, *, module_wide: bool) -> list[ServerAction]:
    said = list(server_functions(parse(code.encode(), "a.tsx"), module_wide=module_wide))
    return [action for action in said if isinstance(action, ServerAction)]


def test_every_export_of_a_server_module_is_an_action_with_its_wrapper() -> None:
    code = """
export async function a() {}
export const b = signedIn(async () => {});
export const c = client.schema(s).action(async () => {});
const d = async () => {};
export { d, d as e };
export default async () => {};
export type T = string;
"""
    assert [(action.name, action.wrapper, action.line) for action in actions(code, module_wide=True)] == [
        ("a", None, 2),
        ("b", "signedIn", 3),
        ("c", "client", 4),
        ("d", None, 6),
        ("e", None, 6),
        ("default", None, 7),
    ]


@pytest.mark.parametrize(
    "export", ["export const a = 1", "export function a() {}", "export class a {}", "export const a = [b]"]
)
def test_a_server_module_that_exports_anything_else_is_refused(export: str) -> None:
    code = f"export async function fine() {{}}\n{export};"
    assert list(server_functions(parse(code.encode(), "a.ts"), module_wide=True)) == [
        RefusedModule(path="a.ts", name="a", evidence=(Evidence("a.ts", 2),))
    ]


def test_a_function_with_the_directive_of_its_own_is_an_action_inline() -> None:
    code = """
async function a() { "use server"; }
const b = async () => { /* c */ 'use server' };
const o = { c: async function () { "use server" }, async d() { "use server" } };
async function late() { x(); "use server" }
const text = "use server";
"""
    assert [(action.name, action.line) for action in actions(code, module_wide=False)] == [
        ("a", 2),
        ("b", 3),
        ("c", 4),
        ("d", 4),
    ]


# who uses it ----------------------------------------------------------------------------------------------------------


def _users(folder: Path, **files: str) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Component → (who imports it, whether a client module pulls it in)."""
    write(
        folder, {"package.json": PACKAGE, "tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./*"]}}}', **files}
    )
    said = analyze(ANALYZER, folder).of(Component)
    return {component.name: (component.used_by, component.client_by_import) for component in said}


def test_who_imports_through_barrels_and_aliases_uses_the_component_itself(tmp_path: Path) -> None:
    said = _users(
        tmp_path,
        **{
            "ui/a.tsx": "export const A = () => <p />;",
            "ui/index.ts": "export * from './a'; export { A as B } from './a';",
            "index.ts": "export * from './ui';",
            "app/one.tsx": "import { A } from '@/index'; export const One = () => <A />;",
            "app/two.tsx": "import { B as C } from '../ui'; export const Two = () => <C />;",
            "app/three.tsx": "import * as ui from '../ui'; export const Three = () => <ui.A />;",
        },
    )
    assert said["A"] == (("app/one.tsx", "app/three.tsx", "app/two.tsx"), False)


def test_what_a_client_module_imports_runs_in_the_browser_too_and_so_on(tmp_path: Path) -> None:
    said = _users(
        tmp_path,
        **{
            "app/client.tsx": '"use client"; import { A } from "./a"; export const Client = () => <A />;',
            "app/a.tsx": 'import { B } from "./b"; export const A = () => <B />;',
            "app/b.tsx": "export const B = () => <p />;",
            "app/c.tsx": "export const C = () => <p />;",
        },
    )
    assert {name: pulled for name, (_, pulled) in said.items()} == {"Client": False, "A": True, "B": True, "C": False}


def test_types_tests_and_circles_use_nothing(tmp_path: Path) -> None:
    said = _users(
        tmp_path,
        **{
            "app/a.tsx": "import './b'; export const A = () => <p />;",
            "app/b.tsx": "export * from './a'; export * from './b'; import type { A } from './a'; export const B = () => <p />;",
            "app/a.test.tsx": "import { A } from './a'; export const T = () => <A />;",
            "app/a.stories.tsx": "import { A } from './a'; export const S = () => <A />;",
            "e2e/a.tsx": "import { A } from '../app/a'; export const E = () => <A />;",
        },
    )
    assert said == {"A": ((), False), "B": ((), False)}


def test_a_package_that_the_app_does_not_use_is_left_out(tmp_path: Path) -> None:
    card = "export const Card = () => <p />;"
    write(
        tmp_path,
        {
            "package.json": '{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }',
            "apps/web/package.json": PACKAGE.replace('"react"', '"ui": "*", "react"').replace('"app"', '"web"'),
            "apps/web/app/page.tsx": "import { Card } from 'ui'; export default function Page() { return <Card /> }",
            "packages/ui/package.json": '{ "name": "ui", "version": "1.0.0", "main": "index.tsx" }',
            "packages/ui/index.tsx": card,
            "packages/apart/package.json": '{ "name": "apart", "version": "1.0.0" }',
            "packages/apart/index.tsx": card,
        },
    )
    said = analyze(ANALYZER, tmp_path, "apps/web").of(Component)
    assert {(component.file, component.used_by) for component in said} == {
        ("apps/web/app/page.tsx", ()),
        ("packages/ui/index.tsx", ("apps/web/app/page.tsx",)),
    }


def used_by(folder: Path, files: dict[str, str]) -> dict[str, tuple[str, ...]]:
    write(folder, {"package.json": PACKAGE, **files})
    return {fact.name: fact.used_by for fact in analyze(ANALYZER, folder).of(Component)}


def test_mdx_and_plain_modules_use_components_too(tmp_path: Path) -> None:
    files = {
        "ui/card.tsx": "export function Card() { return <p /> }\nexport default function Deck() { return <p /> }\n",
        "ui/index.ts": 'export { Card } from "./card";\n',
        "lib/map.ts": 'import { Card } from "../ui";\nexport const map = { Card };\n',
        "posts/a.mdx": 'import Deck, { Card as C } from "../ui/card"\n\n# A\n\n<C />\n',
        "posts/all.mdx": 'import * as ui from "../ui/card"\n',
    }
    assert used_by(tmp_path, files) == {
        "Card": ("lib/map.ts", "posts/a.mdx", "posts/all.mdx"),
        "Deck": ("posts/a.mdx", "posts/all.mdx"),
    }


def test_code_that_mdx_only_shows_stories_and_their_configuration_use_nothing(tmp_path: Path) -> None:
    line = 'import { Card } from "../ui/card"\n'
    files = {
        "ui/card.tsx": "export function Card() { return <p /> }\n",
        "posts/fence.mdx": f"# A\n\n```tsx\n{line}```\n",
        "posts/tilde.mdx": f"~~~\n```\n{line}~~~\n",
        "posts/open.mdx": f"```tsx\n{line}",
        "posts/other.mdx": 'import { Card } from "./nowhere/card"\n',
        ".storybook/preview.tsx": f"{line}export const Frame = () => <Card />\n",
        "ui/card.stories.tsx": f"{line}export const Story = () => <Card />\n",
    }
    assert used_by(tmp_path, files) == {"Card": ()}


@pytest.mark.parametrize(("importer", "imported"), [("lib/use.ts", True), ("lib/use.test.ts", False)])
def test_a_refused_module_says_whether_something_imports_it(tmp_path: Path, importer: str, imported: bool) -> None:
    files = {
        "lib/actions.ts": '"use server"\nexport const limit = 3;\nexport async function a() {}\n',
        importer: 'import { a } from "./actions";\na();\n',
    }
    write(tmp_path, {"package.json": PACKAGE, **files})
    (refused,) = analyze(ANALYZER, tmp_path).of(RefusedModule)
    assert (refused.name, refused.imported) == ("limit", imported)
