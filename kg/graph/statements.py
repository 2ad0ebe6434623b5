"""What one record states, as rows that each say where they were read.

In: a record and its mentions. Out: statements whose subjects and objects are *members* (this author slot, this
record), not yet entities: who is the same is joined in later, and rewrites nothing here.

    paper member    86aabc113ef6f027/3
    person member   86aabc113ef6f027/3#author/0
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from kg import ontology
from kg.affiliations import organizations
from kg.graph.languages import language_tags
from kg.graph.speaker import Row, Speaker
from kg.graph.standing import signs
from kg.ids import OF_WORKS, arxiv_id, as_step, identifier, of_preprint
from kg.model import Field, Mention, Record
from kg.model.topics import PaperTopic
from kg.model.versions import KINDS, Form, version_member
from kg.ontology import KG, Kind, load
from kg.text import distinct_slug, fold, squeeze, title_step

ID_SPACE: Final = ontology.ID_SPACE
"""Where the ontology's own concepts live; a build may move all ids to another base."""

_CODE_HOST: Final = re.compile(r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)/[\w.-]+/[\w.-]+", re.ASCII)

_CODE: Final = re.compile(r"[A-Za-z0-9.-]+")
"""A category code that can stand in an IRI."""

_PROFILE_FACTS: Final = {
    "research_field": ("kg:researchField", "xsd:string"),
    "h_index": ("kg:hIndex", "xsd:integer"),
    "paper_count": ("kg:paperCount", "xsd:integer"),
    "citation_count": ("kg:citationCount", "xsd:integer"),
    "novelty": ("kg:noveltyPercent", "xsd:integer"),
    "ai_score": ("kg:aiScore", "xsd:integer"),
}
"""Fields of an author page's head, as facts about the person."""


def person_member(record: str, position: int, field: str = "author") -> str:
    """Return the key of an author slot (or of a page head's name)."""
    return f"{record}#{field}/{position}"


def organization_member(record: str, position: int, number: int = 0) -> str:
    """Return the key of an affiliation string, and of the further organisations that it names, counted from 1."""
    return f"{record}#affiliation/{position}" + (f"/{number}" if number else "")


def thing(mention: Mention) -> str:
    """Return the path of the entity that a mention names, below the id space.

    A name that the ontology does not know gets a path made from its canonical form.
    """
    return thing_of(mention.type, mention.canonical, mention.concept)


def thing_of(mention_type: str, canonical: str, concept: str | None) -> str:
    """Return the path of the entity that a mention of this type, canonical name and concept names."""
    if concept:
        return concept.removeprefix(ID_SPACE)
    kind = load().kind_of_mention(mention_type)
    return thing_path(kind.name if kind else mention_type, canonical)


def thing_path(kind: str, name: str) -> str:
    """Return the readable path of a named thing.

    >>> thing_path("method", "VQ-VAE")
    'method/vq-vae'
    """
    return f"{kind}/{distinct_slug(name)}"


def of_record(record: Record, by: str, confidence: float = 1.0) -> Iterator[Row]:
    """Yield what the fields of a record state.

    Args:
        record: The record.
        by: Its reader.
        confidence: How sure that reader is of what it reads, 0 to 1.
    """
    if record.kind == "profile":
        yield from _profile(record, by)
        return
    say = Speaker(record, by, confidence)
    yield say(None, record.id, "rdf:type", "kg:Paper", "iri")
    for field in record.all("title"):
        yield say(field, record.id, "dcterms:title", squeeze(field.text), "xsd:string")
    for field in record.all("abstract"):
        yield say(field, record.id, "dcterms:abstract", field.text, "xsd:string")
    for field in record.all("comment"):
        yield say(field, record.id, "kg:comment", squeeze(field.text), "xsd:string")
    yield from _dates(record, say)
    for field in record.all("category"):
        yield say(field, record.id, "dcterms:subject", topic(field.value or field.text), "entity")
    for field, number in _numbers(record, "arxiv_id"):
        yield say(field, record.id, "fabio:hasArXivId", number, "xsd:string")
        yield say(field, record.id, "kg:hasIdentifier", f"identifier/{as_step(f'arxiv:{number}')}", "entity")
    for field, number in _numbers(record, "cited_arxiv_id"):
        yield say(field, record.id, "cito:cites", f"paper/{as_step(f'arxiv:{number}')}", "entity")
    for field in record.all("url"):
        code = _CODE_HOST.match(field.value or field.text)
        if code:
            yield say(field, record.id, "kg:hasCode", code.group().removesuffix(".git"), "code")
    for name, predicate in _LITERALS.items():
        for field in record.all(name):
            yield say(field, record.id, predicate, squeeze(field.text), "xsd:string")
    for field in record.all("language"):
        for tag in language_tags(squeeze(field.text)):
            yield say(field, record.id, "schema:inLanguage", tag, "xsd:string")
    for field in record.all("identifier"):
        if field.value:
            yield say(field, record.id, "kg:hasIdentifier", f"identifier/{as_step(field.value)}", "entity")
    yield from _standing(record, say)
    yield from _references(record, say)
    yield from _organizations(record, say)
    yield from _authors(record, say)


