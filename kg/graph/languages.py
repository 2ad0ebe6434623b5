"""Languages as sources print them, as the tags that all agree on (BCP 47): `English`, `eng` and `en` are `en`."""

import re
from functools import lru_cache
from typing import Final

_NAMES: Final = """
af afr afrikaans | ar ara arabic | az aze azerbaijani | be bel belarusian | bg bul bulgarian | bn ben bengali | bs bos bosnian
ca cat catalan català | cs ces cze czech čeština | cy cym wel welsh | da dan danish dansk | de deu ger german deutsch ngerman
el ell gre greek | en eng english american british usenglish ukenglish | eo epo esperanto | es spa spanish español castilian | et est estonian
eu eus baq basque | fa fas per persian farsi | fi fin finnish suomi | fr fra fre french français | ga gle irish | gl glg galician
he heb hebrew | hi hin hindi | hr hrv scr croatian | hu hun hungarian magyar | hy hye arm armenian | id ind indonesian | is isl ice icelandic
it ita italian italiano | ja jpn japanese 日本語 | ka kat geo georgian | kk kaz kazakh | ko kor korean 한국어 | la lat latin | lt lit lithuanian
lv lav latvian | mk mkd mac macedonian | mn mon mongolian | ms msa may malay | nb nob bokmål | nl nld dut dutch nederlands | nn nno nynorsk
no nor norwegian norsk | pl pol polish polski | pt por portuguese português | ro ron rum romanian | ru rus russian русский | sk slk slo slovak
sl slv slovenian slovene | sq sqi alb albanian | sr srp scc serbian | sv swe swedish svenska | sw swa swahili | ta tam tamil | te tel telugu
th tha thai | tr tur turkish türkçe | uk ukr ukrainian | ur urd urdu | uz uzb uzbek | vi vie vietnamese | zh zho chi chinese mandarin 中文
"""
_KNOWN: Final = {name: names.split()[0] for names in re.split(r"[|\n]", _NAMES) if names.strip() for name in names.split()}
_TAG: Final = re.compile(r"(?P<language>[a-z]{2,3})(?:[-_](?P<script>[a-z]{4}))?(?:[-_](?P<region>[a-z]{2}|[0-9]{3}))?", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*[,;/|&]\s*|\s+and\s+")


@lru_cache(maxsize=1 << 10)
def language_tags(text: str) -> tuple[str, ...]:
    """Return the tags of the languages that a text names; the text itself where one of them is unknown.

    >>> language_tags("English"), language_tags("eng"), language_tags("pt_br"), language_tags("English; Français"), language_tags("Klingon")
    (('en',), ('en',), ('pt-BR',), ('en', 'fr'), ('Klingon',))
    """
    tags = [_tag(part) for part in _BETWEEN.split(text.strip(" .;,"))]
    return tuple(dict.fromkeys(tag for tag in tags if tag)) if all(tags) else (text,)


def _tag(name: str) -> str | None:
    """Return the tag of one language."""
    if known := _KNOWN.get(name.lower()):
        return known
    match = _TAG.fullmatch(name)
    if not match or match["language"].lower() not in _KNOWN:
        return None
    parts = [_KNOWN[match["language"].lower()], (match["script"] or "").title(), (match["region"] or "").upper()]
    return "-".join(filter(None, parts))
