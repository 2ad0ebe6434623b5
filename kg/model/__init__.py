"""The frozen records that all stages share: what was read, what was found, who is the same, what is said.

Records hold ids, never pointers to parents, so that a row can travel to another process or machine alone.
"""

from kg.model.documents import Document, Field, Problem, Record
from kg.model.graph import Graph
from kg.model.judgements import Judgement
from kg.model.mentions import Candidate, Mention

__all__ = ["Candidate", "Document", "Field", "Graph", "Judgement", "Mention", "Problem", "Record"]
