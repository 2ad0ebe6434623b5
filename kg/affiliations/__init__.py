"""What an affiliation string says: which organisations, which units of them, and where.

`parse` and `organizations` read one string by itself: they know what words mean (university, Dept., GmbH, Institut für), the names of
places, and the organisations that the ontology lists. Who is who among names that no list has is learned from all
strings together, in `kg.resolve.organizations`.
"""

from kg.affiliations.parse import Part, organizations, parse

__all__ = ["Part", "organizations", "parse"]
