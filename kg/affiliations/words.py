"""Words of names of organisations: one form for abbreviations, languages and spellings, and keys made of them.

`Univ. of Calif., Berkeley`, `Universität Heidelberg` and `KTH - Royal Inst. of Technology` are written in many ways. A
key holds the words that tell, in their order, each in one form; what binds them (of, at, the, der, di) is left out.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from kg.affiliations.places import CITIES, PLACES
from kg.affiliations.vocabulary import FIELDS, GENERIC
from kg.text import fold, word_set


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        folded: The word as a key of its own.
        key: What it is in the key of a name, empty if it only binds others.
        capital: Whether it is written in capitals.
        joined: Whether a hyphen ties it to the word before.
    """

    start: int
    end: int
    folded: str
    key: str
    capital: bool = False
    joined: bool = False


_TOKEN: Final = re.compile(r"\b[A-Z] ?& ?[A-Z]\b|[^\W_]+(?:[&'’`.]{1,3}[^\W_]+)*")
_GLUED: Final = re.compile(
    r"(?i)\b(?P<head>universit(?:y|ies)|institutes?|depart?ments?|schools?|college|faculty|academy|laborator(?:y|ies))(?P<of>of|for)(?=\s|[A-Z])"
)
_UNSPACED: Final = re.compile("(?:国立大学法人)?(?P<name>中国科学院(?!大学)|[\u3400-\u9fff]+?(?:大学|大學)(?!院大学))(?P<unit>[\u3040-\u9fff]*)")
"""A university or the academy in a script without blanks, with its department behind it."""

_UNIVERSITY: Final = re.compile(r"u(?:n?ni|in)v[a-z]{2,6}(?:ty|tiy|sit|siy|sy|tat)|unv[a-z]{3,6}(?:ty|tiy|siy)")
"""The word that is misspelt most."""

_APOSTROPHE: Final = re.compile(r"^(?:[ld]|dell|all|nell)['’`](?=\w{3})")

BINDING: Final = word_set(
    "the of at in for and on de la le les du des di degli studi da do dos das del della delle dei der die fur und zu zum "
    "van voor en y e et i a an as al el to by from with og och von vom"
)
"""Words that bind others, in the languages of names."""

_FORMS: Final = """
university=univ|universitat|universitaet|universite|universita|universidad|universidade|universiteit|universitet|universitetet|universitesi|universitas|uniwersytet|univerzita|univerza|univerzitet|universitatea|universitate|universitari|universitaria|universitaire|yliopisto|egyetem|universitario|universit|unverisitat|uni|universities|universiti|unversity|universty|univeristy|unviersity
institute=inst|institut|instituto|istituto|instytut|institutet|instituut|institutul|instituttet|institutes|ins|institue|intitute
technology=technol|technologie|tecnologia|tecnologico|tecnologica|teknologi|technologies|technologique|tecnologias|technologi|tehnologie|technolgy
technical=technological|technol'l|technische|technischen|techn|tecnica|tecnico|tekniska|tekniske|technicka|techniczna|teknik|technica|tech'l|technisch|technischer
science=sciences|sci|scienze|ciencias|ciencia|wissenschaft|wissenschaften|scientifique|scientifica|sciencies
engineering=eng|engr|engng|engineer|ingenieria|ingegneria|ingenierie|engenharia|ingenieurwesen|enginyeria|engineeing
national=natl|nat'l|nationale|nacional|nazionale|nationales
laboratory=lab|labs|laboratories|laboratoire|laboratorio|laboratorium|labor|laboratori|laboratoires|laboratary
department=dept|dep|depts|departement|departamento|dipartimento|departments|departament|dpt|dipt|departmen|deparment|fachbereich
center=centre|centres|centers|ctr|cent|zentrum|centro|centrum|cntr
research=res|recherche|recherches|ricerca|ricerche|pesquisa|investigacion|investigaciones|forschung|forschungs
academy=acad|akademie|academia|akademia|accademia|academie
college=coll|collge
school=sch|scuola|escola|escuela|schools|schl
faculty=fac|faculte|facolta|facultad|faculdade|fakultat|faculties|faculteit
polytechnic=polytechnique|politecnico|politecnica|polytech|politechnika|politehnica|politechnic|polytecnic|polytechnical|poly
federal=federale|eidgenossische
catholic=cattolica|catholique|catolica|katholieke
free=freie|libera
state=staatliche
computer=comput|comp|informatique
electrical=elec|elect|electr
electronic=electron|electronics|electronica
mechanical=mech
international=intl|int'l|internazionale
advanced=adv
applied=appl|angewandte
information=info|inform
telecommunication=telecommun|telecom|telecommunications|telecomm
communication=commun|communications|comm
automation=autom|automatic|automatica|automatique|automatics
general=gen
medical=med|medicale|medizinische
hospital=hosp|klinikum|hopital|ospedale
foundation=fondazione|fondation|fundacion|stiftung
southern=south'n
aeronautic=aeronautics|aeronaut|aeronautical
astronautic=astronautics|astronaut
post=posts
company=co|cie
incorporated=inc
corporation=corp
limited=ltd
munich=munchen|muenchen
cologne=koln|koeln
rome=roma
milan=milano
turin=torino
florence=firenze
naples=napoli
genoa=genova
padua=padova
venice=venezia
pisa=pisana
vienna=wien
zurich=zuerich|zurcher
geneva=geneve|genf
bern=berne
basel=basle
lausanne=lausannensis
prague=praha
warsaw=warszawa|warszawski
krakow=cracow
lisbon=lisboa
seville=sevilla
brussel=bruxelles|brussels|brusel
copenhagen=kobenhavn
gothenburg=goteborg
gottingen=goettingen
tubingen=tuebingen|tubinga
saarbrucken=saarbruecken
nuremberg=nurnberg|nuernberg
wurzburg=wuerzburg
lubeck=luebeck
munster=muenster
dusseldorf=duesseldorf
hannover=hanover
linkoping=linkoeping
lulea=luleaa
aarhus=arhus
antwerp=antwerpen
ghent=gent
liege=luik
moscow=moskva
peking=pekin
california=calif
catalonia=catalunya|cataluna
saint=st|ste
mount=mt
""".strip()
_FORM: Final = {other: form for line in _FORMS.splitlines() for form, others in [line.split("=")] for other in others.split("|")}

