"""What looks like one in a graph, and is two: what speaks for a merge that was not made, and what against it."""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import pyarrow as pa

from kg.analysis._asking import Ask, Row, rows, table, texts
from kg.names import Name, compatible, parse

CROWD: Final = 100
"""Longer author lists do not tell who works with whom."""

LONG: Final = 12
"""One letter more, less or other is a likely slip only in names of at least so many."""

FEW: Final = 4
"""What so few have in common, a surname with an initial or the words of a name, makes any two of them worth a look."""

SHOWN: Final = 1_000
"""How many pairs are reported at most of each kind; all are counted."""

_LIMITS: Final = pa.table({"crowd": [CROWD], "long": [LONG], "few": [FEW]})

_LETTERS: Final = """
SELECT path, name, substr(name, 1, i - 1) || substr(name, i + 1) AS left_out FROM (
  SELECT path, name, unnest(range(1, length(name) + 2)) AS i FROM keyed, limits WHERE length(name) BETWEEN long AND 80
)
"""
"""What is left of long names when any one letter is taken out, or none: names a letter apart meet there (Garbe's SymSpell)."""

_LETTER: Final = pa.schema(texts("path", "name", "left_out"))

_KEYED: Final = r"""
SELECT path, label, ordered AS name,
       regexp_replace(regexp_extract(ordered, '\S+$'), '([aou])e', '\1', 'g') || ' ' || substr(ordered, 1, 1) AS block
FROM nodes WHERE kind = 'person' AND ordered <> ''
"""
"""People with the key under which namesakes meet: the last word, without umlauts, and the initial."""

_KEY: Final = pa.schema(texts("path", "label", "name", "block"))

_PEOPLE: Final = """
WITH blocks AS (
  SELECT block, count(*) AS size FROM keyed GROUP BY block HAVING count(*) > 1
), lists AS (
  SELECT paper FROM works, limits GROUP BY paper, crowd HAVING count(*) <= crowd
), beside AS (
  SELECT DISTINCT k.path, k.block, o.person AS other
  FROM keyed k JOIN blocks USING (block) JOIN works w ON w.person = k.path JOIN lists USING (paper)
  JOIN works o ON o.paper = w.paper AND o.person <> w.person
), worked AS (
  SELECT DISTINCT k.path, k.block, p.organization FROM keyed k JOIN blocks USING (block) JOIN places p ON p.person = k.path
), pairs AS (
  SELECT a.path AS one, b.path AS other FROM beside a JOIN beside b ON a.block = b.block AND a.other = b.other AND a.path < b.path
  UNION
  SELECT a.path, b.path FROM worked a JOIN worked b
    ON a.block = b.block AND a.organization = b.organization AND a.path < b.path
  UNION
  SELECT a.path, b.path FROM keyed a JOIN keyed b ON a.block = b.block AND a.path < b.path
    JOIN blocks ON blocks.block = a.block JOIN limits ON blocks.size <= limits.few
  UNION
  SELECT a.path, b.path FROM letters a JOIN letters b ON a.left_out = b.left_out AND a.path < b.path
    AND a.name <> b.name AND levenshtein(a.name, b.name) = 1
)
SELECT one, other, l.label AS one_label, r.label AS other_label, l.name = r.name AS same_name,
       l.name <> r.name AND length(l.name) >= long AND levenshtein(l.name, r.name) = 1 AS slip
FROM pairs JOIN keyed l ON l.path = one JOIN keyed r ON r.path = other CROSS JOIN limits
"""
"""People whose names are alike: of one block with a co-author or organisation in common or of a rare one, or a letter apart."""

_CANDIDATE: Final = pa.schema([*texts("one", "other", "one_label", "other_label"), ("same_name", pa.bool_()), ("slip", pa.bool_())])

