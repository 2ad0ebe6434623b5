"""Texts as quads, and the spans in them that name something (NIF 2.0, offsets in code points)."""

from collections.abc import Iterator

from kg.graph.nquads import Setting, iri, literal, quad, term
from kg.graph.statements import thing
from kg.model import Field, Mention, Record


def text_path(record: str, field: str) -> str:
    """Return the path of a field's text."""
    return f"text/{record}/{field}"


def of_record(row: tuple[Record, str, list[Mention]], setting: Setting) -> Iterator[str]:
    """Yield the texts of a record, and in each the spans that name something (NIF 2.0, offsets in code points).

    Args:
        row: The record, the path of its paper, and its mentions.
        setting: What all quads depend on.
    """
    record, paper, mentions = row
    if record.kind != "paper":
        return
    for field in record.fields:
        if field.name in {"title", "abstract"} and not field.position:
            yield from _text(record, field, paper, setting)
    for mention in mentions:
        yield from _mention(mention, setting)


def _text(record: Record, field: Field, paper: str, setting: Setting) -> Iterator[str]:
    context = iri(setting.base + text_path(record.id, field.name))
    yield quad(context, "rdf:type", term("nif:Context"))
    yield quad(context, "kg:textOf", iri(setting.base + paper))
    yield quad(context, "kg:partOfSource", iri(f"{setting.base}source/{record.document}"))
    yield quad(context, "kg:fieldName", literal(field.name))
    yield quad(context, "kg:line", literal(str(field.line), "xsd:integer"))
    if setting.with_text:
        yield quad(context, "nif:isString", literal(field.text))


def _mention(mention: Mention, setting: Setting) -> Iterator[str]:
    context = setting.base + text_path(mention.record, mention.field)
    subject = iri(f"{context}#char={mention.field_start},{mention.field_end}")
    yield quad(subject, "rdf:type", term("kg:Mention"))
    yield from span_of(subject, context, mention.field_start, mention.field_end, mention.text)
    if mention.type != "person":
        yield quad(subject, "itsrdf:taIdentRef", iri(setting.base + thing(mention)))
    yield quad(subject, "itsrdf:taConfidence", literal(f"{mention.score:.4f}", "xsd:double"))
    yield quad(subject, "kg:role", literal(mention.role))
    yield quad(subject, "kg:rule", literal(mention.by))
    yield quad(subject, "prov:wasGeneratedBy", iri(f"{setting.base}run/{setting.config}"))


def span_of(subject: str, context: str, start: int, end: int, text: str) -> Iterator[str]:
    """Yield a run of characters of a text (NIF 2.0, offsets in code points)."""
    yield quad(subject, "rdf:type", term("nif:OffsetBasedString"))
    yield quad(subject, "nif:referenceContext", iri(context))
    yield quad(subject, "nif:beginIndex", literal(str(start), "xsd:nonNegativeInteger"))
    yield quad(subject, "nif:endIndex", literal(str(end), "xsd:nonNegativeInteger"))
    yield quad(subject, "nif:anchorOf", literal(text))
