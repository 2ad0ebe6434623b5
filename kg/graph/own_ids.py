"""Which papers of the corpus are cited by the ids that their source gave them: `references: ["53e99784b7602d9701f3e3f6"]`.

In: records, and which paper each is. Out: statements like any other, whose evidence is the id as it stands where it is
cited. An id that no paper here has, or several, makes none. One that may occur anywhere (`17`) counts within its file.
"""

from typing import Final

FOUND: Final = """
WITH told AS (
  SELECT id, document, "by", unnest(fields) AS f FROM records
), ids AS (
  SELECT t.*, coalesce(f.value, document || ' ' || f.text) AS known, i.entity AS paper
  FROM told t JOIN identity i ON i.member = t.id WHERE f.name IN ('own_id', 'cited_own_id')
), called AS (
  SELECT known, min(paper) AS paper FROM ids WHERE f.name = 'own_id' GROUP BY known HAVING count(DISTINCT paper) = 1
)
SELECT DISTINCT c.id AS subject, 'cito:cites' AS predicate, d.paper AS object, 'entity' AS datatype, c.document, c.id AS record, c.f.name AS field,
       c.f.line, c.f."start", c.f."end", 0 AS field_start, CAST(length(c.f.text) AS INTEGER) AS field_end, '' AS before, c.f.text AS quote,
       '' AS after, c."by", CAST(1.0 AS DOUBLE) AS score
FROM ids c JOIN called d ON d.known = c.known
WHERE c.f.name = 'cited_own_id' AND c.paper <> d.paper
ORDER BY record, c.f.line, c.f."start", object, quote
"""
"""Over `records` and `identity`: statements (`STATEMENTS`) that a paper cites another."""
