"""One page of a picture, row by row, as wide as a phone's screen. What is drawn is given."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.patheffects import Normal, Stroke
from matplotlib.textpath import text_to_path

WIDTH = 390
"""Points of a phone's screen; all lengths here are such points."""
MARGIN = 12
DPI = 200
INCHES = 0.01
"""A point of the screen on paper: the picture has two pixels for each."""
TYPE = 0.72
"""A point of the screen in points of type."""
INK, QUIET = "#1B2430", "#55606E"
TEXT = 12
"""How high letters are where a row does not say otherwise."""

LOOKS: Mapping[str, tuple[str, str, str]] = {
    "good": ("#2F6DB5", "", "#1F4E86"),
    "slow": ("#F6C453", "////", "#7A4B00"),
    "bad": ("#F4B6B0", "xxxx", "#9B1C10"),
    "open": ("#FFFFFF", "....", "#8A94A3"),
    "none": ("#FFFFFF", "", "#C3CAD3"),
}
"""Fill, hatch, edge: each is told from the others without its colour."""
ON_DARK = ("good",)
"""Looks on which letters are white."""

Row = Mapping[str, Any]


class Page:
    """A page being drawn from its top down."""

    def __init__(self, height: int) -> None:
        self._figure = Figure(figsize=(WIDTH * INCHES, height * INCHES), dpi=DPI)
        FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, WIDTH), ylim=(height, 0))
        self._axes.axis("off")

    def png(self) -> bytes:
        """The page as a picture."""
        content = io.BytesIO()
        self._figure.savefig(content, format="png", facecolor="white")
        return content.getvalue()

    def text(self, x: float, y: float, words: str, **how: Any) -> None:
        """Words by their middle, in a `halo` where they stand on a hatch; never read as a formula."""
        font = _font(how.pop("size", TEXT), bold=how.pop("bold", False))
        halo = how.pop("halo", "")
        drawn = self._axes.text(
            x, y, words, fontproperties=font, va="center", parse_math=False, **{"color": INK} | how
        )
        if halo:
            drawn.set_path_effects([Stroke(linewidth=2.4, foreground=halo), Normal()])

    def box(self, x: float, y: float, width: float, height: float, look: str) -> None:
        """A box filled as its look says."""
        fill, hatch, edge = LOOKS[look]
        box = Rectangle((x, y), width, height, facecolor=fill, hatch=hatch, edgecolor=edge)
        box.set_linewidth(0.6)
        self._axes.add_patch(box)

    def width(self, words: str, size: float = TEXT, *, bold: bool = False) -> float:
        """How wide words are."""
        wide, _, _ = text_to_path.get_text_width_height_descent(
            words, _font(size, bold=bold), False
        )
        return float(wide) / TYPE

    def fitted(self, words: str, room: float, size: float = TEXT, *, bold: bool = False) -> str:
        """Words in so much room: whole, or cut between words, within one that alone is too long; "…" for the rest."""
        if self.width(words, size, bold=bold) <= room:
            return words
        kept = words
        while kept and self.width(f"{kept} …", size, bold=bold) > room:
            kept = kept[:-1]
        between, _, _ = kept.rpartition(" ")
        whole = words[len(kept) : len(kept) + 1] in ("", " ")
        return f"{(kept if whole else between or kept).rstrip()} …"

    def fitted_name(self, name: str, room: float) -> str:
        """A person's name in so much room: whole, or without its middle, for the given name stands last."""
        family, *rest = name.split(" ")
        for left_out in range(len(rest)):
            kept = " ".join([family, *(["…"] if left_out else []), *rest[left_out:]])
            if self.width(kept) <= room:
                return kept
        return self.fitted(name, room)


def _font(size: float, *, bold: bool) -> FontProperties:
    """Of the one family that ships with the library, with every Vietnamese letter."""
    weight = "bold" if bold else "normal"
    return FontProperties(family="DejaVu Sans", size=size * TYPE, weight=weight)


def png(rows: Sequence[Row]) -> bytes:
    """The rows under one another."""
    page = Page(sum(row["height"] for row in rows) + MARGIN)
    top = 0
    for row in rows:
        DRAWN[row["kind"]](page, top, row)
        top += row["height"]
    return page.png()


def _text(page: Page, top: int, row: Row) -> None:
    size, bold = row.get("size", TEXT), row.get("bold", False)
    words = page.fitted(row["text"], WIDTH - 2 * MARGIN, size, bold=bold)
    colour = QUIET if row.get("quiet") else INK
    middle = top + row["height"] - size * LINE / 2
    page.text(MARGIN, middle, words, size=size, bold=bold, color=colour)


LINE = 1.4
"""How high a line is for its letters; what a row has beyond that lies above it."""


def _legend(page: Page, top: int, row: Row) -> None:
    """What each look means, side by side in equal shares of the width."""
    share = (WIDTH - 2 * MARGIN) / row["across"]
    middle = top + row["height"] / 2
    for place, part in enumerate(row["parts"]):
        x = MARGIN + place * share
        page.box(x, middle - 6, 18, 12, part["look"])
        page.text(x + 23, middle, page.fitted(part["text"], share - 26))


def _counts(part: Row) -> bool:
    return bool(part["count"])


def _bar(page: Page, top: int, row: Row) -> None:
    """A name, a bar as long as its count among the longest, and in letters what it is made of."""
    middle, left = top + row["height"] / 2, MARGIN + row["named"]
    room = WIDTH - MARGIN - row["told"] - left
    if row["named"]:
        page.text(MARGIN, middle, page.fitted_name(row["name"], row["named"] - 6))
    x = float(left)
    for part in filter(_counts, row["parts"]):
        wide = room * part["count"] / row["of"]
        page.box(x, top + 3, wide, row["height"] - 6, part["look"])
        x += wide
    page.text(WIDTH - MARGIN - row["told"] + 6, middle, page.fitted(row["text"], row["told"] - 6))


def _boxes(page: Page, top: int, row: Row) -> None:
    """Periods in their order, each under its name with a mark."""
    share = (WIDTH - 2 * MARGIN) / row["across"]
    for place, each in enumerate(row["boxes"]):
        x = MARGIN + place * share
        page.text(x + share / 2 - 1, top + 7, each["name"], size=11, color=QUIET, ha="center")
        page.box(x, top + 15, share - 2, row["height"] - 19, each["look"])
        fill, _, _ = LOOKS[each["look"]]
        page.text(
            x + share / 2 - 1,
            top + 15 + (row["height"] - 19) / 2,
            each["mark"],
            bold=True,
            color="white" if each["look"] in ON_DARK else INK,
            halo=fill,
            ha="center",
        )


DRAWN: Mapping[str, Callable[[Page, int, Row], None]] = {
    "text": _text,
    "legend": _legend,
    "bar": _bar,
    "boxes": _boxes,
}
