"""What an affiliation string says: which organisations, which units of them, and where.

`parse` reads one string by itself: it knows what words mean (university, Dept., GmbH, Institut für), the names of
places, and the organisations that the ontology lists. Who is who among names that no list has is learned from all
strings together, in `kg.resolve.organizations`.
"""

from kg.affiliations.parse import Part, parse

__all__ = ["Part", "parse"]
