"""The joins between mentions and what was found out of the names in them: SQL texts and the schemas of their answers."""

from typing import Final

import pyarrow as pa

COUNTED: Final = """
SELECT m.type, m.canonical, m.concept, CAST(count(DISTINCT p.entity) AS INTEGER) AS papers,
       CAST(count(DISTINCT CASE WHEN m.role = 'introduces' THEN p.entity END) AS INTEGER) AS introduced
FROM mentions m JOIN papers p ON p.member = m.record
WHERE m.type NOT IN ('person', 'institution')
GROUP BY m.type, m.canonical, m.concept ORDER BY m.type, m.canonical, m.concept
"""
"""Over `mentions` and the identity of `papers`: each name of a thing, and how many papers name and introduce it."""

NAMED: Final = pa.schema([
    ("type", pa.string()), ("canonical", pa.string()), ("concept", pa.string()), ("path", pa.string()), ("entity", pa.string()),
])  # fmt: skip
"""A name, the path that is made of it, and that of the thing which it is a spelling of."""

CLAIMED: Final = """
SELECT n.entity FROM mentions m
JOIN named n ON n.type = m.type AND n.canonical = m.canonical AND n.concept IS NOT DISTINCT FROM m.concept
JOIN papers p ON p.member = m.record
WHERE m.role = 'introduces' AND m.score >= 0.8 AND m.concept IS NULL AND m.canonical NOT LIKE '% %'
GROUP BY n.entity HAVING count(DISTINCT p.entity) > 1 ORDER BY n.entity
"""
"""Over `mentions`, `named` and `papers`: things of one word that several papers introduce."""

CLAIMS: Final = pa.schema([("entity", pa.string())])
"""The answer to `CLAIMED`."""

# One join on the whole key: of two, an engine that knows no sizes might make the one on the type alone first.
DEFINED: Final = """
WITH bare AS (
  SELECT DISTINCT type, text FROM mentions WHERE concept IS NULL AND text = canonical AND text NOT LIKE '% %'
), short AS (
  SELECT DISTINCT record, type, text, canonical, concept FROM mentions
  WHERE canonical LIKE '% %' AND text NOT LIKE '% %' AND "by" LIKE '%acronym%' AND type NOT IN ('person', 'institution')
)
SELECT s.type, s.text, s.canonical, s.concept, s.record FROM short s JOIN bare b ON b.type = s.type AND b.text = s.text
ORDER BY s.type, s.text, s.canonical, s.record
"""
"""Over `mentions`: abbreviations that also stand without a definition, what they are short for, and where that is said."""

DEFINITIONS: Final = pa.schema([("name", pa.string()), ("meant", pa.string()), ("record", pa.string())])
"""An abbreviation and what it is short for, both as paths of things, and a record that says so."""

# A title that begins with a listed name may be about something new of that name.
TAKEN: Final = """
SELECT DISTINCT m.record, n.entity FROM mentions m
JOIN named n ON n.type = m.type AND n.canonical = m.canonical AND n.concept IS NOT DISTINCT FROM m.concept
WHERE m.role = 'introduces' AND m.concept IS NOT NULL AND m.text NOT LIKE '% %'
  AND (regexp_matches(m.text, '[A-Z].*[A-Z]') OR m.field = 'title' AND m.field_start = 0) AND m.type NOT IN ('person', 'institution')
ORDER BY m.record, n.entity
"""
"""Over `mentions` and `named`: records that introduce something by a listed name, written as an abbreviation or at the head of a title."""

PLACES: Final = pa.schema([("record", pa.string()), ("entity", pa.string())])
"""The answer to `TAKEN`."""

CONTEXTS: Final = """
SELECT r.* FROM records r WHERE r.id IN (
  SELECT m.record FROM mentions m
  JOIN named n ON n.type = m.type AND n.canonical = m.canonical AND n.concept IS NOT DISTINCT FROM m.concept
  WHERE n.entity IN (SELECT entity FROM claimed UNION SELECT name FROM defined)
  UNION SELECT record FROM defined UNION SELECT record FROM taken
) ORDER BY r.id
"""
"""Over `records`, `mentions`, `named`, `claimed`, `defined` and `taken`: the records that are looked at."""

_MEANT: Final = [
    ("path", pa.string()), ("to_type", pa.string()), ("to_canonical", pa.string()), ("to_concept", pa.string()),
    ("to_broader", pa.string()),
]  # fmt: skip

EVERYWHERE: Final = pa.schema(_MEANT)
"""What a path stands for wherever it is named; `to_canonical` is null where only `to_broader` is said."""

IN_RECORD: Final = pa.schema([("record", pa.string()), *_MEANT])
"""What a thing's path stands for in one record."""

RENAME: Final = """
SELECT m.record, m.field, m.field_start, m.field_end, m."start", m."end", m.text,
       coalesce(r.to_type, e.to_type, m.type) AS type, coalesce(r.to_canonical, e.to_canonical, m.canonical) AS canonical,
       CASE WHEN r.to_canonical IS NOT NULL THEN r.to_concept WHEN e.to_canonical IS NOT NULL THEN e.to_concept ELSE m.concept END AS concept,
       m.role, m.score,
       CASE WHEN r.to_canonical IS NULL AND e.to_canonical IS NULL OR m."by" LIKE '%+corpus' THEN m."by" ELSE m."by" || '+corpus' END AS "by",
       coalesce(m.broader, e.to_broader) AS broader
FROM mentions m
LEFT JOIN named n ON n.type = m.type AND n.canonical = m.canonical AND n.concept IS NOT DISTINCT FROM m.concept
LEFT JOIN in_record r ON r.record = m.record AND r.path = n.entity
LEFT JOIN everywhere e ON e.path = n.path
ORDER BY m.record, m.field DESC, m.field_start
"""
"""Over `mentions`, `named`, `in_record` and `everywhere`: the mentions under the names of the things that they mean."""
