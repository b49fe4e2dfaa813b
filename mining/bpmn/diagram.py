"""A process tree as a drawn diagram: gateways, tasks and flows with their places. Block structure makes it easy:
every block is a rectangle that is entered in the middle of its left side and left in the middle of its right side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from core.tree import Operator, ProcessTree

GAP = 50.0  # between elements
GATEWAY = 50.0  # width and height
EVENT = 36.0
TASK = (120.0, 80.0)

Point = tuple[float, float]


class ElementKind(StrEnum):
    """What an element is, by its name in BPMN."""

    START = "startEvent"
    END = "endEvent"
    TASK = "task"
    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"


@dataclass(frozen=True)
class Element:
    """A flow node and its rectangle."""

    id: str
    kind: ElementKind
    name: str
    x: float  # left
    y: float  # top
    width: float
    height: float


@dataclass(frozen=True)
class Flow:
    """A sequence flow and its line."""

    source: str
    target: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Block:
    """A part of a diagram within its own rectangle from (0, 0) to (width, height)."""

    width: float
    height: float
    elements: tuple[Element, ...]
    flows: tuple[Flow, ...]
    entry: str  # id of its first element; its left middle is where it is entered
    exit: str

    def moved(self, x: float, y: float) -> Block:
        """It with its rectangle's left top at (x, y)."""
        return replace(
            self,
            elements=tuple(replace(e, x=e.x + x, y=e.y + y) for e in self.elements),
            flows=tuple(replace(f, points=tuple((px + x, py + y) for px, py in f.points)) for f in self.flows),
        )

    def mirrored(self) -> Block:
        """It drawn from right to left."""
        return replace(
            self,
            elements=tuple(replace(e, x=self.width - e.x - e.width) for e in self.elements),
            flows=tuple(replace(f, points=tuple((self.width - x, y) for x, y in f.points)) for f in self.flows),
        )


def draw(tree: ProcessTree) -> Block:
    """The whole diagram of `tree`, with its start and end event. Ids follow the ids of the tree's nodes."""
    body = _block(tree, "0")
    parts = [_single("start", ElementKind.START, "", EVENT, EVENT), _single("end", ElementKind.END, "", EVENT, EVENT)]
    return _row([parts[0], *([body] if body else []), parts[1]])


def _block(tree: ProcessTree, node: str) -> Block | None:
    """The block of one node; None where it does nothing."""
    name = node.replace(".", "_")
    match tree.operator:
        case Operator.SILENT:
            return None
        case Operator.TASK:
            return _single(f"task_{name}", ElementKind.TASK, tree.label or "", *TASK)
    children = [_block(child, f"{node}.{number}") for number, child in enumerate(tree.children)]
    match tree.operator:
        case Operator.SEQUENCE:
            present = [child for child in children if child]
            return _row(present) if present else None
        case Operator.LOOP:
            return _loop(name, children[0], children[1])
        case Operator.PARALLEL:  # a branch that does nothing changes nothing
            return _branches(name, ElementKind.PARALLEL, [child for child in children if child])
    return _branches(name, ElementKind.EXCLUSIVE, children)


def _single(id_: str, kind: ElementKind, name: str, width: float, height: float) -> Block:
    return Block(width, height, (Element(id_, kind, name, 0, 0, width, height),), (), id_, id_)


def _row(blocks: Sequence[Block]) -> Block:
    """`blocks` one after the other."""
    height = max(block.height for block in blocks)
    elements: list[Element] = []
    flows: list[Flow] = []
    x = 0.0
    for number, block in enumerate(blocks):
        placed = block.moved(x, (height - block.height) / 2)
        if number:
            line = ((x - GAP, height / 2), (x, height / 2))
            flows.append(Flow(blocks[number - 1].exit, block.entry, line))
        elements.extend(placed.elements)
        flows.extend(placed.flows)
        x += block.width + GAP
    return Block(x - GAP, height, tuple(elements), tuple(flows), blocks[0].entry, blocks[-1].exit)


def _branches(name: str, kind: ElementKind, children: Sequence[Block | None]) -> Block | None:
    """`children` below each other between a split and a join; None among them is a direct line."""
    if not any(children):
        return None
    if len(children) == 1:
        return children[0]
    split = _single(f"split_{name}", kind, "", GATEWAY, GATEWAY)
    join = _single(f"join_{name}", kind, "", GATEWAY, GATEWAY)
    rows = [(child, child.height if child else GAP) for child in children]
    return _frame(split, join, rows, back=frozenset())


def _loop(name: str, do: Block | None, redo: Block | None) -> Block | None:
    """`do` above, and `redo` below it from right to left, between a join and a split."""
    if do is None and redo is None:
        return None
    first = _single(f"join_{name}", ElementKind.EXCLUSIVE, "", GATEWAY, GATEWAY)
    last = _single(f"split_{name}", ElementKind.EXCLUSIVE, "", GATEWAY, GATEWAY)
    rows = [(child, child.height if child else GAP) for child in (do, redo)]
    return _frame(first, last, rows, back=frozenset({1}))


def _frame(left: Block, right: Block, rows: Sequence[tuple[Block | None, float]], back: frozenset[int]) -> Block:
    """Two gateways with `rows` between them; rows numbered in `back` run from right to left."""
    inner = max((row.width for row, _ in rows if row), default=GAP)
    height = max(GATEWAY, sum(h for _, h in rows) + GAP * (len(rows) - 1))
    width = inner + 2 * (GATEWAY + GAP)
    middle = height / 2
    elements = [
        *left.moved(0, middle - GATEWAY / 2).elements,
        *right.moved(width - GATEWAY, middle - GATEWAY / 2).elements,
    ]
    flows: list[Flow] = []
    top = 0.0
    for number, (row, row_height) in enumerate(rows):
        source, target = (right.entry, left.entry) if number in back else (left.entry, right.entry)
        y = top + row_height / 2
        corners = _corners(y, middle, width)
        if row is None:
            line = (*corners[0], *corners[1])
            flows.append(Flow(source, target, tuple(reversed(line)) if number in back else line))
        else:
            x = (width - row.width) / 2
            drawn = (row.mirrored() if number in back else row).moved(x, top)
            into, out = (*corners[0], (x, y)), ((x + row.width, y), *corners[1])
            if number in back:
                into, out = tuple(reversed(out)), tuple(reversed(into))
            elements.extend(drawn.elements)
            flows.extend((Flow(source, row.entry, into), *drawn.flows, Flow(row.exit, target, out)))
        top += row_height + GAP
    return Block(width, height, tuple(elements), tuple(flows), left.entry, right.exit)


def _corners(y: float, middle: float, width: float) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Where a line at height `y` leaves the left gateway and meets the right one."""
    if y == middle:
        return ((GATEWAY, middle),), ((width - GATEWAY, middle),)
    edge = middle + (GATEWAY / 2 if y > middle else -GATEWAY / 2)
    left, right = GATEWAY / 2, width - GATEWAY / 2
    return ((left, edge), (left, y)), ((right, y), (right, edge))
