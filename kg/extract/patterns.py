"""Names that show by their shape or their place that they are names: `DiffSinger`, *we introduce Flamingo*.

Finds words with inner capitals or digits, names that are introduced (*we present X*, *called X*, *X: a title*),
names before a head noun (*the X dataset*), versions of names (*Name 2*, *Name 1.5 Pro*), and LaTeX macros and
mathematics used as a name (`\\chinchilla`, `$\\delta$-VAE`). What the words around say decides the type; a
name in a list has the type of its neighbours; otherwise it is a method, which most new names are.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract import lexicon
from kg.extract.heads import APPOSITIONS
from kg.extract.tokens import Tokens, tokens
from kg.extract.words import COMMON, is_barrier
from kg.model import Candidate
from kg.model.mentions import MentionType

kinds: tuple[MentionType, ...] = ("method", "dataset", "task", "metric", "software")

_RUN: Final = re.compile(r"[^\W_]+(?:[-–][^\W_]+|(?<=[0-9])\.(?=[0-9])[^\W_]+|\+{1,2}(?![^\W_]))*")
_URL: Final = re.compile(r"(?:https?://|www\.)[^\s]{1,400}|\b[a-z0-9-]{2,40}\.(?:com|org|io|net|edu|ai|dev)\b[^\s]{0,300}|\S{1,80}@\S{1,80}\.\S{1,20}")
_SIZE: Final = re.compile(r"[0-9.,]+(?:[KMBTGkmbtg]|GB|MB|TB|Hz|kHz|MHz|FPS|x|X|D|st|nd|rd|th|ms)?s?")
_LOWER_TAIL: Final = re.compile(r"(?:[-–][a-z]+)+$")
_LOWER_LEAD: Final = re.compile(r"^(?:[a-z]+[-–])+(?=[A-Z])")

_CUE: Final = re.compile(
    r"\b(?:[Ii]ntroduc(?:e|es|ed|ing)|[Pp]resent(?:s|ed|ing)?|[Pp]ropos(?:e|es|ed|ing)|[Dd]evelop(?:s|ed|ing)?"
    r"|[Rr]eleas(?:e|es|ed|ing)|[Cc]ontribut(?:e|es|ed|ing)|[Cc]reat(?:e|es|ed|ing)|[Cc]onstruct(?:s|ed|ing)?"
    r"|[Dd]escrib(?:e|es|ed|ing)|[Bb]uil(?:d|ds|t|ding)|[Pp]ublish(?:es|ed|ing)?"
    r"|(?P<named>call(?:ed)?|dubbed|dub|nam(?:ed|ely|e)|term(?:ed)?|coin(?:ed)?|known as|denoted(?: as| by)?"
    r"|refer to (?:it|this|them|our \w+) as|referred to as))"
    r"(?P<middle>(?:,?\s(?:it|this|the|our|a|an|new|novel|method|approach|model|framework|dataset|benchmark|as|here))*)[:,]?\s"
)
_NAME: Final = re.compile(
    r"(?P<open>[\"“‘'`*_{]{0,4})(?P<name>[A-Z][^\s,;:.()\[\]\"“”*]{0,30}(?:\s(?:[A-Z0-9][^\s,;:.()\[\]\"“”*]{0,30}))*)"
)
_TITLE: Final = re.compile(r"^(?P<name>[^\s:][^:?!]{0,60}):\s")
_APPOSED: Final = re.compile(r"^[\"”’'`*_})]{0,4}(?:\s\([^()]{1,40}\))?,?\s(?:which is |is )?(?:a|an|the first|the)\s(?P<rest>[^.;:()]{3,160})")
_OTHERS: Final = frozenset(
    "The A An In We Our This These It To For On By With As At From Our Here However While When Such First Second "
    "Section Table Figure Theorem Lemma Algorithm Appendix Chinese English French German Japanese Korean Arabic "
    "Spanish Russian Hindi Bayesian Gaussian Monte Markov".split()
)
_VERSION: Final = re.compile(
    r"\s(?P<version>v?[0-9]{1,2}(?:\.[0-9]{1,2})?(?:\s(?:Pro|Ultra|Nano|Mini|Turbo|Flash|Large|Small|Base|Medium|Opus"
    r"|Sonnet|Haiku|XL))?|(?:XL|Pro|Ultra|Turbo|Flash|Large|Nano))(?=[\s,.;:)/'’]|$)(?!\s?(?:times|x|%|percent|points|"
    r"different|hours|days|of|tasks|datasets|languages|million|billion|examples|seeds|GPUs|benchmarks)\b)"
)
_YEAR: Final = re.compile(r"[\s-](?:19|20)[0-9]{2}(?![0-9])")
_MACRO: Final = re.compile(r"\\([A-Za-z]{2,30})\b(?:\{\})?")
_FORMATTED: Final = re.compile(
    r"\$?\\(?:text(?:bf|it|sc|tt|sf|rm)|emph|math(?:bb|bf|rm|sf|tt|cal|it)|texttt)\{(?P<name>[A-Z][^\s{}\\$]{1,30})\}\$?"
    r"(?P<tail>-[A-Z][^\s,.;:()$]{0,20})?"
)
_MATH: Final = re.compile(r"(?:[A-Za-z]{1,12}-?)?\$[^\s$]{1,30}\$-?[A-Z][A-Za-z0-9-]{1,20}")
_LATEX: Final = frozenset(
    "textbf textit textsc texttt textsf textrm emph mathbb mathbf mathrm mathcal mathsf mathtt mathit cite citep citet "
    "ref label url href footnote frac sqrt sum prod int left right big Big cdot cdots ldots dots times leq geq neq approx "
    "sim infty in to ell rightarrow leftarrow mapsto alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa "
    "lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi "
    "Omega nabla partial log exp min max arg argmin argmax sup inf lim Pr mathop operatorname text begin end item "
    "item par newcommand def newline noindent bf it em tt sc rm sf small large quad qquad tilde hat bar vec widetilde "
    "widehat overline underline star ast circ pm mp cap cup subset subseteq setminus forall exists neg land lor "
    "langle rangle lceil rceil lfloor rfloor mid parallel perp top bot dagger tfrac dfrac binom ge le ne ll gg propto "
    "equiv cong odot oplus otimes xspace footnotesize href LaTeX TeX poly polylog tr det dim rank sign softmax".split()
)
_LIST_GAP: Final = re.compile(r"(?:\s?\([^()]{1,40}\))?(?:,\s?|,?\s(?:and|or|&|vs\.?|versus)\s|/)")


def extract(text: str) -> Iterator[Candidate]:
    """Yield the names in `text` that no list of names is needed for."""
    found = tokens(text)
    hidden = [match.span() for match in _URL.finditer(text)]
    known = list(lexicon.extract(text))
    new = [*_shaped(text), *_introduced(text), *_titled(text), *_headed(found), *_versions(text, known), *_macros(text)]
    seen = [c for c in new if not any(start < c.end and c.start < end for start, end in hidden)]
    yield from _alike(text, seen, known)


def is_name(word: str) -> bool:
    """Tell whether a word has the shape of a name: capitals inside, or capitals with digits.

    >>> [is_name(word) for word in ("DiffSinger", "GAN", "D3", "Adam", "3D", "175B")]
    [True, True, True, False, False, False]
    """
    capitals = sum(c.isupper() for c in word)
    shaped = capitals > 1 or (capitals == 1 and (not word[0].isupper() or any(c.isdigit() for c in word)))
    return (
        shaped and len(word) > 1 and word not in COMMON and word.rstrip("s") not in COMMON
        and _SIZE.fullmatch(word) is None
    )  # fmt: skip


def _shaped(text: str) -> Iterator[Candidate]:
    """Yield the words that have the shape of a name."""
    for match in _RUN.finditer(text):
        word, start = match.group(), match.start()
        lead = _LOWER_LEAD.match(word)
        if lead is not None:
            start, word = start + lead.end(), word[lead.end() :]
        tail = _LOWER_TAIL.search(word)
        if tail is not None and is_name(word[: tail.start()]):
            word = word[: tail.start()]
        parts = re.split("[-–]", word)
        if is_name(word) and "to" not in parts and (len(parts) == 1 or any(is_name(part) or part.isdigit() for part in parts)):
            yield _typed(text, start, start + len(word), 0.55, "pattern:shape")


def _introduced(text: str) -> Iterator[Candidate]:
    """Yield the names that the text says it introduces or calls so."""
    for cue in _CUE.finditer(text):
        match = _NAME.match(text, cue.end())
        if match is None:
            continue
        name = _trimmed(match.group("name"))
        if not name or name in COMMON or name.split()[0] in _OTHERS:
            continue
        start = match.start("name")
        sure = cue.group("named") is not None or is_name(name) or " " not in name
        yield _typed(text, start, start + len(name), 0.85 if sure else 0.6, "pattern:introduced")


def _titled(text: str) -> Iterator[Candidate]:
    """Yield the name before the colon of a title."""
    match = _TITLE.match(text)
    if match is None or len(text) > 300:
        return
    name = match.group("name").strip()
    words = name.split()
    if len(words) == 1 and (name[0].isupper() or is_name(name)) and name not in COMMON:
        yield _typed(text, match.start("name"), match.start("name") + len(name), 0.85, "pattern:title")


def _headed(found: Tokens) -> Iterator[Candidate]:
    """Yield runs of capitalised words before a head noun that only data has: *the Penn Treebank dataset*."""
    for index, head in enumerate(found.keys):
        kind = APPOSITIONS.get(head)
        if kind != "dataset" or head in {"environment", "game", "collection", "suite", "resource", "competition"}:
            continue
        first = index
        while first > 0 and index - first < 5 and found.gap(first) and _is_capital(found.words[first - 1]):
            first -= 1
        if first < index and not all(word.isdigit() for word in found.words[first:index]) and found.gap(first) != "-" and found.words[first] not in _OTHERS | COMMON:
            yield Candidate(found.starts[first], found.ends[index - 1], kind, 0.75, "pattern:headed")


def _versions(text: str, known: list[Candidate]) -> Iterator[Candidate]:
    """Yield known names with a version, a size or, for data, a year behind them."""
    for candidate in known:
        match = _VERSION.match(text, candidate.end) if text[candidate.start].isupper() else None
        if match is None and candidate.type == "dataset" and text[candidate.start].isupper():
            match = _YEAR.match(text, candidate.end)
        if match is not None:
            name = f"{candidate.canonical}{text[candidate.end : match.end()]}"
            yield Candidate(candidate.start, match.end(), candidate.type, 0.9, "pattern:version", name)


def _macros(text: str) -> Iterator[Candidate]:
    """Yield LaTeX macros, formatted words and mathematics that stand as a name."""
    if "\\" not in text and "$" not in text:
        return
    for match in _MACRO.finditer(text):
        if match.group(1) not in _LATEX:
            yield replace(_typed(text, *match.span(), 0.6, "pattern:macro"), canonical=match.group(1))
    for match in _FORMATTED.finditer(text):
        name = match.group("name") + (match.group("tail") or "")
        if is_name(name) or (match.group("name").isupper() and len(match.group("name")) > 2):
            yield replace(_typed(text, *match.span(), 0.7, "pattern:macro"), canonical=name)
    for match in _MATH.finditer(text):
        yield replace(_typed(text, *match.span(), 0.65, "pattern:macro"), canonical=plain(match.group()))


def plain(name: str) -> str:
    r"""Return a name without LaTeX markup.

    >>> plain(r"$\delta$-VAE"), plain(r"\textbf{MATE}"), plain(r"\chinchilla{}")
    ('delta-VAE', 'MATE', 'chinchilla')
    """
    bare = re.sub(r"\\(?:text[a-z]{2}|emph|math[a-z]{2,4}|texttt)\b", "", name)
    bare = lexicon_plain(bare)
    return re.sub(r"[\\${}^*]", "", bare).strip(" _")


def lexicon_plain(name: str) -> str:
    """Return a name with the accents of LaTeX as letters."""
    return re.sub(r"\\['`\"~=.^]", "", name)


def _typed(text: str, start: int, end: int, score: float, by: str) -> Candidate:
    """Return a candidate whose type is what the words around the span say."""
    kind, sure = _type_around(text, start, end)
    return Candidate(start, end, kind, score + (0.1 if sure else 0.0), by)


def _type_around(text: str, start: int, end: int) -> tuple[MentionType, bool]:
    """Return the type that the words around a span give to it, and whether they gave one at all."""
    after = tokens(text[end : end + 60].lstrip("\"”’'`*_})"))
    if after.gap(0) != "-" and after.keys and after.keys[0] in APPOSITIONS:
        return APPOSITIONS[after.keys[0]], True
    apposed = _APPOSED.match(text, end) if text[end : end + 1] else None
    apposed = _APPOSED.match(text[end : end + 200])
    if apposed is not None:
        for key in tokens(apposed.group("rest")).keys[:12]:
            if key in {"that", "which", "for", "to", "of", "with", "based", "where", "in"}:
                break
            if key in APPOSITIONS:
                last = key
        else:
            last = ""
        found = [k for k in _head_keys(apposed.group("rest")) if k in APPOSITIONS]
        if found:
            return APPOSITIONS[found[-1]], True
    before = tokens(text[max(0, start - 60) : start].rstrip("\"“‘'`*_{ ("))
    for key in reversed(before.keys[-3:]):
        if key in APPOSITIONS and before.keys[-1] in {key, "called", "named", "dubbed", "termed", "namely", ","}:
            return APPOSITIONS[key], True
    word = text[start:end]
    if re.search(r"(?:Bench|Eval|Corpus|Dataset|GLUE|Set)(?:-?[0-9A-Za-z]{0,4})$|QA$", word):
        return "dataset", True
    lead = before.words[-1].lower() if before.words else ""
    if lead == "on" and re.match(r"[A-Z]", word):
        return "dataset", False
    return "method", False


def _head_keys(phrase: str) -> list[str]:
    """Return the keys of a noun phrase up to its first preposition or relative pronoun."""
    keys: list[str] = []
    for key in tokens(phrase).keys:
        if key in {"that", "which", "for", "to", "of", "with", "where", "in", "based", "on", "by", ","} and keys:
            break
        keys.append(key)
    return keys


def _alike(text: str, names: list[Candidate], known: list[Candidate]) -> Iterator[Candidate]:
    """Yield the names, those in a list with known names of one type as of that type."""
    begins = {candidate.start: candidate.type for candidate in known}
    stops = {candidate.end: candidate.type for candidate in known}
    ordered = sorted(names, key=lambda c: (c.start, c.end))
    for candidate in ordered:
        if candidate.by == "pattern:shape" and candidate.score < 0.6:
            left = _neighbour(text, candidate.start, stops)
            match = _LIST_GAP.match(text, candidate.end)
            right = begins.get(match.end()) if match is not None else None
            kind = left or right
            if kind in {"method", "dataset", "metric"} and kind is not None:
                stops[candidate.end] = kind
                yield replace(candidate, type=kind, score=0.62, by="pattern:list")
                continue
        yield candidate


def _neighbour(text: str, start: int, stops: dict[int, MentionType]) -> MentionType | None:
    """Return the type of the name that stands before `start` in the same list."""
    for back in range(start - 1, max(-1, start - 12), -1):
        if back in stops:
            return stops[back] if _LIST_GAP.fullmatch(text, back, start) else None
    return None


def _trimmed(name: str) -> str:
    """Return a run of capitalised words without what does not belong to the name."""
    words = name.rstrip("\"”’'`*_}").split()
    while words and words[-1].rstrip("s") in COMMON:
        words.pop()
    return " ".join(words[:6])


def _is_capital(word: str) -> bool:
    """Tell whether a word may be part of a proper name of several words."""
    return (word[0].isupper() or word.isdigit()) and not is_barrier(word.lower())
