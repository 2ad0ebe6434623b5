"""How far the identity of a graph can be trusted: sizes, suspicious entities, what may have been missed, and estimates.

The estimates rest on the scores alone, as far as these are probabilities: of pairs judged the same, the mean score is
the share that should be right (which is what calibration means: Zadrozny and Elkan, KDD 2002); of pairs left unsure, the
sum of their scores is how many should have been merged. Pairs that were never compared, or that were given up below the
certainty from which on pairs are kept, count for nothing: what is found of all is an upper estimate.
"""

from collections.abc import Mapping
from functools import cache
from itertools import combinations
from typing import Any, Final

import pyarrow as pa

from kg.analysis._alike import alike, one_name
from kg.analysis._asking import Ask, Row, rows, table, texts
from kg.model.mentions import MENTION_TYPES
from kg.model.tables import Relation
from kg.names import parse

SIZES: Final = ((1, 1), (2, 2), (3, 5), (6, 10), (11, 50), (51, None))
"""The sizes of entities that are counted together, each from and up to."""

BANDS: Final = (0.0, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0)
"""Where the bands of scores begin; the last one holds what is certain."""

A_YEAR: Final = 40
"""More papers than this in one year are suspicious for one person."""

ACTIVE: Final = 60
"""More years than this between the first and the last paper are suspicious."""

AT_ONCE: Final = 8
"""More organisations than this in one year are suspicious."""

COUNTRIES: Final = 3
"""More countries than this in one year are suspicious."""

RECORDS: Final = 10
"""More records than this are suspicious for one paper."""

KINDS: Final = ("paper", "person", "ambiguous", "group", "organization", "thing")
"""What is told apart in the report."""

_THINGS: Final = pa.table({"kind": [kind for kind in MENTION_TYPES if kind not in {"person", "institution"}]})


def report(tables: Mapping[str, Relation], base: str, ask: Ask) -> dict[str, Any]:
    """Return the quality report of a build.

    Args:
        tables: The build's tables `identity judgements nodes facts`.
        base: The base IRI of its ids.
        ask: Answers queries.

    Returns:
        Lists of rows, and counts by kind:

        - `sizes`: members and entities of each kind, and how many entities have so many members; `largest`: five of each;
        - `hubs`: entities that hold more than is plausible, each with `why`;
        - `alike`: pairs that were not merged, with what speaks `for` and `against`; `alike_found`: how many there are;
        - `merges`: judgements by verdict and rule, `features` of those that merged, `bands` of their scores;
        - `estimates`: see `estimate`;
        - `ambiguous`: names that several people bear; `decisions` of people by kind and verdict.
    """
    nodes = table(ask(_NODES, nodes=tables["nodes"], base=pa.table({"base": [base]})), _NODE)
    members = table(ask(_MEMBERS, identity=tables["identity"], nodes=nodes, things=_THINGS), _MEMBER)
    ledger = table(ask(_LEDGER, judgements=tables["judgements"], members=members), _JUDGED)
    works = table(ask(_WORKS, facts=tables["facts"]), _WORK)
    places = table(ask(_PLACES, facts=tables["facts"]), _PLACE)
    called = dict(zip(nodes.column("path").to_pylist(), nodes.column("label").to_pylist(), strict=True))
    hubs = [*_people(tables["facts"], nodes, works, places, ask), *_papers(members, ask)]
    pairs, found = alike(nodes, _THINGS, ledger, works, places, ask)
    return {
        "sizes": _sizes(members, ask),
        "largest": [row | {"label": called.get(row["entity"], "")} for row in rows(ask(_LARGEST, members=members))],
        "hubs": [row | {"label": called.get(row["entity"], "")} for row in hubs],
        "alike": pairs, "alike_found": found,
        "merges": rows(ask(_MERGES, ledger=ledger)), "features": rows(ask(_FEATURES, ledger=ledger)), "bands": _bands(ledger, ask),
        "estimates": [estimate(row) for row in rows(ask(_EXPECTED, ledger=ledger))],
        "ambiguous": rows(ask(_AMBIGUOUS, nodes=nodes)),
        "decisions": rows(ask(_DECISIONS, ledger=ledger)),
    }  # fmt: skip


