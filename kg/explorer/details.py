"""What the page tells on demand: facts of nodes and the passages behind edges, in shards of some tens of kilobytes.

A shard tells of the nodes from one number to another and of the edges that go out from them, as columns (`kg.explorer.columns`).
Sentences stand in it once, however many passages are read from them: where abstracts are kept, a sentence is a part of one. A
title is the label of its paper, and most names of authors are labels too: such passages cost no text.

In a file, texts have a budget. Up to `WHOLE` characters, all are kept. Beyond, each paper keeps the sentences of its abstract
that carry most of its edges, up to `EACH` characters, at least one. Where a passage was read (file, line, rule) always stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.explorer.columns import Array, fitting, lines, pack
from kg.explorer.picture import LOWER, Picture
from kg.ids import link
from kg.model import Graph
from kg.network.measures import Ints
from kg.page import web_address

WHOLE: Final = 250_000
"""Up to so many characters of abstracts and sentences, a file keeps all of them."""

EACH: Final = 420
"""Beyond, so many characters of sentences for each paper."""

SHARD: Final = 96_000
"""About how many bytes a shard holds, before it is compressed."""

NONE, TITLE, NAME, BARE, PIECE = range(5)
"""What a passage's sentence is: not kept; its paper's label; its target's label; not kept, but what it quotes is the
target's label; and from `PIECE` on, the pieces of its paper's text."""

_SCORES: Final = 100
"""Scores are told to two decimals, as they are shown."""

_NO_SCORE: Final = -128
"""Stands for a score that is not known; others stand as what they have more than that of their edge."""


@dataclass(frozen=True)
class Details:
    """What is told on demand.

    Attributes:
        told: Facts for the header of the page: where shards begin, words that passages share, how much is kept.
        shards: The shards, packed, one after the other.
    """

    told: dict[str, Any]
    shards: Iterator[bytes]


@dataclass(frozen=True, slots=True, eq=False)
class _Passages:
    """Passages by the number of their edge.

    Attributes:
        rows: Their columns in the table.
        edge: The number of their edge.
        source: The number of the node that it goes out from.
        target: The number of the node that it goes to.
        sentence: The number of their sentence, in `sentences`.
        sentences: All sentences, each once.
    """

    rows: pa.Table
    edge: Ints
    source: Ints
    target: Ints
    sentence: Ints
    sentences: pa.Array


@dataclass(frozen=True, slots=True, eq=False)
class _Texts:
    """What is kept of texts; lengths and places count UTF-16 units, as scripts do.

    Attributes:
        regions: The text of each node that has one: its abstract or the start of it is empty, then other pieces.
        abstract: How much of it is the abstract, for each node; 0 where that is not kept.
        node: The node of each piece, ascending.
        start: Where it begins in its node's text, ascending for each node.
        length: How long it is.
        of: What the sentence of each passage is: `NONE` to `PIECE` and on.
    """

    regions: dict[int, str]
    abstract: Ints
    node: Ints
    start: Ints
    length: Ints
    of: Ints


def details(graph: Graph, drawn: Picture, *, full: bool = False) -> Details:
    """Return what is told on demand.

    Args:
        graph: The graph.
        drawn: Its picture.
        full: Whether all texts are kept, however long they are.
    """
    nodes = graph.nodes.take(pa.array(drawn.order))
    passages = _passages(graph, drawn)
    texts = _texts(nodes["text"], drawn.labels, passages, full=full)
    fields, field = _words(passages.rows["field"])
    rules, rule = _words(passages.rows["by"])
    starts = _starts(len(nodes), passages, texts)
    kept = int((texts.of != NONE).sum() - (texts.of == BARE).sum())
    told = {
        "starts": starts.tolist(), "fields": fields, "rules": rules, "links": _SCHEMES,
        "passages": len(passages.edge), "sentences": kept, "notes": _notes(graph, kept, len(passages.edge)),
    }  # fmt: skip
    return Details(told, _shards(nodes, drawn, passages, texts, {"field": field, "rule": rule}, starts))


def _notes(graph: Graph, kept: int, count: int) -> list[str]:
    """Return in words which texts are left out."""
    if not graph.with_text:
        return ["This edition holds no abstracts and no sentences: passages are named by file, line and place."]
    if kept == count:
        return []
    told = (
        f"{kept:,} of {count:,} passages are told with their sentence, the others by file and line: in a file of this size, each "
        f"paper keeps its title and the sentences of its abstract that carry most of its edges, up to {EACH} characters. "
        "The graph's folder has them all (kg serve, kg why)."
    )
    return [told]


# ---------------------------------------------------------------- passages


def _passages(graph: Graph, drawn: Picture) -> _Passages:
    """Return the passages behind the edges that are drawn."""
    ids = graph.edges["id"].take(pa.array(drawn.edges))
    found = pc.index_in(graph.evidence["edge"], value_set=ids)
    rows = np.flatnonzero(pc.is_valid(found).to_numpy())
    edge = found.drop_null().to_numpy().astype(np.int64)
    by = np.argsort(edge, kind="stable")
    table, edge = graph.evidence.take(pa.array(rows[by])), edge[by]
    parts = (pc.fill_null(table[name].cast(pa.large_string()), "") for name in ("before", "quote", "after"))
    coded = pc.binary_join_element_wise(*parts, pa.scalar("", pa.large_string())).combine_chunks().dictionary_encode()
    sentence = coded.indices.to_numpy().astype(np.int64)
    return _Passages(table, edge, drawn.source[edge], drawn.target[edge], sentence, coded.dictionary)


def _words(column: pa.ChunkedArray) -> tuple[list[str | None], Ints]:
    """Return the values of a column, and the number of each row's value."""
    coded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    return coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.int64)


