r"""Words of a text, in a form that can be compared, with their places in the text unchanged.

In goes a text as printed: with LaTeX accents, soft hyphens, zero-width characters, letters that other scripts
lend. Out come its tokens: words, LaTeX macros and single punctuation marks. Blanks and hyphens separate words but
are no tokens, so that `vision-language model` and `vision language model` are the same sequence.

    >>> found = tokens("G\u200bANs (vision-language)")
    >>> found.words, found.keys
    (('GANs', '(', 'vision', 'language', ')'), ('gan', '(', 'vision', 'language', ')'))
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kg.extract.vocabulary import MOST, Fact, Vocabulary
from kg.text import INVISIBLE, word_set

LATEX_ACCENT: Final = re.compile(r"\{?\\['`^\"~=.](?:\{([A-Za-z])\}|([A-Za-z]))\}?")
r"""An accented letter as LaTeX writes it: `\'e`, `\'{e}`, `{\'e}`."""

_SPECIAL: Final = re.compile(rf"{LATEX_ACCENT.pattern}|[^\x00-\x7f]")
"""What is not itself when names are compared: an accented letter, or one that is not ASCII."""

_LIGATURE: Final = re.compile("[\ufb00-\ufb06]")
"""Letters that printers cast as one, as text from a page may have them: the first of *ﬁlter*."""

_GLUED: Final = word_set(
    "based like style type driven guided trained powered inspired augmented enhanced assisted generated equipped "
    "aware specific related oriented level derived only pretrained tuned finetuned adapted compatible"
)
"""What may follow a name behind a hyphen: *GAN-based*, *ImageNet-trained*."""

_FREE_PREFIXES: Final = frozenset({"non", "pre", "post", "vanilla", ""})
"""What may stand before a name and a hyphen."""

_LINKS: Final = frozenset({"–", "_", "@", "\\"})
"""Marks that tie a word to the next when no blank stands between."""

_TOKEN: Final = re.compile(r"([A-Za-z0-9]+[^\W_]*|[^\W_]+|\\[A-Za-z]+|(?<=\s)[-–](?=\s)|[^\s\w‐‑–-]|_)")
"""A token. Its one group makes `split` give what stands between tokens as well; ASCII comes first because it is tried fastest."""

_ABBREVIATED: Final = 5
"""Letters up to which a word in capitals is taken for an abbreviation."""

_GAPS: Final = frozenset({"", " ", "-"})
"""What is told of what stands between two tokens."""

_BRITISH: Final = re.compile(r"(?:is(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)|ys(?=(?:e|ed|es|ing)$))")
_DOUBLED: Final = re.compile(r"(?<=el)l(?=(?:ing|ed|er|ers)$)")
_OUR: Final = re.compile(r"^(behavi|col|neighb|flav|lab|tum|hum|fav|arm|harb|hon|vap|endeav)our")
_ES: Final = re.compile(r"(?:ss|sh|ch|x|zz)es$")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text, as parallel sequences.

    Attributes:
        text: The text itself.
        starts: Where each token begins in the text.
        ends: Where it ends.
        words: Each token without accents and invisible characters; case as printed.
        keys: Each token for comparison: lower case, singular, American spelling.
        gaps: What stands before each token: `""`, `" "` or `"-"`.
        numbers: The number of each token's word in `vocabulary`.
        vocabulary: Knows the words.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]
    keys: tuple[str, ...]
    gaps: tuple[str, ...]
    numbers: NDArray[np.intp] = field(compare=False, repr=False)
    vocabulary: Vocabulary = field(compare=False, repr=False)

    def told(self, fact: Fact) -> NDArray[Any]:
        """Return the answer of `fact` for each token."""
        return fact.of(self.vocabulary, self.numbers)

    def where(self, fact: Fact) -> list[int]:
        """Return the tokens for which `fact` holds, in order."""
        places: list[int] = self.told(fact).nonzero()[0].tolist()
        return places

    def places(self, words: Iterable[str]) -> list[int]:
        """Return the tokens that are one of these words as written, in order."""
        wanted = np.zeros(len(self.vocabulary), np.bool_)
        wanted[[number for word in words if (number := self.vocabulary.get(word)) is not None]] = True
        places: list[int] = wanted[self.numbers].nonzero()[0].tolist()
        return places

    def word(self, index: int) -> str:
        """Return the word at `index`, or an empty text outside the range."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def key(self, index: int) -> str:
        """Return the key at `index`, or an empty text outside the range."""
        return self.keys[index] if 0 <= index < len(self.keys) else ""

    def gap(self, index: int) -> str:
        """Return what stands before the token at `index`, an empty text outside the range."""
        return self.gaps[index] if 0 <= index < len(self.gaps) else ""


