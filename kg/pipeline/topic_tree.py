"""The tree of the topics that a graph knows, as its store has it: the shipped ones, and those of a person's schemes."""

from typing import Final

import pyoxigraph as ox

from kg.analysis.topics import TopicTree
from kg.ontology import KG, PREFIXES

_A: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_TOPIC: Final = ox.NamedNode(f"{KG}Topic")
_NAME: Final = ox.NamedNode(PREFIXES["skos"] + "prefLabel")
_ABOVE: Final = ox.NamedNode(PREFIXES["skos"] + "broader")


def topic_tree(store: ox.Store) -> TopicTree:
    """Return the names of the topics of a graph, and which are above which."""
    labels: dict[str, str] = {}
    above: dict[str, tuple[str, ...]] = {}
    for typed in store.quads_for_pattern(None, _A, _TOPIC, ox.DefaultGraph()):
        for named in store.quads_for_pattern(typed.subject, _NAME, None, ox.DefaultGraph()):
            labels[_value(typed.subject)] = _value(named.object)
        broader = store.quads_for_pattern(typed.subject, _ABOVE, None, ox.DefaultGraph())
        above[_value(typed.subject)] = tuple(sorted(_value(each.object) for each in broader))
    return TopicTree(labels, above)


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(getattr(term, "value", ""))