def of_version(record: Record, form: Form, by: str) -> Iterator[Row]:
    """Yield what a record says of the version that it describes: what it is, of which paper, when and where, under which identifiers.

    Args:
        record: The record of a paper.
        form: What it describes.
        by: Its reader.
    """
    version, preprint = version_member(record.id), form.kind == "preprint"
    told = Speaker(record, f"version:{form.field.name if form.field else form.kind}")
    yield told(form.field, version, "dcterms:isVersionOf", record.id, "entity")
    if _CLASSES[form.kind]:
        yield told(form.field, version, "rdf:type", _CLASSES[form.kind], "iri")
    say = Speaker(record, by)
    yield say(None, version, "prov:wasDerivedFrom", f"source/{record.document}", "entity")
    if abstract := record.first("abstract"):
        yield say(abstract, version, "kg:hasText", f"text/{record.id}/abstract", "entity")
    if form.number:
        yield say(form.numbered, version, "kg:versionNumber", str(form.number), "xsd:integer")
    if date := next((f for f in record.all("date") if f.value), None):
        yield from _dated(date, version, "fabio:hasPublicationYear", "xsd:gYear", say)
    venue = record.first("venue")
    if venue and (not preprint or venue is form.field):
        yield say(venue, version, "kg:versionVenue", squeeze(venue.text), "xsd:string")
    known = [(field, f"arxiv:{number}") for field, number in _numbers(record, "arxiv_id")]
    known += [(field, field.value) for field in record.all("identifier") if field.value]
    for field, each in known:
        # What nobody has specified may be the preprint or what was printed: no identifier is its own for certain.
        if form.kind != "unspecified" and of_preprint(each) == preprint and each.partition(":")[0] not in OF_WORKS:
            yield say(field, version, "kg:versionIdentifier", f"identifier/{as_step(each)}", "entity")


_CLASSES: Final = {kind: of_form for kind, (_, of_form) in KINDS.items()}
"""Kind of form to its class, empty without one."""


def of_mentions(record: Record, mentions: Iterable[Mention]) -> Iterator[Row]:
    """Yield the edges from a record's paper to what its mentions name, and what a version is a version of."""
    kinds = load()
    for mention in mentions:
        kind = kinds.kind_of_mention(mention.type)
        if kind is None:
            continue
        say = Speaker(record, mention.by)
        yield say.passage(mention, record.id, predicate_of(kind, mention.role), thing(mention))
        if mention.broader:
            yield say.passage(mention, thing(mention), "skos:broader", mention.broader.removeprefix(ID_SPACE))


def predicate_of(kind: Kind, role: str) -> str:
    """Return the predicate, as compact IRI, of an edge to a thing of this kind in this role."""
    return "kg:" + kind.relations[role].rpartition("#")[2]


def of_topics(record: Record, topics: Iterable[PaperTopic]) -> Iterator[Row]:
    """Yield the edges from a record's paper to the topics that were worked out for it, one row a passage.

    Each row has the score of the topic: it is all the passages together that make it so sure.
    """
    for topic_of in topics:
        for passage in topic_of.passages:
            say = Speaker(record, passage.by)
            yield say.span(passage.field, passage.start, passage.end, record.id, "kg:hasTopic", topic_of.topic, topic_of.score)


def printed_topics(record: Record) -> set[str]:
    """Return the paths of the topics that a record's source prints as its categories."""
    return {topic(field.value or field.text) for field in record.all("category")}


