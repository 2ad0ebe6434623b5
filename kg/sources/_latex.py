r"""LaTeX in the fields of bibliographies: accents, symbols and formatting become the plain text that they stand for.

`decode` is for running text, `verbatim` for what LaTeX only escapes (addresses, DOIs, file names). Nothing is ever run:
a command that is not known stays as it is printed. Mathematics (`$\beta$-VAE`) stays as it is too, since that is how
arXiv prints it. Accents and symbols are those of LaTeX's text encodings (T1, TS1) and of the package textgreek, those of
MathSciNet's exports (`mathscinet.sty`), and the names of journals that astronomers write (`aas_macros.sty`).
"""

import html
import re
import unicodedata
from typing import Final

_ACCENTS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", '"': "\u0308",
    "h": "\u0309", "r": "\u030a", "H": "\u030b", "v": "\u030c", "G": "\u030f", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361", "U": "\u030d", "textcommabelow": "\u0326",
    "ocirc": "\u030a", "polhk": "\u0328", "udot": "\u0323", "lfhook": "\u0326", "soft": "\u030c", "cflex": "\u0302",
    "cftil": "\u0302\u0303", "cfac": "\u0302\u0301", "cfgrv": "\u0302\u0300", "cfudot": "\u0323\u0302",
}  # fmt: skip
"""Accent commands, and the combining character of each."""

