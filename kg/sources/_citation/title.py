"""The title and the authors of a citation, which tell each other: names before or behind, quotation marks, markup, full stops.

Nothing marks where names end and the title begins, nor where the title ends and the venue begins; each style has its own signs.
"""

import re
from collections.abc import Sequence
from typing import Final

from kg.names import is_group
from kg.sources._citation.parts import VENUE_START, YEAR, Citation, Work, skip, tidy
from kg.sources._citation.title_end import (
    DOUBLE,
    LONGEST_TITLE,
    NUMBERED,
    SHORTEST_TITLE,
    before_paren_year,
    sentence_end,
    title_at,
    uncased,
)
from kg.sources._text.byline import People
from kg.sources._text.fields import Span, squeezed
from kg.sources._text.placed import placed_people

_QUOTES: Final = {'"': '"', "“": "”", "„": "“”", "‘": "’", "«": "»", "``": "''", "”": "”", "「": "」", "『": "』", "《": "》"}
_EAST: Final = "「『《"

_OPENING: Final = re.compile(r"``|[\"“„‘«”「『《]|(?<=[\s(,.])'(?=[A-Z0-9])")
_APOSTROPHE_ENDS: Final = re.compile(r"'(?=\s?[,.;:])|(?<=[,.?!])'")
"""Where a title in single straight quotes ends, which apostrophes look like."""

_GOES_ON: Final = re.compile(r":\s+(?=\w)")
"""What stands behind a quotation within a title, and behind no quoted title."""

_QUOTED_QUESTION: Final = re.compile(r"[\"“][^\"“”\r\n]{6,120}[?!][\"”]\s?(?=[A-Z][a-z]+\s[a-z])")
"""How a title begins with a quotation: `"Why Rest?" Engines that ...`."""

_BREAK: Final = re.compile(r"[.?!]\s+|\s[-–—|]+\s|:\s+|;\s+|\s{1,9}by:?\s+|,\s+|\s?\(|\r\n|\r|\n")
_MOST_BREAKS: Final = 40
_SHORTEST_TOLD: Final = 3
"""How long a title is where authors and year before it tell that it is one."""
_FEW_WORDS: Final = 3
_YEAR_LENGTH: Final = 8
"""How near its end a venue has the year."""


def marked_title(work: Work, start: int, marked: Sequence[tuple[str, Span, str]]) -> Span | None:
    """Return the span of the title if it is told, or quotation marks or markup show it."""
    if (told := next((span for kind, span, _ in marked if kind == "title"), None)) is not None:
        first, last = tidy(work.text, *told)
        closing = _QUOTES.get(work.text[first : first + 1], "")
        quoted = closing and work.text[last - 1] in closing and last - first > SHORTEST_TITLE
        return tidy(work.text, first + 1, last - 1) if quoted else (first, last)
    for count, match in enumerate(_OPENING.finditer(work.text, start, work.end)):
        if count >= _MOST_BREAKS:
            break
        if match.start() > start and (work.text[match.start() - 1].isalnum() or match.group() == "”"):
            continue
        if match.group() == "'":
            end = _APOSTROPHE_ENDS.search(work.text, match.end(), work.end)
            if end and " " in work.text[match.end() : end.start()] and end.start() - match.end() <= LONGEST_TITLE:
                return tidy(work.text, match.end(), end.start())
            continue
        if any(kind in {"link", "bold"} and first <= match.start() < last for kind, (first, last), _ in marked) and match.start() == start:
            break  # a title that begins with a quotation
        if match.start() == start and (whole := _QUOTED_QUESTION.match(work.text, start, work.end)) and not VENUE_START.match(work.text, whole.end()):
            break
        closing = _QUOTES[match.group()]
        places = [place for mark in ([closing] if len(closing) > 1 and closing == "''" else closing) if (place := work.text.find(mark, match.end(), work.end)) > 0]
        if not places and match.group() in DOUBLE:
            places = [place for mark in DOUBLE if (place := work.text.find(mark, match.end(), work.end)) > 0]
        if places and match.group() in DOUBLE and _GOES_ON.match(work.text, min(places) + 1):
            continue  # `"Please Rest": Engines at Night`
        if places and match.group() in _EAST and work.text[min(places) + 1 : min(places) + 2].isalnum():
            continue  # a title with the name of another work in it: `《论语》研究`
        shortest = SHORTEST_TITLE if match.start() <= start + SHORTEST_TITLE else _SHORTEST_TOLD  # behind names
        if places and shortest < min(places) - match.end() <= LONGEST_TITLE and (match.start() > start + SHORTEST_TITLE or " " in work.text[match.end() : min(places)] or _names_behind(work, min(places))):
            return tidy(work.text, match.end(), min(places))
    best: Span | None = None
    named = work.people(start, work.end)
    signed = (start, named.end) if named is not None and named.sure and len(named.names) > 1 else (start, start)
    for kind, span, _ in sorted(marked, key=lambda mark: (mark[0] not in {"link", "bold"}, mark[1])):
        first, last = squeezed(work.text, *span)
        words = work.text.count(" ", first, last) + 1 + (uncased(work.text, first, last) >= SHORTEST_TITLE)
        if kind == "link" and first <= start + 1 and last >= work.end - 2 and YEAR.search(work.text, first, last) and (cited := by_punctuation(work, start).people) and cited.sure:
            continue  # the whole entry is a link
        alone = words < 2 and kind != "italic" and _names_before(work, start, first) and not work.text[first:last].isupper() and last - first > _SHORTEST_TOLD
        if alone and best is None:
            best = tidy(work.text, first, last)
        if kind == "italic" or words < 2 or last - first < SHORTEST_TITLE or last - first > LONGEST_TITLE or work.masked(first):
            continue
        names = None if work.text[last - 1] in ".?!" else work.people(first, last)
        if (names is not None and names.end >= last - 2) or (signed[0] <= first and last < signed[1] + (first > signed[0])):
            continue  # one's own name among the authors
        if (VENUE_START.match(work.text, first, last) and words < 4) or NUMBERED.match(work.text, first, last):
            continue
        if kind == "bold" and best is None and _is_told_behind(work, signed[1], first, last):
            continue
        if best is None:
            best = tidy(work.text, first, last)
    return best