def estimate(row: Mapping[str, Any]) -> Row:
    """Return what the scores of one kind of member promise.

    Args:
        row: `kind`, how many pairs are `same` and `right` of them by their scores, how many are `unsure` and `missed` of
            these by their scores, and how many same ones were `vetoed`.

    Returns:
        `precision` and `recall` besides, with `recall_low` if all unsure pairs are the same; None where nothing was merged.

    >>> found = estimate({"kind": "paper", "same": 10, "right": 9.5, "unsure": 2, "missed": 0.5, "vetoed": 0})
    >>> found["precision"], found["recall"], round(found["recall_low"], 2)
    (0.95, 0.95, 0.83)
    """
    same, right, unsure, missed = (row[name] for name in ("same", "right", "unsure", "missed"))
    return {
        **row, "precision": right / same if same else None,
        "recall": right / (right + missed) if right + missed else None,
        "recall_low": right / (right + unsure) if right + unsure else None,
    }  # fmt: skip


# Tables that the rest is asked of ------------------------------------------------------------------------------------

_NODES: Final = r"""
WITH plain AS (
  SELECT substr(id, length(base) + 1) AS path, kind, label, year, lower(strip_accents(label)) AS low FROM nodes, base
)
SELECT path, kind, label, year, trim(regexp_replace(low, '[^\p{L}\p{N}]+', ' ', 'g')) AS name,
       trim(regexp_replace(regexp_replace(low, '^([^,]+),\s*(.+)$', '\2 \1'), '[^\p{L}\p{N}]+', ' ', 'g')) AS ordered,
       trim(regexp_replace(regexp_replace(low, '\s*[,(].*$', ''), '[^\p{L}\p{N}]+', ' ', 'g')) AS head
FROM plain ORDER BY path
"""
"""The nodes, and their label in small letters without accents: all of it, with the surname last, and without a place behind."""

_NODE: Final = pa.schema([*texts("path", "kind", "label"), ("year", pa.int32()), *texts("name", "ordered", "head")])

_MEMBERS: Final = """
SELECT CASE WHEN kind = 'person' THEN regexp_extract(entity, '^[^/]*') ELSE kind END AS kind, member, entity
FROM identity WHERE kind IN ('paper', 'person', 'organization', 'thing')
UNION ALL
SELECT 'thing' AS kind, path AS member, path AS entity FROM nodes JOIN things USING (kind)
WHERE path NOT IN (SELECT member FROM identity WHERE kind = 'thing')
"""
"""One row a member: kind, member, entity; authors are people, groups, or names that could not be divided among people.

A thing of one name only has no row of identity.
"""

_MEMBER: Final = pa.schema(texts("kind", "member", "entity"))

_LEDGER: Final = """
SELECT CASE WHEN j.kind = 'person' AND l.entity LIKE 'group/%' THEN 'group' ELSE j.kind END AS kind,
       l.entity AS one, r.entity AS other, j.verdict, j.score, j.rule, j.evidence, j."by"
FROM judgements j JOIN members l ON l.member = j."left" JOIN members r ON r.member = j."right"
"""
"""The judgements, with the entities that their sides ended in."""

_JUDGED: Final = pa.schema([
    *texts("kind", "one", "other", "verdict"), ("score", pa.float64()), ("rule", pa.string()),
    ("evidence", pa.map_(pa.string(), pa.string())), ("by", pa.string()),
])  # fmt: skip

_WORKS: Final = "SELECT subject AS paper, object AS person FROM facts WHERE predicate = 'dcterms:creator'"

_WORK: Final = pa.schema(texts("paper", "person"))

_PLACES: Final = """
SELECT DISTINCT who.object AS person, paper.object AS paper, place.object AS organization, land.object AS country
FROM facts place
JOIN facts who ON who.subject = place.subject AND who.predicate = 'pro:isHeldBy'
JOIN facts paper ON paper.subject = place.subject AND paper.predicate = 'pro:relatesToDocument'
LEFT JOIN facts land ON land.subject = place.object AND land.predicate = 'kg:country'
WHERE place.predicate = 'kg:affiliation'
"""

_PLACE: Final = pa.schema(texts("person", "paper", "organization", "country"))

# Sizes and suspicious entities ---------------------------------------------------------------------------------------

_COUNTED: Final = """
SELECT kind, members, count(*) AS entities FROM (SELECT kind, entity, count(*) AS members FROM members GROUP BY kind, entity)
GROUP BY kind, members ORDER BY kind, members
"""

