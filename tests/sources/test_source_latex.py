"""The decoder of LaTeX in bibliographies: every accent, symbols, formatting, mathematics; never an error, never slow."""

import string
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources._latex import decode, unbraced, verbatim
from tests.growth import assert_linear

unicode_to_latex: Any = pytest.importorskip("pylatexenc.latexencode").unicode_to_latex  # bibtexparser needs it

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", '"': "\u0308",
    "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip


@pytest.mark.parametrize("command", ACCENTS)
def test_each_accent_on_each_letter_however_it_is_written(command: str) -> None:
    for letter in string.ascii_letters:
        wanted = unicodedata.normalize("NFC", letter + ACCENTS[command])
        ways = [f"\\{command}{{{letter}}}", f"{{\\{command}{{{letter}}}}}", f"\\{command} {letter}", f"{{\\{command} {letter}}}"]
        if not command.isalpha():
            ways.append(f"\\{command}{letter}")
        for way in ways:
            assert decode(f"x{way}z") == f"x{wanted}z", way


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"na{\"\i}ve na\"{\i}ve na\"\i ve \'{\j}", "naïve naïve naïve j\u0301"),
        (r"Ph\'{\^e} V\~{\^o} \d{\^o} {\'\^e}", "Phế Vỗ ộ ế"),
        (r"{\L}{\'o}d{\'z} \L ukasz \L{}ukasz", "Łódź Łukasz Łukasz"),
        (r"Stra\ss e, {\ss}, \O re, \AE on, {\oe}uvre, \aa, {\AA}ngstr\"om, \dh, \th, \dj", "Straße, ß, Øre, Æon, œuvre, å, Ångström, ð, þ, đ"),
        (r"{\textcolor{red}{\textbf{A {L}oom}}} \textcolor[rgb]{1,0,0}{and} \color{blue} \foreignlanguage{german}{Übung}", "A Loom and Übung"),
        (r"\textcommabelow{s}\v{s}\c{s}\u{g}\.{I}{\i}\k{e}\H{u}\r{u}", "șšşğİıęűů"),
        (r"\'{ae} \'{}e \^{} \~{}me", "áe 'e ^ ~me"),
        ("pages 1--2 --- ``so'' `it' it's", "pages 1–2 — “so” ‘it' it's"),
        (r"A~B\ C\,D\\E \- \/", "A B C D E"),
        (r"50\% \& \$5 \#1 a\_b \{x\}", "50% & $5 #1 a_b {x}"),
        (r"{A {B {C}} D}", "A B C D"),
        (r"\emph{a} \textbf{b} {\em c} {\bf d}\texttt{e}\textsc{Gopher} \mbox{f}", "a b c de" + "Gopher f"),
        (r"\url{https://a.org} \href{https://a.org}{here}", "https://a.org here"),
        (r"\enquote{so} \LaTeX{} and \LaTeX\ or \TeX", "“so” LaTeX and LaTeX or TeX"),
        (r"{\noopsort{1973b}}1973 \ldots\ \texttrademark \copyright", "1973 … ™©"),
        (r"$\beta$-VAE, {$\beta$}-VAE, E$^{2}$, $O(n^{\alpha+1})$", r"$\beta$-VAE, $\beta$-VAE, E$^{2}$, $O(n^{\alpha+1})$"),
        (r"\ensuremath{\alpha}-x, \(x^{2}\), \textalpha, \alpha", r"$\alpha$-x, \(x^{2}\), α, α"),
        (r"PM$_{\textrm{2.5}}$ and CO$^{\text{2-}}$ but $x_{\textrm{max}}$", r"PM2.5 and CO2- but $x_{\textrm{max}}$"),
        (r"{CO}{\&}lt$\mathsemicolon$sub{\&}gt$\mathsemicolon$2, Looms {\&}amp$\mathsemicolon$ H$\mathplus$", "CO&lt;sub&gt;2, Looms & H+"),
        (r"a loom\hack{\break} of wool, \textasteriskcentered{} one\cdot{}two\Dash three", "a loom of wool, * one·two—three"),
        (r"$\less$i$\greater$x$\less$/i$\greater$ $\sim$5", "<i>x</i> ~5"),
        (r"R$\backslash$'enyi, Verd$\backslash$'{\{}u{\}} and {\%}, {\textless}i{\textgreater}", "Rényi, Verdú and %, <i>"),
        (r"costs $5 or 5$ \$", "costs $5 or 5$ $"),
        (r"\immediate\write18{touch x}\input{/etc/passwd} T", r"\immediate\write18{touch x}\input{/etc/passwd} T"),
        (r"Vasil\cprime ev \cdprime{} Go\l \polhk{e}biowski Franc{\ocirc{u}} Nguy\cftil{e}n \cfudot{o} \soft{d} \Dbar a {\germ g}",
         "Vasil'ev \" Gołębiowski Franců Nguyễn ộ ď Đa g"),
        (r"{\apj}, \mnras\ and \natural \naive", r"Astrophysical Journal, Monthly Notices of the Royal Astronomical Society and \natural \naive"),
        (r"\frac{a}{b} {c}", r"\frac{a}{b} c"),
        ("a\n   b\t c\u00a0d", "a b c d"),
        ("}}{{ \\", "\\"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_decode(tex: str, plain: str) -> None:
    assert decode(tex) == plain


LETTERS = st.characters(min_codepoint=0xC0, max_codepoint=0x17F).filter(
    lambda c: c.isalpha() and c not in "ĸŉſĿŀĦħŦŧĲĳÐðŰű"  # pylatexenc spells these in mathematics, wrongly, or not at all
)


@given(st.lists(LETTERS | st.sampled_from("abcXYZ 0&%#_–—"), max_size=30).map("".join))
def test_what_another_library_encodes_is_decoded(text: str) -> None:
    assert decode(unicode_to_latex(text)) == " ".join(text.split())


@given(st.text(st.sampled_from("\\{}$`'\"^~-abcvi \n\tß1%&"), max_size=60))
def test_any_text_is_decoded_to_one_line(text: str) -> None:
    shown = decode(text)
    assert shown == " ".join(shown.split())
    assert verbatim(text) == " ".join(verbatim(text).split())
    bare, before = unbraced(text)
    assert text[before : before + len(bare)] == bare


@pytest.mark.parametrize(
    ("before", "piece", "times", "closed"),
    [("", "{", 50_000, "}"), ("", "\\(a", 50_000, ""), ("", "\\href{", 20_000, ""), ("$\\", "\\\\", 50_000, ""), ("", "\\'", 50_000, ""), ("", "\\url{{a}", 20_000, ""), ("", "\\write{", 30_000, ""), ("", "$\\$", 50_000, "")],
)
def test_time_is_linear(before: str, piece: str, times: int, closed: str) -> None:
    assert_linear(lambda text: (decode(text), verbatim(text)), lambda size: before + piece * size + closed * size, times)


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"https://a.org/b{\_}c\_d?x=1\&y=2\#z", "https://a.org/b_c_d?x=1&y=2#z"),
        (r"\url{https://a.org/%20b--c}", "https://a.org/%20b--c"),
        (r"http://a.org/\~{}me/{\textasciitilde}x/$\sim$y/\textasciitilde z", "http://a.org/~me/~x/~y/~z"),
        ("{https://a.org/~me}", "https://a.org/~me"),
        (r"10.1000/978-3{\_}1", "10.1000/978-3_1"),
    ],
)
def test_verbatim(tex: str, plain: str) -> None:
    assert verbatim(tex) == plain
