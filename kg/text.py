"""Small pure facts about text: lines, sentences, folding.

Offsets are Unicode code points, 0-based and end-exclusive, always in the *unchanged* text: folding makes
keys, never spans.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_right
from typing import Final

LINE_END: Final = re.compile(r"\r\n|\n|\r")
"""What a text editor counts as the end of a line; `str.splitlines` would also split at U+2028 and others."""

INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Soft hyphen, zero-width and bidirectional controls: kept in the text, left out of every key and label."""

CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters, lone surrogates and noncharacters that neither a terminal nor XML may be given."""

_SPACES: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"[0-9a-z]+")
_LETTERS: Final = re.compile(r"[^\W_]+")
_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
"""Letters of scripts that put no blanks between words: Thai, Lao, Burmese, Khmer, Kana, Han."""

_RUN: Final = re.compile(f"([{_UNSPACED}]+)|[^{_UNSPACED}]+")
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]+")
_SENTENCE_END: Final = re.compile(r"[.!?][\"')\]]*\s+(?=[\"'(\[$\\]*[A-Z0-9$\\])")
_ABBREVIATION: Final = re.compile(r"(?:\b(?:e\.g|i\.e|et al|cf|vs|resp|Fig|Eq|Sec|approx|No)|\b[A-Z])\.$")
_UNFOLDED: Final = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i",
                                  "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH", "ð": "d", "Ð": "D",
                                  "’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-"})


def line_starts(text: str) -> list[int]:
    r"""Return the offset at which each line begins.

    >>> line_starts("a\nb\r\nc")
    [0, 2, 5]
    """
    return [0, *(match.end() for match in LINE_END.finditer(text))]


def line_of(starts: list[int], offset: int) -> int:
    """Return the 1-based line of `offset`, given `line_starts(text)`."""
    return bisect_right(starts, offset)


def squeeze(text: str) -> str:
    r"""Return `text` on one line with single blanks and without invisible or control characters.

    >>> squeeze(" a\u200b\n  b ")
    'a b'
    """
    if text.isascii():
        # Most texts: nothing invisible, and what is blank is plain to see.
        return " ".join((text if text.isprintable() else CONTROL.sub("", text)).split())
    return _SPACES.sub(" ", CONTROL.sub("", INVISIBLE.sub("", text))).strip()


def fold(text: str) -> str:
    """Return `text` as a key: no accents, no case, no invisible characters, blanks squeezed.

    Letters keep their script: a Cyrillic letter that looks like a Latin one stays apart. Apostrophes and hyphens
    have one form each, since typesetting makes others of them.

    >>> fold("Fréchet  Inception Distance")
    'frechet inception distance'
    """
    squeezed = squeeze(text)
    if squeezed.isascii():
        return squeezed.lower()
    plain = _FOREIGN.sub(_unmarked, unicodedata.normalize("NFKD", squeezed))
    return _SPACES.sub(" ", plain.casefold()).strip()


def _unmarked(foreign: re.Match[str]) -> str:
    """Return characters beyond ASCII without accents, and as ASCII where that is how they are folded."""
    return "".join(c for c in foreign[0] if not unicodedata.combining(c)).translate(_UNFOLDED)


def words(text: str) -> list[str]:
    """Return the folded words of `text`: runs of ASCII letters and digits.

    >>> words("VQ-VAE, 2nd try")
    ['vq', 'vae', '2nd', 'try']
    """
    return _WORD.findall(fold(text))


def words_of_any_script(text: str) -> list[str]:
    """Return the folded words of `text` in whatever letters it is written; a Greek letter by itself is spelled out.

    Where a script has no blanks between words, each two letters that stand together are one, as is usual for search.

    >>> words_of_any_script("О приливах, 2-е изд."), words_of_any_script("β-VAE"), words_of_any_script("用BERT分类法")
    (['о', 'приливах', '2', 'е', 'изд'], ['beta', 'vae'], ['用', 'bert', '分类', '类法'])
    """
    folded = fold(text)
    if folded.isascii():
        return _WORD.findall(folded)
    return [word for letters in _LETTERS.findall(folded) for run in _RUN.finditer(letters) for word in _words_of(run)]


def _words_of(run: re.Match[str]) -> list[str]:
    letters = run[0]
    if len(letters) == 1:
        return [_symbol(letters)]
    return [letters[at : at + 2] for at in range(len(letters) - 1)] if run[1] else [letters]


def word_set(text: str) -> frozenset[str]:
    """Return the words that blanks part: lists of words are easiest to read and to extend as one text.

    >>> sorted(word_set("model network"))
    ['model', 'network']
    """
    return frozenset(text.split())


def slug(text: str, limit: int = 60) -> str:
    """Return a readable, lower-case part of an IRI or file name; empty when nothing readable is left.

    >>> slug("C++"), slug("VQ-VAE 2"), slug("β-VAE"), slug("Πέτρος Λίθος")
    ('c-plus-plus', 'vq-vae-2', 'beta-vae', 'petros-lithos')
    """
    latin = text if text.isascii() else _GREEK_WORD.sub(_in_latin, text)
    named = "".join(_symbol(c) for c in latin)
    return "-".join(words(named))[:limit].strip("-")


def distinct_slug(text: str, limit: int = 60) -> str:
    """Return a slug that tells the text from all others, but for case, accents and punctuation.

    Where the slug alone does not (a letter that ASCII cannot spell, or a text too long), a hash is added.

    >>> distinct_slug("VQ-VAE"), distinct_slug("王-Net"), distinct_slug("李-Net")
    ('vq-vae', 'net-66f3d043', 'net-f4122e0d')
    """
    if text.isascii() and text.isprintable():
        # Most names: the same answer, ten times as fast.
        plain = "-".join(_WORD.findall(text.lower().replace("+", " plus ").replace("#", " sharp ")))
        if plain and len(plain) <= limit:
            return plain
    readable = slug(text, limit)
    whole = fold("".join(_symbol(c) for c in text))
    spelled = not any(c.isalnum() and not c.isascii() for c in whole) and _GREEK_WORD.search(text) is None
    if readable == slug(text, len(whole) + 1) and readable and spelled:
        return readable
    return f"{readable}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}".lstrip("-")


def _symbol(character: str) -> str:
    """Spell out the symbols that tell names apart (C and C++, δ-VAE and β-VAE)."""
    if character in "+#":
        return {"+": " plus ", "#": " sharp "}[character]
    if "\u0370" <= character <= "\u03ff":
        return unicodedata.name(character, "").partition(" WITH ")[0].rpartition(" ")[2].lower()
    return character


_GREEK_WORD: Final = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]{3,}")
"""A word in Greek, which is no symbol."""

_LATIN: Final = str.maketrans(dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)) | {"θ": "th", "χ": "ch", "ψ": "ps"})
"""Greek letters as ISO 843 transcribes them, but for what depends on their neighbours; of that only ou."""


def _in_latin(word: re.Match[str]) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", word.group().lower()) if not unicodedata.combining(c))
    return bare.replace("ου", "ou").translate(_LATIN)


def printable(text: str) -> str:
    r"""Return `text` for a terminal: control, bidirectional and line-breaking characters escaped.

    >>> printable("a\x1b[0m")
    'a\\x1b[0m'
    """
    return "".join(
        c if c.isprintable() and not INVISIBLE.match(c) else c.encode("unicode_escape").decode("ascii") for c in text
    )


LONGEST_SENTENCE: Final = 600
"""So far a sentence is followed in each direction; without an end on one endless line the passages would outgrow the text."""


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun.

    >>> counted(1, "pair"), counted(0, "pair"), counted(2, "entry", "entries")
    ('1 pair', '0 pairs', '2 entries')
    """
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of the sentence of `text` that holds `[start, end)`; a very long one is cut between words.

    >>> text = "We use GANs. They work."
    >>> text[slice(*sentence_around(text, 7, 11))]
    'We use GANs.'
    """
    low, high = max(0, start - LONGEST_SENTENCE), min(len(text), end + LONGEST_SENTENCE)
    first = low and (text.find(" ", low, start) + 1 or low)
    last = high if high == len(text) or (blank := text.rfind(" ", end, high)) < 0 else blank
    for match in _SENTENCE_END.finditer(text, low, high):
        stop = match.start() + 1
        if _ABBREVIATION.search(text, max(0, stop - 12), stop):
            continue
        if match.end() <= start:
            first = match.end()
        elif match.start() + 1 >= end:
            last = len(text[: match.end()].rstrip())
            break
    return first, last


def title_step(title: str) -> str:
    """Return a title as one step of a path: the same for spellings that differ in case and punctuation only.

    >>> title_step("Deep Learning: A Tale") == title_step("deep learning - a tale")
    True
    """
    told = " ".join(words_of_any_script(title)) or fold(title)
    return f"cited-{hashlib.sha256(told.encode()).hexdigest()[:16]}"
