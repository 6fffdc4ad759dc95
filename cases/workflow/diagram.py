"""A procedure drawn: where each state stands and which rows lead on, as plain numbers for an SVG."""

from dataclasses import dataclass
from itertools import product

from cases.workflow.table import Workflow

WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN = 150, 34, 80, 26, 16


@dataclass(frozen=True)
class Box:
    """One state; x and y are its upper left corner, in pixels."""

    state: str
    label: str
    x: int
    y: int
    is_final: bool

    @property
    def centre(self) -> int:
        return self.x + WIDTH // 2

    @property
    def baseline(self) -> int:
        return self.y + HEIGHT // 2 + 5


@dataclass(frozen=True)
class Arrow:
    """The rows that lead from one state to another: the path, and where their numbers stand."""

    path: str
    rows: str
    x: int
    y: int


@dataclass(frozen=True)
class Diagram:
    """The whole drawing and its size."""

    boxes: list[Box]
    arrows: list[Arrow]
    width: int
    height: int
    box_width: int = WIDTH
    box_height: int = HEIGHT


def draw(workflow: Workflow) -> Diagram:
    """States in columns by how many rows lead to them at least; one arrow for all rows between the same two."""
    boxes = _boxes(workflow)
    arrows = [_arrow(boxes[a], boxes[b], rows) for (a, b), rows in _links(workflow).items()]
    width = max(box.x for box in boxes.values()) + WIDTH + MARGIN
    height = max(box.y for box in boxes.values()) + HEIGHT + MARGIN + GAP_Y
    return Diagram(list(boxes.values()), arrows, width, height)


def _links(workflow: Workflow) -> dict[tuple[str, str], list[str]]:
    links: dict[tuple[str, str], list[str]] = {}
    for step in workflow.steps:
        for source, target in product(step.source, step.targets):
            if target != source:
                links.setdefault((source, target), []).append(step.row)
    return links


def _boxes(workflow: Workflow) -> dict[str, Box]:
    column = {workflow.initial: 0}
    frontier = [workflow.initial]
    while frontier:
        state = frontier.pop(0)
        for step in workflow.from_state(state):
            for target in set(step.targets) - set(column):
                column[target] = column[state] + 1
                frontier.append(target)
    taken: dict[int, int] = {}
    boxes = {}
    for state, x in column.items():
        y = taken.get(x, 0)
        taken[x] = y + 1
        boxes[state] = Box(
            state,
            workflow.state_label(state),
            MARGIN + x * (WIDTH + GAP_X),
            MARGIN + y * (HEIGHT + GAP_Y),
            state in workflow.final,
        )
    return boxes


def _arrow(a: Box, b: Box, rows: list[str]) -> Arrow:
    """On to the right from edge to edge; back, or within a column, in an arc below or beside the boxes."""
    words = "、".join(rows)
    middle_a, middle_b = a.y + HEIGHT // 2, b.y + HEIGHT // 2
    if b.x > a.x:
        start, end, half = a.x + WIDTH, b.x, (b.x - a.x - WIDTH) // 2
        path = f"M{start} {middle_a} C{start + half} {middle_a} {end - half} {middle_b} {end} {middle_b}"
        return Arrow(path, words, (start + end) // 2, (middle_a + middle_b) // 2 - 3)
    if b.x == a.x:
        side = a.x + WIDTH
        path = f"M{side} {middle_a} C{side + 34} {middle_a} {side + 34} {middle_b} {side} {middle_b}"
        return Arrow(path, words, side + 28, (middle_a + middle_b) // 2)
    low = max(a.y, b.y) + HEIGHT + 20
    path = f"M{a.centre} {a.y + HEIGHT} C{a.centre} {low} {b.centre} {low} {b.centre} {b.y + HEIGHT}"
    return Arrow(path, words, (a.centre + b.centre) // 2, low - 4)
