r"""Names that are LaTeX: a macro (`\chinchilla`), a formatted word (`\textsc{Gopher}`), a symbol (`$\delta$-VAE`).

The markup is part of the mention, since that is how the text names the thing; the canonical name is without it.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.context import type_around
from kg.extract.shape import is_name
from kg.extract.tokens import LATEX_ACCENT
from kg.model import Candidate
from kg.model.mentions import MentionType
from kg.text import word_set

kinds: tuple[MentionType, ...] = ("method", "dataset", "task", "metric", "software")

_MACRO: Final = re.compile(r"\\([A-Za-z]{2,30})\b(?:\{\})?")
_FORMATTED: Final = re.compile(
    r"\$?\\(?:text(?:bf|it|sc|tt|sf|rm)|emph|math(?:bb|bf|rm|sf|tt|cal|it))\{([A-Z][^\s{}\\$]{1,30})\}\$?"
    r"(-[A-Z][^\s,.;:()$]{0,20})?"
)
"""A word in another typeface, with what a hyphen ties to it."""

_SYMBOL: Final = re.compile(r"(?:\b[A-Za-z]{1,12}-?)?\$[^\s$]{1,30}\$-?[A-Z][A-Za-z0-9-]{1,20}")
"""A name that begins with mathematics: `$\\delta$-VAE`, `E$^2$-RAG`."""

_TYPEFACE: Final = re.compile(r"\\(?:text[a-z]{2}|emph|underline|math[a-z]{2,4})\b")
_MARKUP: Final = re.compile(r"[\\${}^*]")

_COMMANDS: Final = word_set(
    "textbf textit textsc texttt textsf textrm emph mathbb mathbf mathrm mathcal mathsf mathtt mathit cite citep citet "
    "ref label url href footnote frac sqrt sum prod int left right big Big bigl bigr cdot cdots ldots dots times leq geq "
    "neq approx sim infty in to ell rightarrow leftarrow mapsto alpha beta gamma delta epsilon varepsilon zeta eta theta "
    "iota kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma "
    "Phi Psi Omega nabla partial log exp min max arg argmin argmax sup inf lim Pr mathop operatorname text begin end item "
    "par newcommand def newline noindent bf it em tt sc rm sf small large quad qquad tilde hat bar vec widetilde "
    "widehat overline underline star ast circ pm mp cap cup subset subseteq setminus forall exists neg land lor "
    "langle rangle lceil rceil lfloor rfloor mid parallel perp top bot dagger tfrac dfrac binom ge le ne ll gg propto "
    "equiv cong odot oplus otimes xspace footnotesize LaTeX TeX poly polylog tr det dim rank sign softmax mathfrak "
    "mathscr boldsymbol bm ensuremath textnormal textsuperscript textsubscript prime hbox vbox mbox input include"
)
"""Macros of LaTeX itself, which name nothing."""


def extract(text: str, _names: object = None) -> Iterator[Candidate]:
    """Yield the names in `text` that are written in LaTeX."""
    if "\\" in text:
        for match in _MACRO.finditer(text):
            if match.group(1) not in _COMMANDS:
                yield _named(text, match, 0.65, match.group(1))
        for match in _FORMATTED.finditer(text):
            if is_name(match.group(1)) or (match.group(1).isupper() and len(match.group(1)) > 2):
                yield _named(text, match, 0.7, match.group(1) + (match.group(2) or ""))
    if "$" in text:
        for match in _SYMBOL.finditer(text):
            yield _named(text, match, 0.65, plain(match.group()))


def plain(name: str) -> str:
    r"""Return a name without LaTeX markup.

    >>> plain(r"$\delta$-VAE"), plain(r"\textbf{MATE}"), plain(r"\chinchilla{}")
    ('delta-VAE', 'MATE', 'chinchilla')
    """
    bare = LATEX_ACCENT.sub(lambda match: match.group(1) or match.group(2), _TYPEFACE.sub("", name))
    return _MARKUP.sub("", bare).strip(" _")


def _named(text: str, match: re.Match[str], score: float, canonical: str) -> Candidate:
    kind, sure = type_around(text, match.start(), match.end())
    return Candidate(match.start(), match.end(), kind, score + 0.1 * sure, "latex", canonical)
