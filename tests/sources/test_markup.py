"""Markup in texts: what stays, what goes, what it becomes."""

import html
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sources._markup import plain
from tests.growth import assert_linear

M = "http://www.w3.org/1998/Math/MathML"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Deep <i>H<sub>2</sub>O</i>", "Deep H2O"),
        ("a < b and b > c", "a < b and b > c"),
        ("if a <b and c> d", "if a <b and c> d"),
        ("p<0.05, n>3", "p<0.05, n>3"),
        ("the <unk> and <MASK> tokens", "the <unk> and <MASK> tokens"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("one<br/>two<BR>three", "one two three"),
        ("<i>never closed", "never closed"),
        ("closed</b> never opened", "closed never opened"),
        ("cut <i", "cut <i"),
        ("<i><b>wrong</i></b> order", "wrong order"),
        ('<a href="x" class=\'y\' id=z>link</a>', "link"),
        ("<ns:i>x</ns:i>", "x"),
        ("x<script>a<b && alert(1)</script>y", "xy"),
        ("x<STYLE>p {}</style >y", "xy"),
        ("x<script>never closed", "xnever closed"),
        ("a<!-- b <i> -->c <!-- d", "ac <!-- d"),
        ("<![CDATA[Q & A]]>", "Q & A"),
        ("Caf&eacute; &#233; &#xE9; &amp; &lt;3", "Café é é & <3"),
        ("R&D, AT&T; ?a=1&section=2&copy=3", "R&D, AT&T; ?a=1&section=2&copy=3"),
        ("&amp;amp; &amp;amp;amp; twice", "& & twice"),
        ("&lt;i&gt;E. coli&lt;/i&gt; and &amp;lt;sub&amp;gt;2&amp;lt;/sub&amp;gt;", "E. coli and 2"),
        ("the &lt;table&gt; element", "the <table> element"),
        ("10<sup>-5</sup>, 10<sup>6</sup>, L<sup>2</sup>, 2<sup>nd</sup>", "10^-5, 10^6, L2, 2nd"),
        ("bad &#0; &#x110000; &#xD800; &bogus;", "bad \ufffd \ufffd \ufffd &bogus;"),
        ("", ""),
        ("  <i> </i> ", ""),
    ],
)
def test_html(markup: str, text: str) -> None:
    assert plain(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<jats:title>Abstract</jats:title><jats:p>We show <jats:italic>x</jats:italic>.</jats:p>", "We show x."),
        ("<sec><title>Background</title><p>We ask.</p></sec><sec><title>Methods:</title><p>We test.</p></sec>", "Background: We ask. Methods: We test."),
        ("<jats:p>a<jats:sup>+</jats:sup><jats:xref rid='r1'>1</jats:xref></jats:p>", "a+1"),
        ("<jats:tex-math>\\documentclass{x}\\begin{document}$$x^2$$\\end{document}</jats:tex-math> grows", "$x^2$ grows"),
        (
            "<jats:alternatives><mml:math><mml:mi>x</mml:mi></mml:math><jats:tex-math>\\begin{document}$$x$$\\end{document}</jats:tex-math></jats:alternatives>",
            "x",
        ),
    ],
)
def test_jats(markup: str, text: str) -> None:
    assert plain(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (f'<math xmlns="{M}"><msub><mi>MgB</mi>\n  <mn>2</mn></msub></math> films', "MgB2 films"),
        ("<mml:math><mml:msup><mml:mn>10</mml:mn><mml:mrow><mml:mo>-</mml:mo><mml:mn>5</mml:mn></mml:mrow></mml:msup></mml:math> m", "10^-5 m"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup></math>", "x2"),
        ("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></math>", "(a+b)/2"),
        ("<math><msqrt><mi>n</mi></msqrt><mo>&#x2062;</mo><msqrt><mi>n</mi><mo>+</mo><mn>1</mn></msqrt></math>", "√n√(n+1)"),
        ("<math><mfenced><mi>a</mi><mi>b</mi></mfenced></math>", "(a,b)"),
        ("<math><mtext>for all </mtext><mi>k</mi></math>", "for all k"),
        ('<math><semantics><mi>α</mi><annotation encoding="application/x-tex">\\alpha</annotation></semantics></math>-decay', "α-decay"),
    ],
)
def test_mathml(markup: str, text: str) -> None:
    assert plain(markup) == text


class Texts(HTMLParser):
    """Python's own HTML parser, which keeps texts and drops tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out = ""

    def handle_data(self, data: str) -> None:
        self.out += data


WORDS = st.text("abc XY-éλ.,", max_size=8)
INLINE = st.recursive(WORDS, lambda inner: st.lists(inner, max_size=3).map("".join) | st.tuples(st.sampled_from(["i", "b", "em", "sub", "span class='x'"]), inner).map(
    lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"
), max_leaves=12)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(markup=INLINE)
def test_inline_markup_is_dropped_as_by_a_real_parser(markup: str) -> None:
    oracle = Texts()
    oracle.feed(markup)
    oracle.close()
    assert " ".join(plain(markup).split()) == " ".join(oracle.out.split())


@settings(max_examples=200, deadline=None)
@given(text=st.text("abc<>&;/!- \n\"'=éλ1", max_size=60))
def test_escaped_text_comes_back(text: str) -> None:
    # What has been escaped once is text, unless it was markup that somebody escaped.
    if plain(text) == text.strip():
        assert plain(html.escape(text)) == text.strip()


PIECES = st.sampled_from(["<i>", "</i>", "<math>", "</math>", "<mfrac>", "<title>", "</title>", "<script>", "</script>", "<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&amp;", "<sup>", "1", "<", ">", "a b", "<tex-math>", "</tex-math>", "<br>", "<mi/>", "</mfrac>"])


@settings(max_examples=200, deadline=None)
@given(pieces=st.lists(PIECES, max_size=30))
def test_any_markup_is_survived(pieces: list[str]) -> None:
    markup = "".join(pieces)
    assert plain(markup) == plain(markup).strip()


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<script>", "<i>", "</i>", "<sup>1", "<mfrac>", "<b ", "<b a=", "<b a='", "&amp;", "&lt;", "<![CDATA[", "<title>x", "<tex-math>\\begin{document}", "<i></b>", "<", "&"],
)
def test_much_markup_takes_no_more_than_its_time(piece: str) -> None:
    assert_linear(plain, lambda times: piece * times, 100_000)