ABBREVIATIONS: Final = frozenset(
    word for word in _FORM if len(word) < 9 and not word.endswith(("a", "o", "e", "u", "i")) and word not in {"gent", "wien", "koln"}
) | word_set("archit syst phys math mathemat mathem intell chem biol environ manag mgmt ind industr ctrl contr elec aerosp aeron sch st dr prof jr no bldg ave rd blvd p o box rm")
"""Words behind which a full stop ends no sentence."""

LEGAL: Final = word_set("inc incorporated ltd limited llc llp gmbh ag corp corporation co company plc sa sas srl bv nv ab oy oyj as kk pvt pte pty spa kg ev lp sarl aps sl private")


@lru_cache(maxsize=1 << 17)
def _forms(token: str) -> tuple[str, str]:
    """Return a token folded and without apostrophes and full stops, and as part of a key."""
    folded = _APOSTROPHE.sub("", fold(token).replace("’", "'").replace("`", "'")).replace(" ", "")
    plain = folded.replace("'", "").replace(".", "")
    form = _FORM.get(folded, "") or _FORM.get(plain, "") or ("university" if _UNIVERSITY.fullmatch(plain) else "")
    if not form and plain in BINDING:
        return plain, ""
    return plain, singular(form or plain)


def singular(word: str) -> str:
    """Return a word without the ending of its plural; what results is for keys, not for reading.

    >>> singular("systems"), singular("analysis"), singular("aerospace")
    ('system', 'analysis', 'aerospace')
    """
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def words_of(text: str) -> list[Word]:
    """Return the words of a text.

    >>> [word.key for word in words_of("Inst. of Technol., King's College & AT&T")]
    ['institute', '', 'technology', 'king', 'college', 'at&t']
    """
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        token, start = match.group(), match.start()
        for piece, at in _pieces(token):
            folded, key = _forms(piece)
            joined = bool(found) and found[-1].end == start + at - 1 and text[start + at - 1] in "-‐‑"
            found.append(Word(start + at, start + at + len(piece), folded, key, piece.isupper(), joined))
    return found


def _pieces(token: str) -> list[tuple[str, int]]:
    """Return a token, cut where two words were glued: Universityof, Science&Technology, Inc.Beijing, 東京大学工学部."""
    if not token.isascii() and (whole := _UNSPACED.fullmatch(token)):
        return [(whole[part], whole.start(part)) for part in ("name", "unit") if whole[part]]
    found: list[tuple[str, int]] = []
    at = 0
    while len(rest := token[at:]) >= _GLUED_FROM:
        if glued := _GLUED.match(rest + " "):
            cut, end = glued.end("head"), glued.end("of")
            behind = [(rest[end:], at + end)] if rest[end:] else []
            return [*found, (rest[:cut], at), (glued["of"], at + cut), *behind]
        cut = next((cut for sign in "&." if (cut := _glued_at(rest, sign))), 0)
        if not cut:
            break
        found.append((rest[:cut], at))
        at += cut + 1
    return [*found, (token[at:], at)]