_LARGEST: Final = """
SELECT kind, entity, members FROM (
  SELECT kind, entity, members, row_number() OVER (PARTITION BY kind ORDER BY members DESC, entity) AS rank
  FROM (SELECT kind, entity, count(*) AS members FROM members GROUP BY kind, entity) WHERE members > 1
) WHERE rank <= 5 ORDER BY kind, rank
"""


def _sizes(members: pa.Table, ask: Ask) -> list[Row]:
    """Return members and entities of each kind, and how many entities have each range of sizes."""
    counted: dict[str, dict[int, int]] = {}
    for row in rows(ask(_COUNTED, members=members)):
        counted.setdefault(row["kind"], {})[row["members"]] = row["entities"]
    return [
        {
            "kind": kind, "members": sum(size * count for size, count in sizes.items()), "entities": sum(sizes.values()),
            "sizes": {
                _range(least, most): sum(count for size, count in sizes.items() if least <= size and (most is None or size <= most))
                for least, most in SIZES
            },
        }
        for kind in KINDS if (sizes := counted.get(kind))
    ]  # fmt: skip


def _range(least: int, most: int | None) -> str:
    """Return a range in words.

    >>> [_range(*pair) for pair in SIZES]
    ['1', '2', '3-5', '6-10', '11-50', '51+']
    """
    return f"{least}+" if most is None else str(least) if least == most else f"{least}-{most}"


_BUSY: Final = """
WITH years AS (
  SELECT w.person, n.year, count(DISTINCT w.paper) AS papers FROM works w JOIN nodes n ON n.path = w.paper
  WHERE n.year IS NOT NULL GROUP BY w.person, n.year
), lives AS (
  SELECT person, CAST(sum(papers) AS BIGINT) AS papers, max(papers) AS most, arg_max(year, (papers, -year)) AS peak,
         min(year) AS first, max(year) AS last
  FROM years GROUP BY person
), moves AS (
  SELECT p.person, n.year, count(DISTINCT p.organization) AS organizations, count(DISTINCT p.country) AS countries
  FROM places p JOIN nodes n ON n.path = p.paper WHERE n.year IS NOT NULL GROUP BY p.person, n.year
), moved AS (
  SELECT person, max(organizations) AS organizations, max(countries) AS countries FROM moves GROUP BY person
)
SELECT l.person AS entity, l.papers, l.most, l.peak, l.first, l.last,
       coalesce(m.organizations, 0) AS organizations, coalesce(m.countries, 0) AS countries
FROM lives l JOIN nodes n ON n.path = l.person LEFT JOIN moved m ON m.person = l.person CROSS JOIN limits
WHERE n.kind = 'person'
  AND (l.most > a_year OR l.last - l.first > active OR m.organizations > at_once OR m.countries > lands)
"""
"""People with more papers in a year, more years, or more organisations or countries in a year than is plausible."""

_LIMITS: Final = pa.table({"a_year": [A_YEAR], "active": [ACTIVE], "at_once": [AT_ONCE], "lands": [COUNTRIES], "most": [RECORDS]})

_PRINTED: Final = """
SELECT who.object AS entity, list(DISTINCT name.object ORDER BY name.object) AS names, count(DISTINCT who.subject) AS papers
FROM facts name JOIN facts who ON who.subject = name.subject AND who.predicate = 'pro:isHeldBy'
WHERE name.predicate = 'kg:rawName' AND who.object LIKE 'person/%'
GROUP BY who.object HAVING count(DISTINCT name.object) > 1
"""

_REPEATED: Final = """
SELECT entity, count(*) AS records FROM members, limits WHERE kind = 'paper' GROUP BY entity, most HAVING count(*) > most
ORDER BY records DESC, entity
"""


def _people(facts: Relation, nodes: pa.Table, works: pa.Table, places: pa.Table, ask: Ask) -> list[Row]:
    """Return the people who hold more than one person plausibly does, each with what is strange."""
    strange: dict[str, Row] = {}
    for row in rows(ask(_BUSY, nodes=nodes, works=works, places=places, limits=_LIMITS)):
        years = row["last"] - row["first"]
        why = [
            (row["most"] > A_YEAR, f"{row['most']} papers in {row['peak']}"),
            (years > ACTIVE, f"papers from {row['first']} to {row['last']}"),
            (row["organizations"] > AT_ONCE, f"{row['organizations']} organizations in one year"),
            (row["countries"] > COUNTRIES, f"{row['countries']} countries in one year"),
        ]
        told = [text for holds, text in why if holds]
        strange[row["entity"]] = {"kind": "person", "entity": row["entity"], "papers": row["papers"], "why": told}
    parsed = cache(parse)
    for row in rows(ask(_PRINTED, facts=facts)):
        apart = next((pair for pair in combinations(row["names"], 2) if not one_name(*map(parsed, pair))), None)
        if apart:
            named = {"kind": "person", "entity": row["entity"], "papers": row["papers"], "why": []}
            strange.setdefault(row["entity"], named)["why"].append(f"names that exclude each other: {apart[0]}, {apart[1]}")
    return sorted(strange.values(), key=lambda row: (-len(row["why"]), -row["papers"], row["entity"]))