_WEIGHED: Final = """
WITH beside AS (
  SELECT DISTINCT w.person, o.person AS other FROM works w JOIN works o ON o.paper = w.paper AND o.person <> w.person
  WHERE w.person IN (SELECT one FROM pairs UNION ALL SELECT other FROM pairs)
), friends AS (
  SELECT p.one, p.other, count(*) AS shared FROM pairs p JOIN beside a ON a.person = p.one
  JOIN beside b ON b.person = p.other AND b.other = a.other GROUP BY p.one, p.other
), worked AS (
  SELECT DISTINCT person, organization FROM places
), houses AS (
  SELECT p.one, p.other, count(*) AS shared FROM pairs p JOIN worked a ON a.person = p.one
  JOIN worked b ON b.person = p.other AND b.organization = a.organization GROUP BY p.one, p.other
), signed AS (
  SELECT DISTINCT person, paper FROM works
), together AS (
  SELECT p.one, p.other, count(*) AS papers FROM pairs p JOIN signed a ON a.person = p.one
  JOIN signed b ON b.person = p.other AND b.paper = a.paper GROUP BY p.one, p.other
), lives AS (
  SELECT w.person, min(n.year) AS first, max(n.year) AS last FROM works w JOIN nodes n ON n.path = w.paper GROUP BY w.person
), said AS (
  SELECT least(one, other) AS one, greatest(one, other) AS other, bool_or(verdict = 'different') AS apart,
         max(CASE WHEN verdict <> 'different' THEN score END) AS score
  FROM ledger WHERE kind = 'person' AND one <> other GROUP BY 1, 2
)
SELECT p.*, coalesce(f.shared, 0) AS coauthors, coalesce(h.shared, 0) AS organizations, coalesce(t.papers, 0) AS together,
       greatest(a.first - b.last, b.first - a.last, 0) AS gap, coalesce(s.apart, false) AS apart, s.score
FROM pairs p
LEFT JOIN friends f ON f.one = p.one AND f.other = p.other LEFT JOIN houses h ON h.one = p.one AND h.other = p.other
LEFT JOIN together t ON t.one = p.one AND t.other = p.other
LEFT JOIN lives a ON a.person = p.one LEFT JOIN lives b ON b.person = p.other
LEFT JOIN said s ON s.one = p.one AND s.other = p.other
"""

_TITLES: Final = """
WITH titled AS (
  SELECT path, label, year, name FROM nodes WHERE kind = 'paper'
), pairs AS (
  SELECT a.path AS one, b.path AS other FROM titled a JOIN titled b ON a.name = b.name AND a.path < b.path
    JOIN limits ON length(a.name) >= 2 * long
  UNION
  SELECT least(one, other), greatest(one, other) FROM ledger WHERE kind = 'paper' AND verdict = 'unsure' AND one <> other
), signed AS (
  SELECT DISTINCT paper, person FROM works
), authors AS (
  SELECT p.one, p.other, count(*) AS shared FROM pairs p JOIN signed a ON a.paper = p.one
  JOIN signed b ON b.paper = p.other AND b.person = a.person GROUP BY p.one, p.other
), said AS (
  SELECT least(one, other) AS one, greatest(one, other) AS other, bool_or(verdict = 'different') AS apart,
         max(CASE WHEN verdict <> 'different' THEN score END) AS score
  FROM ledger WHERE kind = 'paper' AND one <> other GROUP BY 1, 2
)
SELECT p.one, p.other, l.label AS one_label, r.label AS other_label, l.name = r.name AS same_name,
       coalesce(a.shared, 0) AS authors, abs(l.year - r.year) AS gap, coalesce(s.apart, false) AS apart, s.score
FROM pairs p JOIN titled l ON l.path = p.one JOIN titled r ON r.path = p.other
LEFT JOIN authors a ON a.one = p.one AND a.other = p.other LEFT JOIN said s ON s.one = p.one AND s.other = p.other
"""