_GLUED_FROM: Final = 8
"""Letters of the shortest token that may be two words."""


def _glued_at(token: str, sign: str) -> int:
    """Return where a sign glues two words, 0 where it does not: an abbreviation (U.S., AT&T) is one."""
    cut = token.find(sign)
    after = token[cut + 1 : cut + 4]
    return cut if (cut > 2 or token[:cut] == "St") and len(after) > 2 and (sign == "&" or after[0].isupper()) else 0


_NOT_ENGLISH: Final = word_set("DE AT CH FR IT ES PT NL BE SE NO FI DK IS PL CZ SK HU RO BG GR HR SI RS EE LV LT UA BY RU TR JP CN KR BR AR CL IR VN TH ID")
"""Where `University of X` and `X University` are two translations of one name."""


TURNING: Final = frozenset({"university", "tu", "tech", "uc", "ut", "iit", "nit", "suny", "umass", "unc", "mpi"}) | LEGAL
"""Words that make `key_of` change something: without one of them a key is the words as they are."""

_TWICE: Final = frozenset({"jinan"})
"""Cities with a `University of X` and an `X University` that are two."""


def key_of(parts: list[str]) -> tuple[str, ...]:
    """Return the words that tell of a name, in one order where translations differ in it.

    >>> key_of(["heidelberg", "university"]), key_of(["university", "", "heidelberg"])
    (('university', 'heidelberg'), ('university', 'heidelberg'))
    >>> key_of(["york", "university"]), key_of(["delft", "university", "", "technology"])
    (('york', 'university'), ('technical', 'university', 'delft'))
    """
    told = [part for part in parts if part]
    while len(told) > 1 and told[-1] in LEGAL and not (len(told) == 2 and (len(told[0]) == 1 or told[0] in GENERIC | FIELDS)):
        told.pop()
    if told and told[0] in _SHORT and len(told) > 1 and all(word in CITIES or word in _PIECES for word in told[1:]):
        told[:1] = _SHORT[told[0]]
    return tuple(_ordered(_told_tech(told)))


_SHORT: Final = {
    "uc": ["university", "california"], "ut": ["university", "texa"], "iit": ["indian", "institute", "technology"],
    "nit": ["national", "institute", "technology"], "suny": ["state", "university", "new", "york"], "umass": ["university", "massachusett"],
    "unc": ["university", "north", "carolina"], "mpi": ["max", "planck", "institute"],
}  # fmt: skip
"""Acronyms that are spelled out where a city stands behind them."""

_PIECES: Final = word_set("san diego santa cruz barbara los angele francisco el paso antonio chapel hill")


def _told_tech(told: list[str]) -> list[str]:
    """Spell out `tech` where the words beside it say what it is short for, and TU."""
    for place, word in enumerate(told):
        after = told[place + 1] if place + 1 < len(told) else ""
        before = told[place - 1] if place else ""
        if word == "tech" and after == "university":
            told[place] = "technical"
        elif word == "tech" and before in {"university", "institute", "science"}:
            told[place] = "technology"
        elif word == "tu" and len(told) == 2 and (told[1 - place] in CITIES):
            other = told[1 - place]
            return ["technical", "university", other]
    return told


def _ordered(told: list[str]) -> list[str]:
    """Put the words of a university that is named after a city or region, where English is foreign, in one order."""
    if "university" not in told or not 2 <= len(told) <= 3:
        return told
    rest = [word for word in told if word != "university"]
    cities = [word for word in rest if word in PLACES and PLACES[word].country in _NOT_ENGLISH and word not in _TWICE and PLACES[word].level != "country"]
    if len(cities) != 1 or len(rest) != len(told) - 1:
        return told
    if len(told) == 2:
        return ["university", cities[0]]
    if {"technology", "technical"} & set(rest):
        return ["technical", "university", cities[0]]
    return told


def squeezed(key: tuple[str, ...]) -> str:
    """Return a key as one run of letters, so that `Jiaotong` and `Jiao Tong` are one."""
    return "".join(key)


def key_of_name(name: str) -> str:
    """Return the key of a whole name.

    >>> key_of_name("Univ. of Calif., Berkeley") == key_of_name("University of California at Berkeley")
    True
    >>> key_of_name("The University of Texas at Austin") == key_of_name("Univ. Texas, Austin")
    True
    """
    return squeezed(key_of([word.key for word in words_of(name)]))
