"""What one record states about the values that it reports, and about the methods that it compares with or builds on."""

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from kg.graph.speaker import Row, Speaker
from kg.graph.statements import thing, thing_of
from kg.model import Mention, Record
from kg.model.results import MethodRelation, MethodRelationKind, Result, Tied
from kg.text import fold, sentence_around


def of_results(record: Record, mentions: Iterable[Mention], results: Iterable[Result]) -> Iterator[Row]:
    """Yield what a record says of the values it reports, as far as the graph can hold it.

    A result is a node that is named after what it says and where: the same sentence in another source is the same
    result. It needs a metric; metric, dataset and model are things that mentions of the record name.
    """
    named = {thing(mention) for mention in mentions if mention.type != "person"}
    for result in results:
        ties = {
            "mls:specifiedBy": _tied("metric", result.metric, named),
            "kg:onDataset": _tied("dataset", result.dataset, named),
            "kg:model": _tied("method", result.model, named),
        }
        if ties["mls:specifiedBy"] is None:
            continue
        say, field = Speaker(record, result.by), next(f for f in record.all(result.field))
        node = _result_path(field.text, result, ties.values())
        span = f"text/{record.id}/{field.name}#char={result.field_start},{result.field_end}"
        for subject, predicate, value, datatype in [
            (record.id, "kg:hasResult", node, "entity"), *_said_of(result, node), (node, "kg:statedIn", span, "entity"),
            (span, "rdf:type", "nif:OffsetBasedString", "iri"),
            (span, "nif:referenceContext", f"text/{record.id}/{field.name}", "entity"),
            (span, "nif:beginIndex", str(result.field_start), "xsd:nonNegativeInteger"),
            (span, "nif:endIndex", str(result.field_end), "xsd:nonNegativeInteger"),
            (span, "nif:anchorOf", result.text, "xsd:string"),
        ]:  # fmt: skip
            row = say.span(field, result.field_start, result.field_end, subject, predicate, value, result.score)
            yield row | {"datatype": datatype}
        for (predicate, path), tied in zip(ties.items(), (result.metric, result.dataset, result.model), strict=True):
            if path and tied:
                yield say.span(field, tied.start, tied.end, node, predicate, path, result.score)


def _said_of(result: Result, node: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield subject, predicate, value and datatype of what a result is in itself."""
    yield node, "rdf:type", "kg:Result", "iri"
    yield node, "rdf:type", "mls:ModelEvaluation", "iri"
    yield node, "mls:hasValue", f"{Decimal(result.text.replace(',', '')):f}", "xsd:decimal"
    yield node, "kg:score", f"{result.score:.4f}", "xsd:double"
    yield node, "kg:resultKind", result.kind, "xsd:string"
    yield node, "kg:ownResult", str(result.own).lower(), "xsd:boolean"
    for predicate, text in (("kg:unit", result.unit), ("kg:bound", result.bound), ("kg:split", result.setting)):
        if text:
            yield node, predicate, text, "xsd:string"


def _tied(mention_type: str, tied: Tied | None, named: set[str]) -> str | None:
    """Return the path of what a value is tied to, if it is among the things named."""
    path = thing_of(mention_type, tied.name, tied.concept) if tied else None
    return path if path in named else None


def _result_path(text: str, result: Result, ties: Iterable[str | None]) -> str:
    """Return the path of a result: a hash of its sentence, its place there, and what it is tied to."""
    first, last = sentence_around(text, result.field_start, result.field_end)
    before, after = text[first : result.field_start], text[result.field_end : last]
    told = "\n".join([fold(before), result.text, fold(after), *(path or "" for path in ties)])
    return f"result/{hashlib.sha256(told.encode()).hexdigest()[:16]}"


_RELATIONS: Final[dict[MethodRelationKind, str]] = {"outperforms": "kg:outperforms", "compared": "kg:comparedWith", "extends": "kg:extends"}


def of_relations(record: Record, mentions: Iterable[Mention], relations: Iterable[MethodRelation]) -> Iterator[Row]:
    """Yield the edges from a record's paper to the methods that it compares its own with, or builds it on."""
    named = {thing(mention) for mention in mentions if mention.type == "method"}
    for each in relations:
        path = _tied("method", each.method, named)
        if path:
            field = next(f for f in record.all(each.field))
            say = Speaker(record, each.by)
            yield say.span(field, each.field_start, each.field_end, record.id, _RELATIONS[each.kind], path, each.score)