@cache
def topic(code: str) -> str:
    """Return the path of the topic of a category, given its code, its code before its archive was closed, or its name.

    A bare sub-category is completed where that is unambiguous.

    >>> topic("cs.CV"), topic("CV"), topic("cmp-lg"), topic("Computation and Language"), topic("ZZ")
    ('topic/cs.CV', 'topic/cs.CV', 'topic/cs.CL', 'topic/cs.CL', 'topic/ZZ')
    """
    paths = _topic_paths()
    if f"topic/{code}" in paths:
        return f"topic/{code}"
    if known := _other_codes().get(code) or _topics_by_name().get(fold(code)):
        return known
    endings = sorted(path for path in paths if path.endswith(f".{code}"))
    # A page of machine-learning papers means cs.SY by SY: computer science wins where several archives share a code.
    preferred = [path for path in endings if path.startswith("topic/cs.")] or endings
    if len(preferred) == 1:
        return preferred[0]
    return f"topic/{code}" if _CODE.fullmatch(code) else thing_path("topic", code)


@cache
def _topic_paths() -> frozenset[str]:
    """Return the paths of all topics."""
    return frozenset(c.iri.removeprefix(ID_SPACE) for c in load().of_kind("topic"))


@cache
def _other_codes() -> dict[str, str]:
    """Return the paths of topics by the codes that they had before."""
    topics = load().of_kind("topic")
    return {code: c.iri.removeprefix(ID_SPACE) for c in topics for code in c.properties.get(f"{KG}formerCode", ())}


@cache
def _topics_by_name() -> dict[str, str]:
    """Return the paths of topics by their names, as keys; of two that are called alike the one that is not ambiguous."""
    named = ((c, next(label for label in c.labels if label.text == c.name)) for c in load().of_kind("topic"))
    return {fold(c.name): c.iri.removeprefix(ID_SPACE) for c, label in named if not label.ambiguous}


_LITERALS: Final = {
    "venue": "kg:venue", "keyword": "schema:keywords", "volume": "schema:volumeNumber", "issue": "schema:issueNumber",
    "pages": "schema:pagination",
}  # fmt: skip
"""Fields of a paper that are facts as they stand."""


def _references(record: Record, say: Speaker) -> Iterator[Row]:
    """Yield which works a paper cites, and under what title."""
    for field in record.all("reference"):
        cited = f"paper/{as_step(field.value)}" if field.value else f"paper/{title_step(field.text)}"
        yield say(field, record.id, "cito:cites", cited, "entity")
        if field.value is None or identifier(field.text, field.value.partition(":")[0]) is None:
            yield say(field, cited, "kg:citedAs", squeeze(field.text), "xsd:string")


def _standing(record: Record, say: Speaker) -> Iterator[Row]:
    """Yield that the paper was retracted or withdrawn, or that it is the notice by which another was."""
    for sign in signs(record):
        paper = f"paper/{as_step(sign.of)}" if sign.of else record.id
        row = say.span(sign.field, sign.start, sign.end, paper, "schema:creativeWorkStatus", sign.status, 1.0)
        yield row | {"datatype": "xsd:string"}
        if sign.of:
            for predicate in ("cito:retracts", "cito:cites"):
                yield row | {"subject": record.id, "predicate": predicate, "object": paper}


def _organizations(record: Record, say: Speaker) -> Iterator[Row]:
    """Yield which organisations a paper's authors belong to, with the words that name each, and in which units of them they work."""
    ids = [(f, *(f.value or "").partition(":")[::2]) for f in record.all("affiliation_id")]
    rors = {f.of for f, scheme, _ in ids if scheme == "ror"}
    told = set()
    for field in record.all("affiliation"):
        for number, part in enumerate(organizations(field.text, single=field.position in rors)):
            told.add(field.position)
            member = organization_member(record.id, field.position, number)
            begin, end = (part.name_start, part.name_end) if part.name_end else (0, len(field.text))
            tie = say.span(field, begin, end, record.id, "kg:hasAffiliation", member, 1.0)
            yield tie
            facts = [("foaf:name", squeeze(field.text[begin:end]), "xsd:string")]
            if not part.known:
                # Where it is known, its seat is, too: this may be a branch.
                facts += [("kg:country", part.country, "xsd:string"), ("kg:sector", part.sector, "xsd:string")]
            for predicate, value, datatype in facts:
                if value:
                    yield tie | {"subject": member, "predicate": predicate, "object": value, "datatype": datatype}
            if field.of is not None:
                slot = f"authorship|{person_member(record.id, field.of)}"
                yield tie | {"subject": slot, "predicate": "kg:affiliation"}
                for unit in part.units:
                    yield say(field, slot, "kg:department", squeeze(unit), "xsd:string")
        if field.of is not None:
            yield say(field, f"authorship|{person_member(record.id, field.of)}", "kg:rawAffiliation", squeeze(field.text), "xsd:string")
    for field, scheme, name in ids:
        if field.of not in told:
            continue
        if scheme == "ror":
            yield say(field, organization_member(record.id, field.of), "kg:ror", f"https://ror.org/{name}", "link")
        elif scheme:
            yield say(field, organization_member(record.id, field.of), "kg:hasIdentifier", f"identifier/{as_step(field.value or '')}", "entity")


