"""Expressions: one function per kind of syntax, from a node and a scope to a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefill.typescript.libraries import member
from prefill.typescript.operators import MAX_ITEMS, MAX_TEXT, binary, unary
from prefill.typescript.parse import line_of, unescape
from prefill.typescript.values import (
    SYMBOLS,
    UNDEFINED,
    Array,
    BigInt,
    Call,
    Choice,
    Closure,
    Member,
    Namespace,
    Object,
    Reference,
    Regex,
    Undefined,
    Unknown,
    Value,
    js_string,
    truthy,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from prefill.typescript.evaluate import Evaluator
    from prefill.typescript.scope import Scope

MAX_OPTIONS = 8
"""Values that a choice may hold."""


def identifier(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """A name."""
    return ev.lookup(scope.module.syntax.text(node), scope)


def string(_ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`"text"`."""
    return scope.module.syntax.string(node)


def number_literal(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`1_000`, `0xff`, `1.5`, `10n`."""
    text = scope.module.syntax.text(node).replace("_", "").lower()
    try:
        if text.endswith("n"):
            return BigInt(int(text[:-1], 0))
        if text[:2] in ("0x", "0o", "0b"):
            return int(text, 0)
        number = float(text)
    except (ValueError, OverflowError):
        return ev.unknown(node, scope, "a number that cannot be read")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def template(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`` `a${b}` ``: unknown where a part has no known text."""
    parts: list[str] = []
    for text, inner in pieces(node, scope):
        if inner is None:
            parts.append(text)
            continue
        value = ev.evaluate(inner, scope)
        piece = js_string(value)
        if piece is None:
            if isinstance(value, Choice):
                return choice([ev.unknown(inner, scope, value.reason.reason)], value.reason)
            return value if isinstance(value, Unknown) else ev.unknown(inner, scope, "has no known text")
        parts.append(piece)
        ev.steps += len(piece) // 64
        if len(piece) > MAX_TEXT:
            return ev.unknown(node, scope, "is too long a text")
    return "".join(parts)


def pieces(node: Node, scope: Scope) -> list[tuple[str, Node | None]]:
    """A template's texts (cooked) and substitutions, alternating, beginning and ending with a text."""
    source = scope.module.syntax.source
    out: list[tuple[str, Node | None]] = []
    at = node.start_byte + 1
    for child in node.named_children:
        if child.type == "template_substitution":
            out.append((unescape(source[at : child.start_byte].decode("utf-8", "replace")), None))
            inner = next((c for c in child.named_children if c.type != "comment"), None)
            out.append(("", inner if inner is not None else child))
            at = child.end_byte
    out.append((unescape(source[at : node.end_byte - 1].decode("utf-8", "replace")), None))
    return out


def array_literal(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`[a, ...b]`."""
    out = Array([], scope.module.path, line_of(node))
    for child in node.named_children:
        if child.type == "comment":
            continue
        if child.type == "spread_element":
            items, reason = spread(ev, child, scope)
            out.items.extend(items)
            out.open = out.open or reason
        else:
            out.items.append(ev.evaluate(child, scope))
        if len(out.items) > MAX_ITEMS:
            out.open = ev.unknown(node, scope, f"more than {MAX_ITEMS:,} items")
            break
    return out


def spread(ev: Evaluator, node: Node, scope: Scope) -> tuple[list[Value], Unknown | None]:
    """The items that `...x` stands for, and why there may be more."""
    inner = next((c for c in node.named_children if c.type != "comment"), None)
    value = ev.evaluate(inner, scope) if inner is not None else UNDEFINED
    if isinstance(value, Array):
        ev.steps += len(value.items) // 4
        return value.items, value.open
    if isinstance(value, str):
        return list(value), None
    if isinstance(value, Unknown):
        return [], value
    if isinstance(value, Choice):
        return [], value.reason
    return [], ev.unknown(node, scope, "spreads something that is not a known list")


def object_literal(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`{ a, b: 1, [c]: 2, d() {}, get e() {}, ...f }`."""
    path = scope.module.path
    out = Object({}, path, line_of(node))
    for child in node.named_children:
        kind = child.type
        if kind == "comment":
            continue
        if kind == "pair":
            key_node, value_node = child.child_by_field_name("key"), child.child_by_field_name("value")
            if key_node is None or value_node is None:
                continue
            key = key_of(ev, key_node, scope)
            value = ev.evaluate(value_node, scope)
        elif kind == "shorthand_property_identifier":
            key = scope.module.syntax.text(child)
            value = ev.lookup(key, scope)
        elif kind == "method_definition":
            name_node = child.child_by_field_name("name")
            key = key_of(ev, name_node, scope) if name_node is not None else None
            value = closure(child, scope)
            first = child.children[0].type if child.children else ""
            if isinstance(key, str) and first == "get":
                out.getters = (out.getters or set()) | {key}
            elif first == "set":
                continue
        elif kind == "spread_element":
            _spread_into(ev, out, child, scope)
            continue
        else:
            continue
        if not isinstance(key, str):
            out.open = out.open or (key if isinstance(key, Unknown) else None)
            continue
        if isinstance(value, Closure) and value.name is None:
            value.name = key
        out.props[key] = value
        out.places[key] = (path, line_of(child))
        if len(out.props) > MAX_ITEMS:
            out.open = ev.unknown(node, scope, f"more than {MAX_ITEMS:,} properties")
            break
    return out


def _spread_into(ev: Evaluator, out: Object, node: Node, scope: Scope) -> None:
    inner = next((c for c in node.named_children if c.type != "comment"), None)
    value = ev.evaluate(inner, scope) if inner is not None else UNDEFINED
    copy(ev, out, value, node, scope)


def copy(ev: Evaluator, out: Object, value: Value, node: Node, scope: Scope) -> None:
    """`Object.assign(out, value)`."""
    if isinstance(value, Namespace):
        value = ev.namespace(value)
    if isinstance(value, Object):
        ev.steps += len(value.props) // 4
        for key in value.ordered():
            out.props[key] = get(ev, value, key, node, scope)
            if key in value.places:
                out.places[key] = value.places[key]
        out.open = out.open or value.open
    elif isinstance(value, Array):
        out.props.update({str(i): item for i, item in enumerate(value.items)})
    elif isinstance(value, Choice):
        out.open = out.open or value.reason
    elif isinstance(value, Unknown):
        out.open = out.open or value
    elif isinstance(value, SYMBOLS):
        out.open = out.open or ev.unknown(node, scope, "spreads what a library makes")


def key_of(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """A property's name: a string, or Unknown."""
    kind = node.type
    if kind in ("property_identifier", "private_property_identifier", "identifier"):
        return scope.module.syntax.text(node)
    if kind == "computed_property_name":
        inner = next((c for c in node.named_children if c.type != "comment"), None)
        value = ev.evaluate(inner, scope) if inner is not None else UNDEFINED
    else:
        value = ev.evaluate(node, scope)
    text = js_string(value) if not isinstance(value, (Array, Object)) else None
    return text if text is not None else ev.unknown(node, scope, "a key that is not known")


def member_access(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`a.b` and `a?.b`."""
    inner, prop = node.child_by_field_name("object"), node.child_by_field_name("property")
    if inner is None or prop is None:
        return ev.unknown(node, scope, "is incomplete")
    if inner.type in ("import", "meta_property"):
        value: Value = Reference("", "import.meta")
    else:
        value = ev.evaluate(inner, scope)
    if (value is None or value is UNDEFINED) and optional(node):
        return UNDEFINED
    return get(ev, value, scope.module.syntax.text(prop), node, scope, line_of(prop))


def optional(node: Node) -> bool:
    """Whether `?.` stands in this chain, so that nothing at its start is nothing as a whole."""
    at: Node | None = node
    while at is not None and at.type in ("member_expression", "subscript_expression", "call_expression"):
        if any(child.type in ("optional_chain", "?.") for child in at.children):
            return True
        at = at.child_by_field_name("object") or at.child_by_field_name("function")
    return False


def subscript(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`a[b]`."""
    inner, index_node = node.child_by_field_name("object"), node.child_by_field_name("index")
    if inner is None or index_node is None:
        return ev.unknown(node, scope, "is incomplete")
    value = ev.evaluate(inner, scope)
    if (value is None or value is UNDEFINED) and optional(node):
        return UNDEFINED
    key = ev.evaluate(index_node, scope)
    text = js_string(key) if not isinstance(key, (Array, Object)) else None
    if text is None:
        return ev.unknown(node, scope, "an element whose key is not known")
    return get(ev, value, text, node, scope)


def get(ev: Evaluator, value: Value, key: str, node: Node, scope: Scope, line: int = 0) -> Value:
    """The property `key` of a value."""
    if isinstance(value, Object):
        if key in value.props:
            found = value.props[key]
            if value.getters and key in value.getters:
                return ev.apply(found, (), value)
            return found
        if value.open is not None:
            return ev.unknown(node, scope, f"`{key}`: {value.open.reason}")
        return UNDEFINED
    if isinstance(value, Array):
        if key == "length" or (key == "size" and value.unique):
            return len(value.items) if value.open is None else ev.unknown(node, scope, value.open.reason)
        if key.isdigit():
            at = int(key)
            if at < len(value.items):
                return value.items[at]
            return UNDEFINED if value.open is None else ev.unknown(node, scope, value.open.reason)
        return UNDEFINED
    if isinstance(value, str):
        if key == "length":
            return len(value)
        return value[int(key)] if key.isdigit() and int(key) < len(value) else UNDEFINED
    if isinstance(value, Namespace):
        if key == "default" or ev.offers(value.path, key):
            return ev.export(value.path, key)
        found = ev.export(value.path, key)
        return found if isinstance(found, Reference) else UNDEFINED
    if isinstance(value, Reference):
        if value.name == "*" and value.module:
            return Reference(value.module, key)
        return Member(value, key, scope.module.path, line or line_of(node))
    if isinstance(value, (Call, Member)):
        if isinstance(value, Member) and environment(value):
            return Unknown(scope.module.path, line_of(node), f"the environment variable {key}", key)
        plain = member(value, key)
        return plain if plain is not None else Member(value, key, scope.module.path, line or line_of(node))
    if isinstance(value, Choice):
        return choice([get(ev, option, key, node, scope, line) for option in value.options], value.reason)
    if isinstance(value, Unknown):
        return value if value.name is None else ev.unknown(node, scope, value.reason)
    if isinstance(value, Closure):
        return value.name or "" if key == "name" else UNDEFINED
    if value is None or isinstance(value, Undefined):
        return ev.unknown(node, scope, f"`{key}` of {js_string(value)}")
    return UNDEFINED


def inner_value(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`(x)`, `x as T`, `x satisfies T`, `x!`, `await x`: the value of x."""
    inner = next((c for c in node.named_children if c.type != "comment"), None)
    return ev.evaluate(inner, scope) if inner is not None else UNDEFINED


def assertion(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`<T>x`."""
    return ev.evaluate(node.named_children[-1], scope)


def closure(node: Node, scope: Scope) -> Closure:
    """A function with what it closes over."""
    name = node.child_by_field_name("name")
    return Closure(
        node, scope, scope.module.path, line_of(node), scope.module.syntax.text(name) if name is not None else None
    )


def function_literal(_ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`() => x` and `function () {}`."""
    return closure(node, scope)


def ternary(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`a ? b : c`: a choice where `a` is not known."""
    test, yes, no = (node.child_by_field_name(n) for n in ("condition", "consequence", "alternative"))
    if test is None or yes is None or no is None:
        return ev.unknown(node, scope, "is incomplete")
    condition = ev.evaluate(test, scope)
    answer = truthy(condition)
    if answer is not None:
        return ev.evaluate(yes if answer else no, scope)
    return choice([ev.evaluate(yes, scope), ev.evaluate(no, scope)], reason_of(ev, condition, test, scope))


def binary_expression(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`a + b`, `a && b` and their like."""
    # `a + b + c …` leans to the left: walk down the spine instead of recursing
    spine: list[tuple[str, Node, Node]] = []
    at = node
    while at.type == "binary_expression":
        left, operator, right = (at.child_by_field_name(n) for n in ("left", "operator", "right"))
        if left is None or operator is None or right is None:
            return ev.unknown(node, scope, "is incomplete")
        spine.append((operator.type, right, at))
        at = left
    value = ev.evaluate(at, scope)
    for operator_text, right, whole in reversed(spine):
        if operator_text in ("&&", "||", "??"):
            value = _logical(ev, operator_text, value, right, whole, scope)
        else:
            value = binary(ev, operator_text, value, ev.evaluate(right, scope), whole, scope)
    return value


def _logical(ev: Evaluator, operator: str, value: Value, right: Node, node: Node, scope: Scope) -> Value:
    if operator == "??":
        nullish: bool | None = value is None or value is UNDEFINED
        if isinstance(value, (Unknown, Choice, Member)) or (isinstance(value, Call) and value.kind != "new"):
            nullish = None
        if nullish is not None:
            return ev.evaluate(right, scope) if nullish else value
    else:
        answer = truthy(value)
        if answer is not None:
            return ev.evaluate(right, scope) if answer == (operator == "&&") else value
    other = ev.evaluate(right, scope)
    reason = reason_of(ev, value, node, scope)
    return choice([other, False] if operator == "&&" else [value, other], reason)


def reason_of(ev: Evaluator, value: Value, node: Node, scope: Scope) -> Unknown:
    """Why a condition with this value is not known."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Choice):
        return value.reason
    return ev.unknown(node, scope, "depends on what a library makes")


def choice(options: list[Value], reason: Unknown) -> Value:
    """One of several values: none twice, and no choice of choices."""
    flat: list[Value] = []
    for option in options:
        for one in option.options if isinstance(option, Choice) else (option,):
            if not any(one is other or (isinstance(one, str) and one == other) for other in flat):
                flat.append(one)
    if all(isinstance(one, Unknown) for one in flat):
        return flat[0] if flat else reason
    if len(flat) == 1:
        return flat[0]
    return Choice(tuple(flat[:MAX_OPTIONS]), reason)


def unary_expression(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`!a`, `-a`, `typeof a` and their like."""
    operator, argument = node.child_by_field_name("operator"), node.child_by_field_name("argument")
    if operator is None or argument is None:
        return ev.unknown(node, scope, "is incomplete")
    return unary(ev, operator.type, ev.evaluate(argument, scope), node, scope)


def update(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`a++` and its like."""
    operator, argument = node.child_by_field_name("operator"), node.child_by_field_name("argument")
    if operator is None or argument is None:
        return ev.unknown(node, scope, "is incomplete")
    old = ev.evaluate(argument, scope)
    new = binary(ev, operator.type[0], old, 1, node, scope)
    assign(ev, argument, new, scope)
    return new if node.children[0].id == operator.id else old


def assignment(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`a = b`, `a += b` and their like."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return ev.unknown(node, scope, "is incomplete")
    value = ev.evaluate(right, scope)
    if node.type == "augmented_assignment_expression":
        operator = node.child_by_field_name("operator")
        sign = operator.type[:-1] if operator is not None else "+"
        old = ev.evaluate(left, scope)
        if sign in ("&&", "||", "??"):
            value = _logical(ev, sign, old, right, node, scope)
        else:
            value = binary(ev, sign, old, value, node, scope)
    assign(ev, left, value, scope)
    return value


def assign(ev: Evaluator, target: Node, value: Value, scope: Scope) -> None:
    """`target = value`; a choice of old and new in a branch that may not be taken."""
    while target.type in ("parenthesized_expression", "non_null_expression", "as_expression"):
        target = target.named_children[0]
    if target.type == "identifier":
        name = scope.module.syntax.text(target)
        holder = scope.holder(name)
        if holder is None:
            if name not in scope.module.declared:
                return
            holder = scope.module.scope
            if name not in holder.names:
                ev.top(scope.module, name)
        if ev.maybe and name in holder.names:
            value = choice([holder.names[name], value], ev.unknown(target, scope, "a condition is not known"))
        holder.names[name] = value
    elif target.type in ("member_expression", "subscript_expression"):
        inner = target.child_by_field_name("object")
        prop = target.child_by_field_name("property") or target.child_by_field_name("index")
        if inner is None or prop is None:
            return
        owner = ev.evaluate(inner, scope)
        if target.type == "member_expression":
            key: Value = scope.module.syntax.text(prop)
        else:
            key = js_string(ev.evaluate(prop, scope))
        if isinstance(owner, Object):
            if not isinstance(key, str):
                owner.open = owner.open or ev.unknown(target, scope, "a key that is not known")
                return
            if ev.maybe:
                old = owner.props.get(key, UNDEFINED)
                value = choice([old, value], ev.unknown(target, scope, "a condition is not known"))
            owner.props[key] = value
            owner.places.setdefault(key, (scope.module.path, line_of(target)))
        elif isinstance(owner, Array) and isinstance(key, str) and key.isdigit() and int(key) <= len(owner.items):
            owner.items[int(key) : int(key) + 1] = [value]
    elif target.type in ("object_pattern", "array_pattern"):
        ev.bind(target, value, scope, False)


def sequence(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`a, b`."""
    value: Value = UNDEFINED
    for child in node.named_children:
        value = ev.evaluate(child, scope)
    return value


def regex(_ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`/pattern/flags`."""
    pattern, flags = node.child_by_field_name("pattern"), node.child_by_field_name("flags")
    syntax = scope.module.syntax
    return Regex(syntax.text(pattern) if pattern else "", syntax.text(flags) if flags else "")


def this_value(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`this`."""
    holder = scope.holder("this")
    return holder.names["this"] if holder is not None else ev.unknown(node, scope, "`this`")


def environment(value: Member) -> bool:
    """Whether a symbol is `process.env`, `import.meta.env`, `Bun.env` or `Deno.env`."""
    inner = value.object
    return (
        value.name == "env"
        and isinstance(inner, Reference)
        and inner.module in ("", "process", "node:process")
        and (inner.name in ("process", "import.meta", "Bun", "Deno", "default", "*"))
    )


def from_json(value: object, path: str) -> Value:
    """A JSON value as the evaluator's."""
    if isinstance(value, dict):
        return Object({str(k): from_json(v, path) for k, v in value.items()}, path, 1)
    if isinstance(value, list):
        return Array([from_json(v, path) for v in value], path, 1)
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return UNDEFINED