def _papers(members: pa.Table, ask: Ask) -> list[Row]:
    """Return the papers of more records than one paper plausibly has."""
    return [
        {"kind": "paper", "entity": row["entity"], "papers": 1, "why": [f"{row['records']} records"]}
        for row in rows(ask(_REPEATED, members=members, limits=_LIMITS))
    ]


# Judgements ----------------------------------------------------------------------------------------------------------

_MERGES: Final = """
SELECT kind, verdict, rule, "by" = 'kg' AS by_rule, count(*) AS judgements, round(avg(score), 6) AS score,
       count(*) / sum(count(*)) OVER (PARTITION BY kind, verdict) AS share
FROM ledger GROUP BY kind, verdict, rule, by_rule ORDER BY kind, verdict, judgements DESC, rule
"""

_FEATURES: Final = """
WITH merges AS (
  SELECT kind, evidence, count(*) OVER (PARTITION BY kind) AS judged FROM ledger WHERE verdict = 'same' AND one = other AND "by" = 'kg'
), seen AS (
  SELECT kind, judged, unnest(map_entries(evidence)) AS feature FROM merges
)
SELECT kind, feature.key AS feature, count(*) AS judgements, count(*) / max(judged) AS share,
       round(avg(TRY_CAST(feature.value AS DOUBLE)), 6) AS weight
FROM seen WHERE regexp_full_match(feature.value, '[+][0-9.]+') AND TRY_CAST(feature.value AS DOUBLE) > 0
GROUP BY kind, feature.key ORDER BY kind, judgements DESC, weight DESC, feature
"""
"""What spoke for merges: a weight is told with its sign, which tells it from numbers of papers."""

_SCORED: Final = """
SELECT kind, verdict, score, count(*) AS judgements FROM ledger WHERE "by" = 'kg' AND verdict <> 'different'
GROUP BY kind, verdict, score ORDER BY kind, verdict, score
"""


def _bands(ledger: pa.Table, ask: Ask) -> list[Row]:
    """Return how many pairs were judged with scores from where on, by kind and verdict."""
    counts: dict[tuple[str, str, float], int] = {}
    for row in rows(ask(_SCORED, ledger=ledger)):
        band = max(start for start in BANDS if start <= row["score"])
        key = row["kind"], row["verdict"], band
        counts[key] = counts.get(key, 0) + row["judgements"]
    return [{"kind": kind, "verdict": verdict, "from": band, "judgements": n} for (kind, verdict, band), n in counts.items()]


_EXPECTED: Final = """
SELECT kind, count(*) FILTER (verdict = 'same' AND one = other) AS same,
       coalesce(round(sum(score) FILTER (verdict = 'same' AND one = other), 6), 0.0) AS right,
       count(*) FILTER (verdict = 'unsure' AND one <> other) AS unsure,
       coalesce(round(sum(score) FILTER (verdict = 'unsure' AND one <> other), 6), 0.0) AS missed,
       count(*) FILTER (verdict = 'same' AND one <> other) AS vetoed
FROM ledger WHERE "by" = 'kg' GROUP BY kind ORDER BY kind
"""

_AMBIGUOUS: Final = """
SELECT min(label) AS name, count(*) AS people, count(*) FILTER (kind = 'ambiguous') AS ambiguous
FROM nodes WHERE kind IN ('person', 'ambiguous')
GROUP BY ordered HAVING count(*) > 1 OR bool_or(kind = 'ambiguous') ORDER BY people DESC, name
"""
"""Names that several people bear, or that could not be divided among people."""

_DECISIONS: Final = """
SELECT kind, verdict, count(*) AS pairs, count(*) FILTER ((verdict = 'same') <> (one = other)) AS not_kept
FROM ledger WHERE "by" <> 'kg' GROUP BY kind, verdict ORDER BY kind, verdict
"""
