"""Who and what is the same.

`papers`, `people` and `organizations` each look at their members and write judgements: pairs with a verdict,
a score, a rule and the evidence, feature by feature. `cluster` makes entities of the judgements (components of
"same" under the vetoes of "different"), `decisions` turns what people decided into judgements of their own, which
come before all others. `things` learns from all papers together what names mean that no list has. Nothing that was
read is changed: identity is a table that is joined.
"""