def _units(column: pa.Array | pa.ChunkedArray) -> Ints:
    """Return the length of each text in UTF-16 units, 0 for none."""
    points: Ints = pc.fill_null(pc.utf8_length(column), 0).to_numpy().astype(np.int64)
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    # Only what UTF-8 writes with four bytes counts twice.
    if not any(np.frombuffer(data, np.uint8).max(initial=0) >= 0xF0 for chunk in chunks if (data := chunk.buffers()[2])):
        return points
    found: Ints = points + pc.fill_null(pc.count_substring_regex(column, "[\U00010000-\U0010ffff]"), 0).to_numpy()
    return found


def _unit(text: str, place: int) -> int:
    """Return a place in a text, given in code points, in UTF-16 units."""
    return place if text.isascii() else len(text[:place].encode("utf-16-le")) // 2


# ---------------------------------------------------------------- texts


def _texts(text: pa.ChunkedArray, labels: pa.Array, told: _Passages, *, full: bool) -> _Texts:
    """Return what is kept of abstracts and sentences."""
    count = len(text)
    label = pc.fill_null(pc.index_in(labels, value_set=told.sentences), -1).to_numpy().astype(np.int64)
    of = np.full(len(told.edge), NONE)
    of[told.sentence == label[told.target]] = NAME
    of[told.sentence == label[told.source]] = TITLE
    of[pc.equal(told.sentences, "").to_numpy(zero_copy_only=False)[told.sentence]] = NONE

    open_ = np.flatnonzero(of == NONE)
    width = max(len(told.sentences), 1)
    pieces, piece = np.unique(told.source[open_] * width + told.sentence[open_], return_inverse=True)
    node, sentence = np.divmod(pieces, width)
    length = _units(told.sentences)[sentence]
    abstracts = text.to_pylist()
    said = told.sentences.take(pa.array(sentence)).to_pylist()
    start = np.array([(abstracts[at] or "").find(words) if words else -1 for at, words in zip(node.tolist(), said, strict=True)], np.int64)

    own = start < 0
    whole = full or int(_units(text).sum() + length[own].sum()) <= WHOLE
    if whole:
        keep = length > 0
    else:
        carried = np.bincount(np.unique(piece * (int(told.edge.max(initial=0)) + 1) + told.edge[open_]) // (int(told.edge.max(initial=0)) + 1), minlength=len(pieces))
        keep = _fitting(node, np.where(own, 0, carried), start, length) & ~own
    # Pieces of the abstract come first, by their places in it.
    kept = np.flatnonzero(keep)
    kept = kept[np.lexsort((sentence[kept], np.where(own[kept], np.iinfo(np.int64).max, start[kept]), node[kept]))]
    abstract = _units(text) if whole else np.zeros(count, np.int64)
    regions = {i: words for i, words in enumerate(abstracts) if words} if whole else {}
    begin = np.zeros(len(kept), np.int64)
    ends: dict[int, int] = {}
    for at, (i, which) in enumerate(zip(node[kept].tolist(), kept.tolist(), strict=True)):
        if whole and not own[which]:
            begin[at] = _unit(abstracts[i], int(start[which]))
            continue
        begin[at] = ends.get(i, int(abstract[i]))
        ends[i] = int(begin[at] + length[which])
        regions[i] = regions.get(i, "") + said[which]
    first = np.searchsorted(node[kept], np.arange(count))
    number = np.full(len(pieces), NONE)
    number[kept] = np.arange(len(kept)) - first[node[kept]] + PIECE
    of[open_] = number[piece]
    # What is quoted is known even where its sentence is not kept.
    lone = np.flatnonzero(of == NONE)
    named = pc.equal(told.rows["quote"].take(pa.array(lone)).cast(pa.large_string()), labels.take(pa.array(told.target[lone])))
    of[lone[pc.fill_null(named, False).to_numpy().astype(np.bool_)]] = BARE
    return _Texts(regions, abstract, node[kept], begin, length[kept], of)


def _fitting(node: Ints, carried: Ints, start: Ints, length: Ints) -> Array:
    """Return which pieces are kept: of each node those that carry most, up to `EACH` characters, at least one."""
    order = np.lexsort((start, -carried, node))
    first = np.searchsorted(node[order], node[order])
    total = np.cumsum(length[order])
    sofar = total - (total - length[order])[first]
    keep = np.zeros(len(node), np.bool_)
    keep[order[((sofar <= EACH) | (first == np.arange(len(order)))) & (carried[order] > 0)]] = True
    return keep


# ---------------------------------------------------------------- shards


@dataclass(frozen=True, slots=True, eq=False)
class _Facts:
    """What is told of each node besides its text."""

    complete: Array
    dates: list[str]
    links: list[str]


def _facts(nodes: pa.Table, keys: list[str]) -> _Facts:
    """Return what is told of each node; an address that follows from its key is told as `=`."""
    complete = pc.if_else(nodes["authors_complete"], 1, 2)
    known = (web_address(url) or "" for url in nodes["url"].to_pylist())
    links = ["=" if url and url == _address(key) else url for url, key in zip(known, keys, strict=True)]
    dates = [date or "" for date in nodes["date"].to_pylist()]
    return _Facts(pc.fill_null(complete, 0).to_numpy().astype(np.uint8), dates, links)


_SCHEMES: Final = {
    scheme: address.split("@") for scheme in ("acl", "arxiv", "doi", "openalex", "openreview", "orcid", "pmid", "ror")
    if (address := link(f"{scheme}:@"))
}  # fmt: skip
"""What stands before and after an identifier in its address."""


def _address(key: str) -> str:
    """Return the address that a key tells, as the page reads it."""
    scheme, _, name = key.partition("/")[2].partition("-")
    return name.join(_SCHEMES[scheme]) if scheme in _SCHEMES else ""


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """Where and how well each passage was read.

    Attributes:
        line: Its line, -1 if none is known; so are the next two.
        start: Its first character in the file.
        score: By how many hundredths its score is higher than that of its edge; `_NO_SCORE` if it has none.
        span: One more than its characters in the file, 0 if they are not known.
        before: By how much the quote begins later in its sentence than the label of what it names, or 0 where that is not in it.
        longer: By how much the quote is longer than the label of what it names.
    """

    line: Array
    start: Array
    score: Array
    span: Ints
    before: Array
    longer: Array


def _columns(told: _Passages, drawn: Picture) -> _Columns:
    """Return where and how well each passage was read."""
    rows = told.rows
    start, end = (pc.fill_null(rows[name], -1).to_numpy().astype(np.int64) for name in ("start", "end"))
    # The page counts characters of a file in 32 bits; farther on, only the line is told.
    start = np.where(start > np.iinfo(np.int32).max, -1, start)
    of_edge = drawn.plain["score"][told.edge].astype(np.float64)
    score = np.nan_to_num(np.rint(rows["score"].to_numpy().astype(np.float64) * _SCORES) - of_edge, nan=_NO_SCORE)
    return _Columns(
        pc.fill_null(rows["line"], -1).to_numpy().astype(np.int32), start.astype(np.int32), score.astype(np.int32),
        np.where((start < 0) | (end < start), 0, end - start + 1), (_units(rows["before"]) - _named(told, drawn.labels)).astype(np.int32),
        (_units(rows["quote"]) - _units(drawn.labels)[told.target]).astype(np.int32),
    )


def _named(told: _Passages, labels: pa.Array) -> Ints:
    """Return where the sentence of each passage names the node that it is about, whatever the case of A to Z; 0 if it does not."""
    sentences = told.sentences.to_pylist()
    small = [sentence.translate(LOWER) for sentence in sentences]
    names = [label.translate(LOWER) for label in labels.to_pylist()]
    found = ((at, small[at].find(names[target])) for at, target in zip(told.sentence.tolist(), told.target.tolist(), strict=True))
    return np.array([_unit(sentences[at], max(place, 0)) for at, place in found], np.int64)


def _starts(count: int, told: _Passages, texts: _Texts) -> Ints:
    """Return the first node of each shard."""
    weight = np.full(count, 4) + 10 * np.bincount(told.source, minlength=count)
    for node, text in texts.regions.items():
        weight[node] += len(text)
    shard = (np.cumsum(weight) - weight) // SHARD
    return np.flatnonzero(np.diff(shard, prepend=-1))


def _shards(nodes: pa.Table, drawn: Picture, told: _Passages, texts: _Texts, words: dict[str, Ints], starts: Ints) -> Iterator[bytes]:
    """Yield the shards."""
    facts = _facts(nodes, drawn.keys)
    columns = _columns(told, drawn)
    alike = words | {"of": texts.of, "span": columns.span}
    for start, end in pairwise([*starts.tolist(), len(nodes)]):
        first, last = np.searchsorted(drawn.source, [start, end])
        begin, stop = np.searchsorted(told.edge, [first, last])
        left, right = np.searchsorted(texts.node, [start, end])
        documents, document = _words(told.rows["document"].slice(begin, stop - begin))
        # What goes by relation stands so, like beside like.
        by = begin + np.argsort(drawn.plain["relation"][told.edge[begin:stop]], kind="stable")
        kept = (texts.of[begin:stop] != NONE) & (texts.of[begin:stop] != BARE)
        here = [texts.regions.get(i, "") for i in range(start, end)]
        length = texts.length[left:right]
        region = _units(pa.array(here, pa.large_string()))
        place = (np.cumsum(region) - region)[texts.node[left:right] - start] + texts.start[left:right]
        yield pack({"documents": documents}, {
            "complete": facts.complete[start:end], "dates": lines(facts.dates[start:end]), "links": lines(facts.links[start:end]),
            "abstract": fitting(texts.abstract[start:end]), "region": fitting(region),
            "pieces": fitting(np.bincount(texts.node[left:right] - start, minlength=end - start)), "length": fitting(length),
            "passages": fitting(np.bincount(told.edge[begin:stop] - first, minlength=last - first)), "document": fitting(document),
            **{name: fitting(column[by]) for name, column in alike.items()}, "score": columns.score[by],
            "before": columns.before[begin:stop][kept],
            "longer": columns.longer[begin:stop][kept],
            "text": np.frombuffer("".join(here).encode(), np.uint8),
        }, {
            # Where a piece begins beyond the end of the one before it.
            "gap": (place - (np.cumsum(length) - length)).astype(np.int32),
            "line": columns.line[begin:stop], "start": columns.start[begin:stop],
        })  # fmt: skip