@lru_cache(maxsize=1024)
def tokens(text: str) -> Tokens:
    """Return the tokens of `text`."""
    plain, begins, stops = _unaccented(text)
    pieces = _TOKEN.split(plain)  # what stands before a token, the token, what stands before the next, ...
    places = tuple(accumulate(map(len, pieces)))
    starts, ends = places[:-1:2], places[1::2]
    parts, between = tuple(pieces[1::2]), tuple(pieces[:-1:2])
    known = vocabulary()
    numbers = list(map(known.__getitem__, parts))
    return Tokens(
        text=text,
        starts=tuple(begins[start] for start in starts) if begins else starts,
        ends=tuple(stops[end - 1] for end in ends) if stops else ends,
        words=parts,
        keys=tuple(map(known.compared.__getitem__, numbers)),
        gaps=between if _GAPS.issuperset(between) else tuple(map(_gap, between)),
        numbers=np.array(numbers, np.intp),
        vocabulary=known,
    )


_vocabularies: Final[list[Vocabulary]] = []
"""The one that is in use."""


def vocabulary() -> Vocabulary:
    """Return the vocabulary that words of new texts are looked up in."""
    if not _vocabularies or len(_vocabularies[0]) > MOST:
        _vocabularies[:] = [Vocabulary(key)]
    return _vocabularies[0]


@lru_cache(maxsize=16_384)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name; what is named once is mostly named again.

    >>> words("vision-language model")
    ('vision', 'language', 'model')
    """
    return tuple(_TOKEN.findall(_unaccented(name)[0]))


def keys(text: str, last: int = 0) -> tuple[str, ...]:
    """Return the words of a text for comparison, where nothing else of it is needed; only so many from its end, if that is told.

    >>> keys("Vision-Language Models"), keys("Vision-Language Models", 2)
    (('vision', 'language', 'model'), ('language', 'model'))
    """
    return tuple(map(key, _TOKEN.findall(_unaccented(text)[0])[-last:]))


def first_key(text: str) -> tuple[str, str]:
    """Return the first word of `text` for comparison, and what stands before it; two empty texts where there is none.

    >>> first_key(" Models of")
    ('model', ' ')
    """
    plain = _unaccented(text)[0]
    match = _TOKEN.search(plain)
    return ("", "") if match is None else (key(match.group()), _gap(plain[: match.start()]))


def begins(found: Tokens, first: int) -> bool:
    """Tell whether a name may begin at token `first`: not inside `C-GAN`, but in `non-GAN`."""
    return found.gaps[first] != "-" or found.word(first - 1).lower() in _FREE_PREFIXES


def ends(found: Tokens, after: int) -> bool:
    """Tell whether a name may end before token `after`: not inside `BigGAN-deep`, but in `GAN-based`."""
    if after == len(found.words):
        return True
    word, gap = found.words[after], found.gaps[after]
    if gap:
        return gap == " " or found.keys[after] in _GLUED
    return word not in _LINKS or found.gap(after + 1) != "" or not found.word(after + 1).isalnum()


def occurrences(found: Tokens, names: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Yield where names occur as they are written, or with a plural s: the name, its first token, behind its last.

    >>> list(occurrences(tokens("BigGAN and two GANs"), ["GAN"]))
    [('GAN', 3, 4)]
    """
    wanted = {parts: name for name in names if (parts := words(name))}
    if not wanted:
        return
    lengths: dict[str, set[int]] = {}
    for parts in wanted:
        for first in {parts[0], parts[0] + "s"} if len(parts) == 1 else set(parts[:1]):
            lengths.setdefault(first, set()).add(len(parts))
    for index in found.places(lengths):
        for length in sorted(lengths[found.words[index]], reverse=True):
            part = found.words[index : index + length]
            if len(part) < length:
                continue
            singular = (*part[:-1], part[-1][:-1]) if part[-1].endswith("s") else part
            name = wanted.get(part) or wanted.get(singular)
            if name is not None and begins(found, index) and ends(found, index + length):
                yield name, index, index + length
                break