def _is_told_behind(work: Work, at: int, first: int, last: int) -> bool:
    """Tell whether bold text is slanted too and stands behind names, a year and words, or before a volume: it is the venue."""
    between = work.text[at:first]
    dated = _YEAR_NEXT.match(between) is not None or NUMBERED.match(work.text, skip(work.text, last, work.end, ",. ")) is not None
    return dated and between.count(" ") > _FEW_WORDS and any(squeezed(work.text, *span) == (first, last) for span in work.italics)


def _names_before(work: Work, start: int, at: int) -> bool:
    """Tell whether nothing but names, and a year, stands before a place, so that a single marked word there is a title."""
    named = work.people(start, at) if at - start > SHORTEST_TITLE else None
    return named is not None and not re.sub(r"\(?(?:19|20)[0-9]{2}[a-z]?\)?", "", work.text[named.end : at]).strip(" .,:;*")


def _names_behind(work: Work, at: int) -> bool:
    """Tell whether behind a closing quotation mark stand several names, so that a single word before it is a title."""
    named = work.people(skip(work.text, at + 1, work.end, ",.:;–—- "), work.end)
    return named is not None and named.sure


def misread_title(work: Work, start: int, found: Citation, marked: Sequence[tuple[str, Span, str]]) -> Span | None:
    """Return the bold or linked text at the start that was taken for a name, where what was left for the title is venue and year."""
    if found.title is None or found.people is None or found.people.names[0][0] < start or not YEAR.search(work.text, max(found.title[0], found.title[1] - _YEAR_LENGTH), found.title[1]):
        return None
    spans = (squeezed(work.text, *span) for kind, span, _ in marked if kind in {"link", "bold"})
    return next((span for span in spans if span[0] == found.people.names[0][0] and span[1] == found.people.names[0][1]), None)


