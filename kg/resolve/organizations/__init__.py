"""Which affiliation strings name one organisation.

Each string is parsed by itself (`kg.affiliations`); here its organisations are compared with those of all others.
A string's first organisation has the member of the string (`doc/3#affiliation/2`), the second `doc/3#affiliation/2/1`,
and so on. One spelling is judged once, however often it is printed: that equal spellings are one needs no judgement.

What makes two spellings one, surest first: the identifier that the source gives; a name that the ontology or a
registry lists, where the country agrees; the same words, but for abbreviations and translations; an acronym that the
corpus itself explains ("Polis University (PU)"); a typing error in one word that nobody else prints.
"""

from kg.resolve.organizations.judging import Target, judge, targets
from kg.resolve.organizations.spellings import Affiliation, Spelling, spellings

__all__ = ["Affiliation", "Spelling", "Target", "judge", "spellings", "targets"]