@lru_cache(maxsize=65_536)
def key(word: str) -> str:
    """Return a word for comparison: lower case, singular, American spelling.

    >>> [key(word) for word in ("LLMs", "Policies", "regularisation", "modelling", "behaviours", "loss", "RKHS")]
    ['llm', 'policy', 'regularization', 'modeling', 'behavior', 'loss', 'rkhs']
    """
    if len(word) > 2 and word[-1] == "s" and word[:-1].isupper():
        return word[:-1].lower()
    lower = word.lower()
    if word[-1:] == "S" and (len(word) <= _ABBREVIATED or not word.isupper()):
        return lower  # of such words in 17,000 abstracts hardly one is a plural
    if not lower.isascii() or not lower.isalpha() or len(lower) < 4:
        return lower
    lower = _OUR.sub(r"\1or", _DOUBLED.sub("", _BRITISH.sub(lambda m: m.group()[0] + "z", lower)))
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    if _ES.search(lower):
        return lower[:-2]
    if lower[-1] == "s" and lower[-2] not in "sui":
        return lower[:-1]
    return lower


def unligated(text: str) -> str:
    """Return a text with the letters that its ligatures stand for.

    >>> unligated("classi\ufb01cation")
    'classification'
    """
    return _LIGATURE.sub(lambda one: unicodedata.normalize("NFKC", one[0]), text)


@lru_cache(maxsize=4096)
def _gap(between: str) -> str:
    """Return what stands between two tokens in one of its three forms."""
    return between if between in _GAPS else " " if between.isspace() else "-"


def _unaccented(text: str) -> tuple[str, list[int], list[int]]:
    """Return the text without accents and invisible characters, and where each character begins and ends.

    The lists are empty where every character stayed in its place.
    """
    if text.isascii() and "\\" not in text:
        return text, [], []
    plain = _SPECIAL.sub(_plain, text)
    if len(plain) == len(text) and _LIGATURE.search(text) is None:  # each is one character for one, since no other becomes more
        return plain, [], []
    begins: list[int] = []
    stops: list[int] = []
    position = 0
    for match in _SPECIAL.finditer(text):
        begins.extend(range(position, match.start()))
        stops.extend(range(position + 1, match.start() + 1))
        position = match.end()
        if unicodedata.combining(match.group()[0]) and stops:
            stops[-1] = position
        letters = len(_plain(match))
        begins.extend([match.start()] * letters)
        stops.extend([position] * letters)
    begins.extend(range(position, len(text)))
    stops.extend(range(position + 1, len(text) + 1))
    return plain, begins, stops


def _plain(special: re.Match[str]) -> str:
    return _letter(special.group(1) or special.group(2) or special.group())


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    """Return a character without its accents, a ligature as its letters; nothing for one that cannot be seen."""
    if character.isascii():
        return character
    if INVISIBLE.match(character):
        return ""
    if _LIGATURE.match(character):
        return unligated(character)
    return next((c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c)), "")