def with_title(work: Work, start: int, title: Span) -> Citation:
    """Return authors around a title that is known."""
    text = work.text
    before = skip(text, start, title[0], '.,:;*_[("“‘`-–— ')
    if before < title[0] and (found := work.people(before, title[0])) is not None:
        return Citation(title=title, people=found, evidence=0)
    after = skip(text, title[1], work.end, ".,，。、:：;*_]\"”’'`」』》)-–—|· \n")
    # Behind a link's text comes its address.
    if text.startswith("](", title[1]) and (close := text.find(")", title[1], work.end)) > 0:
        after = skip(text, close + 1, work.end, ".,:;*_]\"”’'`-–—|· \n")
    if buttons := _BUTTONS.match(text, after, work.end):
        after = buttons.end()
    if aside := _YEAR_ASIDE.match(text, after, work.end):
        after = aside.end()
    elif joint := WITH.match(text, after, work.end):
        stop = min((place for place in work.slanted if place > joint.end()), default=work.end)
        if joint.group().startswith("(") and (close := text.find(")", joint.end(), stop)) > 0:
            stop = close
        placed = placed_people(text, joint.end(), stop, hard=work.hard)
        named = placed.people if placed else work.people(joint.end(), stop)
        # Who has the page is an author too, whom it does not name.
        return Citation(title=title, people=named._replace(et_al=joint.span("others")) if named else None, places=placed.places if placed else ())
    elif text.startswith(("(", "by ", "By "), after):
        after = skip(text, after + (1 if text[after] == "(" else 3), work.end, " ")
    stop = min(work.end, work.stop(after))
    if placed := placed_people(text, after, stop, hard=work.hard):
        return Citation(title=title, people=placed.people, places=placed.places)
    return Citation(title=title, people=work.people(after, stop))


WITH: Final = re.compile(r"\(?(?P<others>(?:(?:joint(?:ly)?|together|joint work)\s+)?with)\s+(?=[^\W\d_])", re.IGNORECASE)
"""What stands before the other authors on the page of one: `On Engines (with Charles Babbage)`."""

_BUTTONS: Final = re.compile(r"(?:\[(?:pdf|paper|code|slides|poster|video|talk|link|doi|url|bib(?:tex)?|arxiv|preprint|html)\](?!\()[\s.,:;|·–—-]*)+", re.IGNORECASE)
"""Links to the paper and what belongs to it, between title and authors: `[pdf]`."""

_YEAR_ASIDE: Final = re.compile(r"\((?:[A-Za-z]*[A-Z]{2,}[\w&+ -]{0,40}[\s,'’]|[0-9]{1,2}/)?(?:19|20)[0-9]{2}\)[\s,.:|·–—-]*")
"""A year in parentheses, perhaps behind a venue or month, that stands between title and authors."""


def by_punctuation(work: Work, start: int) -> Citation:
    """Return title and authors of an entry without quotation marks: authors first, or else the title."""
    stop = work.stop(start)
    if keyed := KEYED.match(work.text, start, stop):
        names = tuple(keyed.span(group) for group in ("first", "second") if keyed[group])
        et_al = keyed.span("others") if keyed["others"] else None
        title = title_at(work, keyed.end(), comma=False) if keyed["bracket"] else tidy(work.text, keyed.end(), _file_end(work.text, keyed.end(), stop))
        return Citation(title=title, people=People(names, et_al, keyed.end("names"), sure=True))
    if (surnames := _SURNAMES.match(work.text, start, stop)) and surnames["names"].count(",") % 2 == 0:
        names = tuple((start + word.start(), start + word.end()) for word in re.finditer(r"[A-Z][\w'’-]+", surnames["names"]))
        return Citation(title=title_at(work, surnames.end(), comma=False), people=People(names, None, surnames.end("names"), sure=True))
    found = _people_before_italics(work, start, stop)
    if found is not None and found.sure and (place := _UNTITLED.fullmatch(work.text, found.end, work.stop(found.end))) and _is_cut(place["venue"]):
        return Citation(people=found)
    sure = found is not None and found.sure and _closed(work.text, found.end, stop)
    first = Citation() if sure else _title_first(work, start)
    if found is None and (group := _COLLECTIVE_FIRST.match(work.text, start, stop)) and (title := title_at(work, group.end(), comma=False)):
        return Citation(title=title, people=People((group.span("name"),), None, group.end("name"), sure=False))
    if first.people is not None and (first.people.sure or found is None):
        return first  # a title can look like one name: `Residual Skill Policies: Learning ...`
    if found is not None and (sure or _ends_well(work.text, found.end)):
        found = _with_group(work.text, found, stop)
        behind = _after_people(work, found)
        told = _YEAR_NEXT.match(work.text, found.end, stop) or _SHORT_TITLE.match(work.text, behind[0], work.end)
        title = _slanted_title(work, behind[0]) or title_at(work, behind[0], comma=behind[1], shortest=_SHORTEST_TOLD if told else SHORTEST_TITLE)
        if title is not None:
            return Citation(title=title, people=found)
    if first.title is None and (below := _VENUE_LINE.search(work.text, start, stop)):
        return Citation(title=tidy(work.text, start, below.start()))
    return _group_first(work, start) or (first if first.title else Citation(title=title_at(work, start, comma=True)))