_NAMED: Final = r"""
SELECT path, label, name, substr(name, length(head) + 1) AS place, array_to_string(list_sort(string_split(
  regexp_replace(CASE WHEN length(head) >= long THEN head ELSE name END, '^the | (?:of|the|for|and|at|in)\b', '', 'g'), ' ')), ' ') AS key
FROM nodes, limits WHERE kind = 'organization' AND name <> ''
"""
"""Organisations with the words of their names, in the order of the alphabet: those before a place, as far as they are a name."""

_HOUSE: Final = pa.schema(texts("path", "label", "name", "place", "key"))

_HOUSES: Final = """
WITH pairs AS (
  SELECT a.path AS one, b.path AS other FROM keyed a JOIN keyed b ON a.key = b.key AND a.path < b.path
  WHERE a.key IN (SELECT key FROM keyed, limits GROUP BY key, few HAVING count(*) <= few)
  UNION
  SELECT a.path, b.path FROM letters a JOIN letters b ON a.left_out = b.left_out AND a.path < b.path
    AND levenshtein(a.name, b.name) = 1
), worked AS (
  SELECT DISTINCT person, organization FROM places
), lands AS (
  SELECT organization, min(country) AS country FROM places GROUP BY organization
), people AS (
  SELECT p.one, p.other, count(*) AS shared FROM pairs p JOIN worked a ON a.organization = p.one
  JOIN worked b ON b.organization = p.other AND b.person = a.person GROUP BY p.one, p.other
)
SELECT p.one, p.other, l.label AS one_label, r.label AS other_label, l.key = r.key AS same_name,
       coalesce(n.shared, 0) AS people, coalesce(a.country <> b.country, false) AS abroad,
       l.key = r.key AND l.place <> '' AND r.place <> '' AND l.place <> r.place AS apart
FROM pairs p JOIN keyed l ON l.path = p.one JOIN keyed r ON r.path = p.other
LEFT JOIN people n ON n.one = p.one AND n.other = p.other
LEFT JOIN lands a ON a.organization = p.one LEFT JOIN lands b ON b.organization = p.other
"""

_THINGS: Final = """
WITH keyed AS (
  SELECT path, n.kind, label, regexp_replace(regexp_replace(lower(label), '[^a-z0-9]', '', 'g'), 's$', '') AS key
  FROM nodes n JOIN things USING (kind)
)
SELECT a.path AS one, b.path AS other, a.label AS one_label, b.label AS other_label, a.kind AS one_kind, b.kind AS other_kind
FROM keyed a JOIN keyed b ON a.key = b.key AND a.path < b.path AND length(a.key) > 3
"""


def alike(
    nodes: pa.Table, things: pa.Table, ledger: pa.Table, works: pa.Table, places: pa.Table, ask: Ask
) -> tuple[list[Row], dict[str, int]]:
    """Return entities that are two but look like one, those with most in common first, and how many pairs there are by kind.

    Args:
        nodes: `path kind label year`, and of the label `name`, plain, `ordered`, the surname last, and `head`, without a place.
        things: `kind`: the kinds of nodes that are things.
        ledger: The judgements, with the entities of their sides: `kind one other verdict score`.
        works: `paper person`.
        places: `person organization country`.
        ask: Answers queries.

    Returns:
        Rows `kind one one_label other other_label for against weight`, at most `SHOWN` of a kind, and the counts.
    """
    keyed, houses = table(ask(_KEYED, nodes=nodes), _KEY), table(ask(_NAMED, nodes=nodes, limits=_LIMITS), _HOUSE)
    letters, of_houses = (table(ask(_LETTERS, keyed=each, limits=_LIMITS), _LETTER) for each in (keyed, houses))
    candidates = table(ask(_PEOPLE, keyed=keyed, letters=letters, works=works, places=places, limits=_LIMITS), _CANDIDATE)
    people = rows(ask(_WEIGHED, pairs=_that_fit(candidates), nodes=nodes, works=works, places=places, ledger=ledger))
    titles = rows(ask(_TITLES, nodes=nodes, works=works, ledger=ledger, limits=_LIMITS))
    kinds = {
        "person": [_of_people(row) for row in people if not row["together"] and not row["apart"] and _worth(row)],
        "paper": [_of_papers(row) for row in titles if not row["apart"]],
        "organization": list(map(_of_houses, rows(ask(_HOUSES, keyed=houses, letters=of_houses, places=places, limits=_LIMITS)))),
        "thing": list(map(_of_things, rows(ask(_THINGS, nodes=nodes, things=things)))),
    }
    found = []
    for kind, pairs in kinds.items():
        pairs.sort(key=lambda row: (-row["weight"], row["one"], row["other"]))
        found += [{"kind": kind} | row for row in pairs[:SHOWN]]
    return found, {kind: len(pairs) for kind, pairs in kinds.items()}


