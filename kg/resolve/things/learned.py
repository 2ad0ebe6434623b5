"""Which named things are the same across papers, where the ontology does not know them: names that the corpus teaches.

Two things are learned from all papers together, and joined with the mentions of each:

* **Types.** A paper that introduces a name knows best what it is. Where exactly one type is told so, or, without such
  a paper, where nearly all papers agree, mentions of that name with little evidence of their own take that type. Names
  of up to four capitals are left out: several things bear them.
* **Abbreviations.** Where all papers of the corpus that define an abbreviation define it alike, and no paper introduces
  something under the bare short name, papers that use it undefined mean the same; of three letters, at least two papers
  have to define it. An abbreviation that the ontology or a person's own list knows is not learned: its context has to
  speak for it.

All is joins and counts, so that the order of papers does not matter.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pyarrow as pa

from kg.ontology import Ontology
from kg.text import distinct_slug, squeeze

Row = dict[str, Any]

_SHORT: Final = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z][A-Za-z0-9+.-]{2,14}")
"""An abbreviation: one word of three to fifteen characters with two capitals."""

_BRIEF: Final = 4
"""An acronym of up to so many letters is that of several things."""

_PLURAL: Final = re.compile(r"(?<=[A-Z])s$")
_SHAPED: Final = re.compile(r"[A-Z].*[A-Z0-9]|[a-z0-9].*[A-Z]")
"""A word with capitals inside, or with capitals and digits."""

NAMES: Final = "SELECT DISTINCT canonical, text FROM mentions WHERE concept IS NULL OR text <> canonical"
"""The names that `keys` makes keys of."""

KEYS: Final = pa.schema([("name", pa.string()), ("key", pa.string()), ("proper", pa.bool_()), ("short", pa.bool_())])
"""A name; its key, which is the same for spellings of one name; whether it is a proper name; whether an abbreviation."""

NAMED: Final = pa.schema([
    ("record", pa.string()), ("key", pa.string()), ("type", pa.string()), ("score", pa.float64()), ("new", pa.bool_()),
    ("proper", pa.bool_()),
])  # fmt: skip
"""What one record says of a name that no list has: a type, its best evidence for it, and whether it introduces the thing."""

TYPES: Final = pa.schema([("key", pa.string()), ("type", pa.string()), ("score", pa.float64())])
"""The type that the corpus teaches for a name."""

LONG_FORMS: Final = pa.schema([
    ("key", pa.string()), ("type", pa.string()), ("long", pa.string()), ("canonical", pa.string()), ("concept", pa.string()),
    ("papers", pa.int32()),
])  # fmt: skip
"""What an abbreviation means throughout the corpus: type, key and canonical name, concept, and how many papers define it."""

JOINED: Final = pa.schema([("key", pa.string()), ("short", pa.string()), ("papers", pa.int32())])
"""An abbreviation that was joined with its long form: how it is written, and in how many papers it stands undefined."""


def keys(rows: Iterable[Mapping[str, str]], known: Ontology) -> Iterator[Row]:
    """Yield the keys of names; an abbreviation that is in a list of names already is none here.

    Args:
        rows: The answer to `NAMES`.
        known: What the ontology and a person's own lists know.
    """
    listed = {distinct_slug(label.text) for concept in known.concepts.values() for label in concept.labels}
    seen: set[str] = set()
    for row in rows:
        for name in {row["canonical"], row["text"]} - seen:
            seen.add(name)
            stem = _PLURAL.sub("", squeeze(name))
            key = distinct_slug(stem)
            yield {"name": name, "key": key, "proper": _is_proper(stem), "short": _is_short(stem) and key not in listed}


def _is_proper(name: str) -> bool:
    """Tell whether a name is a proper one: a word with inner capitals, or one capitalised word; no short acronym.

    >>> [_is_proper(name) for name in ("FooNet", "Walnut", "graph network", "Deep FooNet", "Deep Networks", "FN")]
    [True, True, False, True, False, False]
    """
    if name.isupper() and len(name) <= _BRIEF:
        return False
    words = name.split()
    return any(_SHAPED.search(word) for word in words) or (len(words) == 1 and name[:1].isupper())


def _is_short(name: str) -> bool:
    return _SHORT.fullmatch(name) is not None


NAME: Final = """
SELECT m.record, k.key, m.type, max(m.score) AS score, bool_or(m.role = 'introduces') AS new, bool_or(k.proper) AS proper
FROM mentions m JOIN keys k ON k.name = m.canonical
WHERE m.concept IS NULL AND m.type NOT IN ('person', 'institution')
GROUP BY m.record, k.key, m.type
"""
"""Over `mentions` and `keys`: the answer is `NAMED`."""

LEARN_TYPES: Final = """
WITH introduced AS (
  SELECT key, min(type) AS type, max(score) AS score FROM named WHERE new AND proper
  GROUP BY key HAVING count(DISTINCT type) = 1
), counted AS (
  SELECT key, type, count(*) AS papers, max(score) AS score FROM named WHERE proper GROUP BY key, type
), agreed AS (
  SELECT c.key, c.type, c.score FROM counted c
  JOIN (SELECT key, sum(papers) AS papers FROM counted GROUP BY key) whole ON whole.key = c.key
  WHERE c.papers >= 3 AND 4 * c.papers >= 3 * whole.papers
    AND c.key NOT IN (SELECT key FROM named WHERE new)
)
SELECT key, type, score FROM introduced UNION ALL SELECT key, type, score FROM agreed ORDER BY key
"""
"""Over `named`: the answer is `TYPES`. Without an introduction, three papers and three quarters have to agree."""

LEARN_LONG_FORMS: Final = """
WITH defined AS (
  SELECT short.key, m.type, long.key AS long, m.canonical, m.concept, m.record
  FROM mentions m
  JOIN keys short ON short.name = m.text AND short.short
  LEFT JOIN keys long ON long.name = m.canonical
  WHERE m.canonical LIKE '% %' AND m.type NOT IN ('person', 'institution')
), meant AS (
  SELECT key, min(type) AS type, coalesce(min(concept), min(long)) AS long, min(canonical) AS canonical, min(concept) AS concept,
         count(DISTINCT record) AS papers
  FROM defined GROUP BY key
  HAVING count(DISTINCT type) = 1 AND count(DISTINCT coalesce(concept, long)) = 1
     AND (length(key) > 3 OR count(DISTINCT record) > 1)
)
SELECT key, type, long, canonical, concept, CAST(papers AS INTEGER) AS papers FROM meant
WHERE long <> key AND key NOT IN (SELECT key FROM named WHERE new)
ORDER BY key
"""
"""Over `mentions`, `keys` and `named`: the answer is `LONG_FORMS`. What has three letters has to be defined twice."""

LINK: Final = """
WITH learned AS (
  SELECT m.*, l.type AS long_type, l.canonical AS long_form, l.concept AS long_concept,
         CASE WHEN t.type <> m.type AND o.score < 0.75 AND o.score < t.score THEN t.type END AS taught
  FROM mentions m
  LEFT JOIN keys k ON k.name = m.canonical AND m.concept IS NULL
  LEFT JOIN named o ON o.record = m.record AND o.key = k.key AND o.type = m.type
  LEFT JOIN types t ON t.key = k.key
  LEFT JOIN long_forms l ON l.key = k.key AND k.short AND m.type NOT IN ('person', 'institution')
       AND (l.type = m.type OR o.score < 0.75)
)
SELECT record, field, field_start, field_end, "start", "end", text,
       coalesce(long_type, taught, type) AS type, coalesce(long_form, canonical) AS canonical,
       coalesce(long_concept, concept) AS concept, role, score,
       CASE WHEN long_form IS NOT NULL OR taught IS NOT NULL THEN "by" || '+corpus' ELSE "by" END AS "by", broader
FROM learned ORDER BY record, field DESC, field_start
"""
"""Over `mentions`, `keys`, `named`, `types` and `long_forms`: the mentions with what was learned; `by` says where that is so.

Evidence of its own below 0.75, such as the mere shape of a name, gives way.
"""

JOIN: Final = """
SELECT l.key, min(m.text) AS short, CAST(count(DISTINCT m.record) AS INTEGER) AS papers
FROM linked m JOIN keys k ON k.name = m.text JOIN long_forms l ON l.key = k.key AND l.canonical = m.canonical
WHERE m."by" LIKE '%+corpus' GROUP BY l.key ORDER BY l.key
"""
"""Over `linked`, `keys` and `long_forms`: the answer is `JOINED`."""