def _people_before_italics(work: Work, start: int, stop: int) -> People | None:
    """Return the names that an entry begins with, without the beginning of a slanted title that looks like one: `K. Moss, <i>Quiet Plants: a handbook</i>`."""
    found = work.people(start, stop)
    behind = found.names[1:] if found is not None else ()
    title = next((first for first, last in work.italics for name in behind if name[0] == first and last > name[1] + 1), None)
    return work.people(start, title) if title is not None else found


_SHORT_TITLE: Final = re.compile(rf"[A-Z]\w{{2,6}}[.?!]\s+(?={VENUE_START.pattern})", re.IGNORECASE)
"""A title of one word, told by what stands behind it: `Gears. PhD thesis`."""


def _slanted_title(work: Work, start: int) -> Span | None:
    """Return the text in italics right behind names and a colon: `Ada Lovelace: <i>Engines. A handbook.</i> Springer`."""
    span = next((span for span in work.italics if start <= span[0] <= start + 1), None)
    if span is None or not work.text[: span[0]].rstrip().endswith(":") or span[1] - span[0] < SHORTEST_TITLE:
        return None
    return tidy(work.text, *span)


KEYED: Final = re.compile(
    r"(?P<names>(?P<first>(?:[a-z]{1,3}\s){0,2}[A-Z][\w'’-]+)(?:\s(?:&|and|et|und|y)\s(?P<second>(?:[a-z]{1,3}\s){0,2}[A-Z][\w'’-]+)|,?\s(?P<others>et al\.?))?)"
    r"(?:(?:,?\s\(?|\s[-–—]\s)(?:19|20)[0-9]{2}[a-z]?\)?\s?[-–—]\s|,?\s(?P<bracket>\()(?:19|20)[0-9]{2}[a-z]?\)\s(?=[A-ZÀ-Þ0-9]))(?=[^\W_])"
)
"""How the names of files begin that Zotero and people give to papers, and short lists: `Lovelace and Babbage - 2023 - Quiet Engines.pdf`, `Lovelace (2023) Quiet Engines`."""


_SURNAMES: Final = re.compile(r"(?P<names>[A-Z][\w'’-]+(?:,\s(?:and\s|&\s)?[A-Z][\w'’-]+){2,10})\s\((?:19|20)[0-9]{2}[a-z]?\)[.:]\s+(?=[A-Z])")
"""Authors by nothing but their surnames, an odd number of them, before the year: `Lovelace, Babbage, Hopper (2017). Engines`."""


def _file_end(text: str, start: int, stop: int) -> int:
    """Return where the name of a file ends without its suffix; with the line."""
    line = text.find("\n", start, stop)
    end = line if line >= 0 else stop
    suffix = re.compile(r"\.(?:pdf|epub|djvu|docx?)\s*\Z", re.IGNORECASE).search(text, start, end)
    return suffix.start() if suffix else end


_VENUE_LINE: Final = re.compile(r"(?<=[\w)?!])[ \t]*[\r\n]+[ \t]*(?=[A-Z][\w&.:, '’-]{1,60}\s(?:19|20)[0-9]{2}[ \t]*(?:[(,]?[ \t]*(?:oral|spotlight|poster)\)?)?[ \t]*(?:[\r\n]|\Z))", re.IGNORECASE)
"""The end of a line that has venue and year below it."""


def title_behind_year(work: Work, start: int) -> Span | None:
    """Return the title of an entry whose authors are those of the one above, so that it begins with the year or the title."""
    year = _YEAR_NEXT.match(work.text, start, work.end)
    return title_at(work, skip(work.text, year.end() if year else start, work.end, '.,:;)"“ '), comma=False, shortest=_SHORTEST_TOLD)