def _numbers(record: Record, name: str) -> Iterator[tuple[Field, str]]:
    """Yield the arXiv ids of a record; what is printed as one but cannot be one identifies nothing."""
    for field in record.all(name):
        number = arxiv_id(field.value or field.text)
        if number:
            yield field, number


def _dates(record: Record, say: Speaker) -> Iterator[Row]:
    """Yield the date and year of a paper; without a date, the year and month that its arXiv id begins with."""
    date = next((f for f in record.all("date") if f.value), None)
    if date is not None:
        yield from _dated(date, record.id, "kg:year", "xsd:integer", say)
        return
    for field, number in _numbers(record, "arxiv_id"):
        year = arxiv_year(number)
        if year:
            # An id tells when the paper was submitted, not when it was printed: less sure than a date.
            yield say(field, record.id, "kg:year", str(year), "xsd:integer", score=0.9, by="year-of-arxiv-id")


def _dated(date: Field, subject: str, year: str, datatype: str, say: Speaker) -> Iterator[Row]:
    """Yield the day, or else the month, if it is known, and the year under the predicate given for it."""
    value = date.value or ""
    if len(value) == len("2022-05-12"):
        yield say(date, subject, "dcterms:issued", value, "xsd:date")
    elif len(value) == len("2022-05"):
        # Below the score of a day, which stands where another source knows it.
        yield say(date, subject, "dcterms:issued", value, "xsd:gYearMonth", score=0.9)
    yield say(date, subject, year, value[:4], datatype)


def arxiv_year(identifier: str) -> int | None:
    """Return the year in which an arXiv id was given out.

    >>> arxiv_year("2310.16764"), arxiv_year("hep-th/9901001")
    (2023, 1999)
    """
    match = re.search(r"(?:^|/)([0-9]{2})[0-9]{2}", identifier)
    if not match:
        return None
    short = int(match[1])
    return 1900 + short if short > 90 else 2000 + short


_MORE: Final = re.compile(r"\+ ?([1-9][0-9]{0,3})\b|\b([1-9][0-9]{0,3}) (?:more|others?|additional)\b", re.IGNORECASE)
"""How many authors a list leaves out, by its own word."""


def _authors(record: Record, say: Speaker) -> Iterator[Row]:
    """Yield who signed, in which place, and whether the list is complete."""
    authors = list(record.all("author"))
    if not authors:
        return
    cut = record.first("et_al")
    for field in authors:
        person = person_member(record.id, field.position)
        yield say(field, record.id, "dcterms:creator", person, "entity")
        yield say(field, person, "foaf:name", squeeze(field.text), "xsd:string")
        slot = f"authorship|{person}"
        yield say(field, record.id, "kg:hasAuthorship", slot, "entity")
        yield say(field, slot, "pro:isHeldBy", person, "entity")
        yield say(field, slot, "pro:relatesToDocument", record.id, "entity")
        yield say(field, slot, "kg:rawName", squeeze(field.text), "xsd:string")
        yield say(field, slot, "kg:position", str(field.position + 1), "xsd:integer")
    for field in record.all("author_id"):
        scheme, _, name = (field.value or "").partition(":")
        if field.of is not None and scheme == "orcid":
            yield say(field, person_member(record.id, field.of), "kg:orcid", name, "xsd:string")
        elif field.of is not None and scheme:
            yield say(field, person_member(record.id, field.of), "kg:hasIdentifier", f"identifier/{as_step(field.value or '')}", "entity")
    if cut and (more := _MORE.search(cut.text)):
        yield say(cut, record.id, "kg:statedAuthorCount", str(len(authors) + int(more[1] or more[2])), "xsd:integer")
    yield say(cut or authors[-1], record.id, "kg:authorListComplete", "false" if cut else "true", "xsd:boolean")


def _profile(record: Record, by: str) -> Iterator[Row]:
    """Yield the facts about a person that the head of an author page gives."""
    name = record.first("name")
    if name is None:
        return
    say = Speaker(record, by)
    person = person_member(record.id, 0, "name")
    yield say(name, person, "foaf:name", squeeze(name.text), "xsd:string")
    for field in record.fields:
        if field.name in _PROFILE_FACTS:
            predicate, datatype = _PROFILE_FACTS[field.name]
            yield say(field, person, predicate, field.value or squeeze(field.text), datatype)
