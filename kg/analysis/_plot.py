"""What all pictures share: their formats, colours and type, and how one is written so that the same result gives the same bytes.

Needs matplotlib: `pip install "kg[plot]"`.
"""

import warnings
from collections.abc import Callable
from typing import Any, BinaryIO, Final

from kg.errors import UsageError

FORMATS: Final = ("pdf", "png", "svg")

COLORS: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#000000")
"""The colours of Okabe and Ito, which readers with any kind of colour vision can tell apart.

Without their yellow, which is too faint for a thin line on white.
"""

INK: Final = "#22272E"
QUIET: Final = "#6A737D"

_DPI: Final = 160

_FONTS: Final = ("DejaVu Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Hiragino Sans", "Microsoft YaHei", "Noto Sans")
"""Fonts for names, the first first; those that are not installed are passed over."""


def write(figure: Callable[[], Any], out: BinaryIO, format: str) -> None:  # noqa: A002 - as matplotlib calls it
    """Write a picture.

    Args:
        figure: Makes the figure; what it needs of matplotlib it imports itself.
        out: Where the picture goes.
        format: One of `FORMATS`.

    Raises:
        UsageError: If the format is unknown, or matplotlib is missing.
    """
    if format not in FORMATS:
        raise UsageError(f"a plot cannot be written as {format}; the formats are {', '.join(FORMATS)}")
    try:
        import matplotlib as mpl  # noqa: PLC0415 - an extra, loaded when it is needed
        from matplotlib import font_manager  # noqa: PLC0415
    except ImportError as error:
        raise UsageError('plots need matplotlib, which is not installed; run: pip install "kg[plot]"') from error
    installed = set(font_manager.get_font_names())
    style: Any = {
        "font.family": [font for font in _FONTS if font in installed],
        "svg.hashsalt": "kg",
        "svg.fonttype": "path",
        "text.parse_math": False,
    }
    with mpl.rc_context(style), warnings.catch_warnings():
        # A script without an installed font shows as boxes; the names are right in every table.
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        nothing_of_the_moment = {"pdf": {"CreationDate": None}, "png": {"Software": None}, "svg": {"Date": None}}
        figure().savefig(out, format=format, dpi=_DPI, metadata=nothing_of_the_moment[format])
