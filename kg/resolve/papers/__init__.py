"""Which records are one paper.

Evidence is added up as in Fellegi and Sunter (1969): each feature of a pair speaks for or against with a weight in
log-odds, and the sum is a probability. Identifiers, titles, authors, dates, venues, the names that a paper introduces and
its text all speak; none is needed, and what one side lacks is silent. `weights.json` holds the weights;
`kg.resolve.papers.train` learns them from pairs that people have judged.

- `features`: what is looked at in one record;
- `candidates`: which pairs are compared at all;
- `comparison`: what is seen in a pair;
- `model`: what that weighs;
- `decision`: what makes two records one paper, what forbids it, and what people should look at.
"""

from kg.resolve.papers.candidates import candidates
from kg.resolve.papers.decision import CONTESTED, DOUBTFUL, NOTICE, ONE_ABSTRACT, SAME, compare, judge
from kg.resolve.papers.features import TELLING, Features, features, own_title

__all__ = ["CONTESTED", "DOUBTFUL", "NOTICE", "ONE_ABSTRACT", "SAME", "TELLING", "Features", "candidates", "compare", "features", "judge", "own_title"]