def one_name(one: Name, other: Name) -> bool:
    """Tell whether two names can be one person's."""
    return one.folded == other.folded or compatible(one, other)


def _that_fit(pairs: pa.Table) -> pa.Table:
    """Return the pairs of names that can be one person's, or are a slip of the pen apart."""
    parsed = cache(parse)
    columns = (pairs.column(name).to_pylist() for name in ("one_label", "other_label", "same_name", "slip"))
    fits = [same or slip or one_name(parsed(one), parsed(other)) for one, other, same, slip in zip(*columns, strict=True)]
    return pairs.filter(pa.array(fits, pa.bool_()))


def _worth(row: Row) -> bool:
    """Tell whether two people are worth a look: a slip alone is too little, with so many names a letter apart."""
    return not row["slip"] or row["coauthors"] > 0 or row["organizations"] > 0 or row["score"] is not None


def _of_people(row: Row) -> Row:
    score, gap = row["score"] or 0.0, row["gap"] or 0
    return _pair(
        row, 2 * row["coauthors"] + row["organizations"] + score + 0.2 * row["same_name"],
        [
            (row["same_name"], "same name"), (row["slip"], "one letter apart"),
            (not row["same_name"] and not row["slip"], "names that can be one"),
            (row["coauthors"], _several(row["coauthors"], "shared co-author")),
            (row["organizations"], _several(row["organizations"], "shared organization")), (score, f"judged {score:.2f}"),
        ],
        [(not row["coauthors"], "no shared co-author"), (gap > 10, f"{gap} years apart")],
    )  # fmt: skip


def _of_papers(row: Row) -> Row:
    score, gap = row["score"] or 0.0, row["gap"] or 0
    return _pair(
        row, row["authors"] + score + row["same_name"],
        [(row["same_name"], "same title"), (row["authors"], _several(row["authors"], "shared author")), (score, f"judged {score:.2f}")],
        [(not row["authors"], "no shared author"), (gap > 3, f"{gap} years apart")],
    )  # fmt: skip


def _of_houses(row: Row) -> Row:
    return _pair(
        row, row["people"] + row["same_name"],
        [
            (row["same_name"], "same words but for a place"), (not row["same_name"], "one letter apart"),
            (row["people"], _several(row["people"], "shared person", "shared people")),
        ],
        [(row["abroad"], "other countries"), (row["apart"], "other places"), (not row["people"], "no shared people")],
    )  # fmt: skip


def _of_things(row: Row) -> Row:
    other = row["one_kind"] != row["other_kind"]
    return _pair(row, 0 if other else 1, [(True, "spelt alike")], [(other, f"{row['one_kind']} and {row['other_kind']}")])


def _several(count: int, one: str, many: str = "") -> str:
    """Return a count in words.

    >>> _several(1, "shared author"), _several(2, "shared author")
    ('1 shared author', '2 shared authors')
    """
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def _pair(row: Row, weight: float, reasons: Iterable[tuple[Any, str]], doubts: Iterable[tuple[Any, str]]) -> Row:
    """Return two entities with what speaks for and against their being one, as far as it is so."""
    told = {name: row[name] for name in ("one", "one_label", "other", "other_label")}
    against = [text for holds, text in doubts if holds]
    return told | {"for": [text for holds, text in reasons if holds], "against": against, "weight": weight - 0.5 * len(against)}
