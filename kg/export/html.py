"""The interactive graph as one HTML file that works offline, at any size: see `kg.explorer`."""

from typing import Final

from kg.explorer.page import write

__all__ = ["suffix", "write"]

suffix: Final = ".html"