_BARE: Final = {"\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "\u00af", "\u0308": '"', "\u0307": "."}
"""What an accent without a letter prints: `\\~{}` is how people write the tilde of an address."""

_JOURNALS: Final = {
    "aj": "Astronomical Journal", "actaa": "Acta Astronomica", "araa": "Annual Review of Astronomy and Astrophysics",
    "apj": "Astrophysical Journal", "apjl": "Astrophysical Journal Letters", "apjs": "Astrophysical Journal Supplement Series",
    "ao": "Applied Optics", "apss": "Astrophysics and Space Science", "aap": "Astronomy and Astrophysics",
    "aapr": "Astronomy and Astrophysics Review", "aaps": "Astronomy and Astrophysics Supplement Series",
    "azh": "Astronomicheskii Zhurnal", "baas": "Bulletin of the American Astronomical Society",
    "cjaa": "Chinese Journal of Astronomy and Astrophysics", "caa": "Chinese Astronomy and Astrophysics", "icarus": "Icarus",
    "jcap": "Journal of Cosmology and Astroparticle Physics", "jrasc": "Journal of the Royal Astronomical Society of Canada",
    "memras": "Memoirs of the Royal Astronomical Society", "mnras": "Monthly Notices of the Royal Astronomical Society",
    "na": "New Astronomy", "nar": "New Astronomy Reviews", "pasa": "Publications of the Astronomical Society of Australia",
    "pra": "Physical Review A", "prb": "Physical Review B", "prc": "Physical Review C", "prd": "Physical Review D",
    "pre": "Physical Review E", "prl": "Physical Review Letters", "pasp": "Publications of the Astronomical Society of the Pacific",
    "pasj": "Publications of the Astronomical Society of Japan", "rmxaa": "Revista Mexicana de Astronomía y Astrofísica",
    "qjras": "Quarterly Journal of the Royal Astronomical Society", "skytel": "Sky and Telescope", "solphys": "Solar Physics",
    "sovast": "Soviet Astronomy", "ssr": "Space Science Reviews", "zap": "Zeitschrift für Astrophysik", "nat": "Nature",
    "iaucirc": "IAU Circular", "aplett": "Astrophysical Letters", "gca": "Geochimica et Cosmochimica Acta",
    "grl": "Geophysical Research Letters", "jcp": "Journal of Chemical Physics", "jgr": "Journal of Geophysical Research",
    "jqsrt": "Journal of Quantitative Spectroscopy and Radiative Transfer", "memsai": "Memorie della Società Astronomica Italiana",
    "nphysa": "Nuclear Physics A", "physrep": "Physics Reports", "physscr": "Physica Scripta",
    "planss": "Planetary and Space Science", "procspie": "Proceedings of SPIE", "maps": "Meteoritics and Planetary Science",
}  # fmt: skip
"""Commands for journals: NASA's ADS writes `journal = {\\apj}`."""

_LETTERS: Final = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron",
    "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip
_GREEK: Final = {name: chr(0x3B1 + rank) for rank, name in enumerate(_LETTERS)}
_SYMBOLS: Final = {
    "ss": "ß", "SS": "ẞ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "i": "ı", "j": "ȷ",
    "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'", "textquotedbl": '"',
    "quotesinglbase": "‚", "quotedblbase": "„", "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹",
    "guilsinglright": "›", "lq": "‘", "rq": "’", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
    "textasciigrave": "`", "textunderscore": "_", "textbar": "|", "textless": "<", "textgreater": ">", "textbraceleft": "{",
    "textbraceright": "}", "lbrace": "{", "rbrace": "}", "textdollar": "$", "textbullet": "•", "textdegree": "°",
    "textcopyright": "©", "copyright": "©", "textregistered": "®", "texttrademark": "™", "textsection": "§", "S": "§",
    "textparagraph": "¶", "P": "¶", "pounds": "£", "textsterling": "£", "euro": "€", "texteuro": "€", "textyen": "¥",
    "textcent": "¢", "textmu": "µ", "textpm": "±", "texttimes": "×", "times": "×", "textdiv": "÷", "textonehalf": "½",
    "textonequarter": "¼", "textthreequarters": "¾", "textordfeminine": "ª", "textordmasculine": "º",
    "textexclamdown": "¡", "textquestiondown": "¿", "textperiodcentered": "·", "cdot": "·", "textasteriskcentered": "*", "Dash": "—", "textvisiblespace": "␣", "textnumero": "№",
    "textdaggerdbl": "‡", "textdagger": "†", "dag": "†", "ddag": "‡", "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX",
    "slash": "/", "quad": " ", "qquad": " ", "space": " ", "thinspace": " ", "textvarsigma": "ς", "newline": " ", "linebreak": " ", "break": " ", "par": " ",
    "cprime": "'", "cdprime": '"', "Dbar": "Đ", "dbar": "đ", "cydot": "·", "lasp": "ʿ", "rasp": "ʾ",
    "textsuperscript": "", "textsubscript": "", "relax": "", "protect": "", "allowbreak": "", "ignorespaces": "", "unskip": "",
    **_JOURNALS,
    **_GREEK,
    **{f"text{name}": letter for name, letter in _GREEK.items()},
    **{name.capitalize(): letter.upper() for name, letter in _GREEK.items() if name != "varsigma"},
    **{f"text{name.capitalize()}": letter.upper() for name, letter in _GREEK.items() if name != "varsigma"},
}  # fmt: skip
"""Commands that print a character, or nothing."""

_FORMATS: Final = frozenset([
    "emph", "textit", "textbf", "textsc", "texttt", "textrm", "textsf", "textnormal", "textup", "textmd",
    "textsl", "textlf", "text", "mbox", "hbox", "fbox", "underline", "uppercase", "lowercase",
    "MakeUppercase", "MakeLowercase", "NoCaseChange", "MakeSentenceCase", "mkbibemph", "mkbibitalic",
    "mkbibbold", "it", "bf", "em", "tt", "sc", "rm", "sf", "sl", "itshape", "bfseries", "scshape",
    "ttfamily", "sffamily", "rmfamily", "upshape", "mdseries", "normalfont", "small", "footnotesize", "url",
    "path", "nolinkurl", "nocite", "hack", "textstyle", "hyphenchar", "BibTitle", "germ", "cyr",
])
"""Commands that say how the text behind them looks, and nothing else."""

_QUOTES: Final = {"enquote": ("“", "”"), "mkbibquote": ("“", "”"), "ensuremath": ("$", "$")}
"""Commands that print something before and behind the text in their braces."""

_ESCAPED: Final = {"\\": " ", " ": " ", "\t": " ", "\n": " ", "\r": " ", ",": " ", ";": " ", ":": " ", "!": "", "-": "", "/": "", "@": ""}
"""A backslash before a character: a blank or break of some width, or nothing. Any other character is itself."""

_MATH_SIGNS: Final = {r"\less": "<", r"\greater": ">", r"\mathsemicolon": ";", r"\mathplus": "+", r"\sim": "~", "<": "<", ">": ">", r"\backslash": "\\", r"\_": "_", "-": "-", "": ""}
"""Mathematics that is only a way to write a character; Mendeley and HighWire write tags so."""

_SCRIPT: Final = re.compile(r"\$\s*[_^]\{\\text(?:rm)?\{\s*([^{}\\$]*?)\s*\}\}\$")
r"""Text that is raised or lowered: Zotero writes PM2.5 so, `PM$_{\textrm{2.5}}$`."""

_SPECIAL: Final = re.compile(r"[\\{}~`\t\r\n\f\v]|--|''|  |\$[<>-]?\$")
_TOKEN: Final = re.compile(
    r"""(?P<math>\$(?:[^$\\]|\\.)*\$|\\\((?>(?:[^\\]|\\(?![()]))*)\\\))
    |\\ensuremath\s*\{(?P<ensured>[^{}$]*)\}
    |(?P<gone>\\(?:href|noopsort|SortNoop|sortnoop|vphantom|hphantom|phantom|textcolor|color|foreignlanguage|hspace|vspace)\*?\s*(?:\[[^\[\]{}]*\]\s*)?(?:\{[^{}]*\}|\\[{}]))
    |\\(?P<accent>[`'^"~=.]|(?:[uhrHvGdckbtU]|textcommabelow|ocirc|polhk|udot|lfhook|soft|cflex|cftil|cfac|cfgrv|cfudot)(?![A-Za-z]))\s*
    |\\(?P<word>[A-Za-z]+)\*?
    |\\(?P<escaped>.)
    |(?P<open>\{)|(?P<close>\})
    |(?P<dash>---?)|(?P<quote>``|''|`)
    |(?P<space>[\s~]+)
    |(?P<text>[^\\{}$~`'\-\s]+|.)""",
    re.VERBOSE | re.DOTALL,
)
_SPACE: Final = re.compile(r"\s*")
_DASHES: Final = {"---": "—", "--": "–", "``": "“", "''": "”", "`": "‘"}


def decode(text: str) -> str:
    r"""Return a text without its LaTeX, on one line.

    >>> decode(r"{\'E}tude of {BERT}: na\"{\i}ve~users, pages 1--2"), decode(r"Erd{\H o}s \& \L{}\'od\'z")
    ('Étude of BERT: naïve users, pages 1–2', 'Erdős & Łódź')
    >>> decode(r"{$\beta$-VAE} in \emph{$O(n^{2})$}"), decode(r"\input{/etc/passwd}")
    ('$\\beta$-VAE in $O(n^{2})$', '\\input{/etc/passwd}')
    >>> decode(r"M&uuml;ller \&amp; Sons, p &lt; 1")
    'Müller & Sons, p &lt; 1'
    """
    told = text.strip()
    if _SPECIAL.search(text):
        told = _decoded(text)
        told = _decoded(told) if _ESCAPED_TWICE in text else told
    return _ENTITY.sub(_unescaped, told) if "&" in told else told


_ENTITY: Final = re.compile(r"&(?:amp;(?![a-z#][a-z0-9]{0,7};)|[A-Za-z]{2,8};)")
"""An entity of HTML, which Cochrane and others leave in BibTeX; not an escaped one."""


def _unescaped(match: re.Match[str]) -> str:
    """Return the letter or ampersand that an entity stands for; what markup is made of stays."""
    letter = html.unescape(match[0])
    return letter if letter == "&" or letter.isalpha() else match[0]


_ESCAPED_TWICE: Final = r"$\backslash$"
r"""How Mendeley writes the backslash of what is LaTeX already: `R$\backslash$'enyi`."""


def _decoded(text: str) -> str:
    """Return a text without one layer of LaTeX, on one line."""
    writer = _Writer()
    at = 0
    while match := _TOKEN.match(text, at):
        at = match.end()
        kind = match.lastgroup or ""
        if kind == "word" and (match["word"] in _SYMBOLS or match["word"] in _FORMATS):
            at = _end_of_space(text, at)
        writer.take(kind, match[kind])
    writer.settle()
    return " ".join("".join(writer.pieces).split())


def _end_of_space(text: str, at: int) -> int:
    """Return where the white space ends that TeX skips behind a command of letters."""
    space = _SPACE.match(text, at)
    return space.end() if space else at


class _Writer:
    """The text that has been decoded so far, the groups that are open, and the accents that wait for their letter."""

    __slots__ = ("_accents", "_closing", "_groups", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._groups: list[str] = []
        self._accents: list[str] = []
        self._closing: str | None = None

    def take(self, kind: str, text: str) -> None:
        """Take one token."""
        closing, self._closing = self._closing, None
        if kind == "open":
            self._open(closing)
        elif kind == "close":
            self.settle()
            self.pieces.append(self._groups.pop() if self._groups else "")
            self._closing = "}" if self.pieces[-1] == "}" else None
        elif kind == "accent":
            self._accents.append(_ACCENTS[text])
        elif kind == "word":
            self._word(text)
        elif kind == "space":
            if not self._accents:
                self.pieces.append(" ")
        elif kind == "math":
            self.settle()
            script = _SCRIPT.fullmatch(text)
            self.pieces.append(script[1] if script else _MATH_SIGNS.get(text.strip("$").strip(), text))
        elif kind == "ensured":
            self.settle()
            self.pieces.append(f"${text}$")
        elif kind == "escaped":
            self._write(_ESCAPED.get(text, text))
        elif kind in {"dash", "quote"}:
            self._write(_DASHES[text])
        elif kind == "text":
            self._write(text)
            self._closing = closing if text.isdigit() else None  # \\write18{...}

    def settle(self) -> None:
        """Print the accents that have found no letter."""
        self.pieces += (_BARE.get(accent, "") for accent in self._accents)
        self._accents.clear()

    def _open(self, closing: str | None) -> None:
        """Begin a group; the one of a command that is not known keeps its braces."""
        self._groups.append(closing or "")
        if closing == "}":
            self.pieces.append("{")

    def _word(self, name: str) -> None:
        if name in _SYMBOLS:
            self._write({"i": "i", "j": "j"}.get(name, _SYMBOLS[name]) if self._accents else _SYMBOLS[name])
        elif name in _QUOTES:
            before, self._closing = _QUOTES[name]
            self.pieces.append(before)
        elif name not in _FORMATS:
            self.settle()
            self.pieces.append(f"\\{name}")
            self._closing = "}"

    def _write(self, text: str) -> None:
        """Print a text, its first letter with the accents that wait for it, the innermost first."""
        if self._accents and text:
            accented = unicodedata.normalize("NFC", text[0] + "".join(reversed(self._accents)))
            self._accents.clear()
            text = accented + text[1:]
        self.pieces.append(text)


_WRAPPED: Final = re.compile(r"\\(?:url|path|nolinkurl|href|texttt)\s*\{((?:[^{}]|\{[^{}]*\})*)\}(?:\s*\{[^{}]*\})?")
_TILDE: Final = re.compile(r"\{?\\(?:textasciitilde(?:\{\}|\b ?)|~\{\})\}?|\{?\$\\sim\$\}?")
_BACKSLASH: Final = re.compile(r"\{\\([_%&#$~^])\}|\\([_%&#$~^{}])")
_BRACED: Final = re.compile(r"(\{+)([^{}]*)(\}+)")


def verbatim(text: str) -> str:
    r"""Return an address, a DOI or a file name without LaTeX's escapes; percent signs and dashes stay.

    >>> verbatim(r"\url{https://a.org/b{\_}c\%20d--e?x=1\&y=2}"), verbatim(r"http://a.org/\~{}me")
    ('https://a.org/b_c%20d--e?x=1&y=2', 'http://a.org/~me')
    """
    if "\\" in text or "{" in text:
        text = _WRAPPED.sub(r"\1", text)
        text = _TILDE.sub("~", text)
        text = _BACKSLASH.sub(lambda match: match[1] or match[2], text)
    return " ".join(unbraced(text)[0].split())


def unbraced(text: str) -> tuple[str, int]:
    """Return a text without the white space and braces around the whole of it, and how much went before it.

    >>> unbraced(" {{A Title}}"), unbraced("{A} and {B}")
    (('A Title', 3), ('{A} and {B}', 0))
    """
    bare = text.strip()
    before = len(text) - len(text.lstrip())
    match = _BRACED.fullmatch(bare)
    if match is None or len(match[1]) != len(match[3]):
        return bare, before
    inner = match[2].strip()
    return inner, before + len(match[1]) + len(match[2]) - len(match[2].lstrip())
