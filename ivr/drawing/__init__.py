"""A line as a picture, for a meeting's table or a wiki: pure functions of a line; no I/O."""

from ivr.drawing.chart import chart_of
from ivr.drawing.layout import lay_out
from ivr.drawing.mermaid import mermaid
from ivr.drawing.outline import outline
from ivr.drawing.svg import svg

__all__ = ["chart_of", "lay_out", "mermaid", "outline", "svg"]