_UNTITLED: Final = re.compile(
    r"[.,;:\s]*(?:\(?(?:19|20)[0-9]{2}[a-z]?\)?[,.:]?\s+)?(?P<venue>[A-Z][\w&'’-]*\.?(?:\s(?:[A-Z][\w&'’-]*\.?|of|the|and|&)){0,7}),?\s(?:vol\.\s?)?\(?[0-9][0-9A-Z\s,.:;()\[\]–−-]*+(?:doi\s?:\s?|arxiv\s?:\s?|https?:)?\s?",
)  # fmt: skip
"""What stands behind the authors in fields in which nobody prints titles: `Angew. Chem. Int. Ed. 2019, 58, 1234.`, `2019, MNRAS, 485, 1234`."""


_LONGEST_CUT: Final = 8
_MOST_UNCUT: Final = 2
"""How many words of a journal may stand before the first that is cut."""


def _is_cut(venue: str) -> bool:
    """Tell whether a venue is written as short as only journals are: of cut words, or of capitals."""
    words = venue.split()
    cut = [word.endswith(".") and len(word) <= _LONGEST_CUT for word in words]
    return (2 * sum(cut) >= len(words) > 1 and cut.index(True) < _MOST_UNCUT) or venue in {"Nature", "Science", "Cell"} or sum(c.isupper() for c in venue) >= 2 * sum(c.islower() for c in venue)


_GROUP: Final = re.compile(
    r"[;,]\s(?:(?:and|for|on behalf of)\s)?(?:the\s)?(?P<name>[A-Z0-9][^.,;:]{4,80})(?=[.:]\s)"
    r"|,?\s?[(\[](?:(?:for|on behalf of)\s)?(?:[Tt]he\s)?(?P<aside>[A-Z0-9][^.,;:()\[\]]{4,80})[)\]](?=[\s.,:]|\Z)"
)


def _with_group(text: str, found: People, stop: int) -> People:
    """Return the authors with a collective behind them that no name is like: `Kitchin N; C4591001 Trial Group.`, `Ko A et al. (REST Collaboration).`."""
    match = _GROUP.match(text, found.end, stop)
    name = match.lastgroup if match else None
    return found._replace(names=(*found.names, match.span(name)), end=match.end()) if match and name and is_group(match[name]) else found


def _closed(text: str, at: int, end: int) -> bool:
    """Tell whether a list of names ends with a full stop, or where something else begins."""
    return text[at - 1] == "." or _closes(text, at, end) or text[at:end].lstrip()[:1] in {'"', "“", "‘", "`"}


def _ends_well(text: str, end: int) -> bool:
    """Tell whether behind a single full name something comes that ends a list of authors."""
    return text[end : end + 1] in {".", ":"} or EDITORS.match(text, end) is not None or re.match(r"\s*\(?(?:19|20)[0-9]{2}", text[end : end + 8]) is not None


EDITORS: Final = re.compile(r"\s*,?\s*(?:\((?:eds?|editors?|hrsg|hg|orgs?|coords?)\.?(?:\)|(?=,))|(?:eds?|editors?|hrsg|hg|orgs?|coords?)\.?)(?=[\s,.:])", re.IGNORECASE)
"""What stands behind editors; not before them, as in `Engines (eds. Lovelace and Babbage)`."""

_YEAR_NEXT: Final = re.compile(
    r"[\s.,;:*†‡§¶]*(?:[(\[](?:19|20)[0-9]{2}[a-z]?(?:,\s?[A-Za-z]+(?:\s[0-9]{1,2})?)?[)\]]?"
    r"|(?:19|20)[0-9]{2}[a-z]?(?:,\s?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?(?:\s[0-9]{1,2})?(?=[.:,;]))?[)\]]?"
    r"|[(\[](?i:in press|in prep(?:aration|\.)?|in revision|submitted|forthcoming|to appear|under review|accepted|n\.\s?d\.|im druck|im erscheinen|in vorbereitung|sous presse|en prensa|no prelo|в печати)(?:\s(?:at|to|in|for|by)\s[^()\[\]]{2,120})?[)\]])"
    r"(?=[\s.,:;]|\Z)"
)
"""When it appeared, or that it has not yet, as it stands behind the authors."""


def _after_people(work: Work, found: People) -> tuple[int, bool]:
    """Return where the title can begin behind the authors, and whether only commas separate the parts."""
    text, at = work.text, found.end
    if editors := EDITORS.match(text, at, work.end):
        at = editors.end()
    comma = text[at : at + 1] in {",", ";"}
    if year := _YEAR_NEXT.match(text, at, work.end):
        at, comma = year.end(), False
    return skip(text, at, work.end, '.,:;)–—-*_"“ '), comma and (text[found.end - 1] != "." or found.et_al is not None)


def _title_first(work: Work, start: int) -> Citation:
    """Return the title that an entry begins with, and the authors behind it."""
    text, stop = work.text, work.stop(start)
    if stop <= start:
        return Citation()
    for count, match in enumerate(_BREAK.finditer(text, start, stop)):
        if count >= _MOST_BREAKS or match.start() - start > LONGEST_TITLE:
            break
        if match.start() - start < SHORTEST_TITLE or text.count(" ", start, match.start()) < 1:
            continue
        found = None if _IMPRINT.match(text, match.end(), stop) else work.people(match.end(), work.end)
        if found is None or not (found.sure or match.group().strip() in {".", "?", "!", "(", "-", "–", "—", "|"}):
            continue
        if not _closes(text, found.end, work.end) or VENUE_START.match(text, match.end(), work.end):
            continue
        first, last = tidy(text, start, match.start() + (match.group()[0] in "?!"))
        return Citation(title=tidy(text, first, before_paren_year(text, first, last)), people=found)
    return Citation()


_IMPRINT: Final = re.compile(r"[A-Z][^():;]{1,40}:\s[^()]{2,80},\s(?:19|20)[0-9]{2}\)")
"""Place, publisher and year of a book, as the Chicago style has them in parentheses behind its title: `Cambridge, MA: Harvard University Press, 2017)`."""


def _group_first(work: Work, start: int) -> Citation | None:
    """Return an entry by a collective that no word tells as such: `OpenAI. GPT-4 technical report. 2023.`, `Wikipedia, Science gateway, 2018.`."""
    text = work.text
    end = sentence_end(text, start, work.stop(start))
    comma = _SHORT_THEN_YEAR.match(text, start, end)
    end = comma.end("name") if comma else end
    name = text[start:end]
    if (len(name.split()) > 3 and not _COLLECTIVE.search(name)) or text[end : end + 1] not in {".", ","} or not name[:1].isupper() or any(c in ",:?!" for c in name):
        return None
    whole = start, start + len(name.rstrip("*†‡#"))
    two = _TWO.fullmatch(text, *whole)
    group = People((two.span(1), two.span(2)) if two else (whole,), None, end, sure=False)
    title = squeezed(text, *comma.span("title")) if comma else title_at(work, _after_people(work, group)[0], comma=False)
    if title is None or text.count(" ", *title) < (1 if comma else 2) or (not comma and VENUE_START.match(text, _after_people(work, group)[0])):
        return None
    return Citation(title=title, people=group)


_TWO: Final = re.compile(r"([A-Z][\w'’-]+)\s&\s([A-Z][\w'’-]+)")
"""Two surnames."""

_COLLECTIVE: Final = re.compile(r"\b(?:Collaborators|Investigators|Group|Consortium|Collaboration|Team|Network|Initiative|Organi[sz]ation|Association|Society|Committee|Council|Agency|Ministry|Commission|Foundation|Institute|Department|Cent(?:er|re)s?|Academy|Bureau)\b")
"""What collectives call themselves that sign papers."""

_COLLECTIVE_FIRST: Final = re.compile(r"(?P<name>[A-Z][^.,;:?!\d]{3,80}?\b(?:Collaborators|Investigators|Consortium|Collaboration|Team|Group|Initiative|Association|Organi[sz]ation|Network))\.\s+(?=[A-Z0-9])")
_SHORT_THEN_YEAR: Final = re.compile(r"(?P<name>[A-Z][^,.;:?!]{1,40}),\s(?P<title>[^,;]{8,200}),\s(?=(?:(?:19|20)[0-9]{2}|n\.\s?d)(?![\w-]))")


def _closes(text: str, at: int, end: int) -> bool:
    """Tell whether a list of names ends where something else begins: punctuation, a year, the end."""
    rest = text[at : min(end, at + 12)].lstrip(" ")
    return not rest or rest[0] in ".,;:)(*_|[\n\r–—-" or rest[:2] in {"19", "20"}
