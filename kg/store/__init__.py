"""The embedded SPARQL store on the disk, its questions, and its checks.

`folder` keeps versions of a build, `database` opens the store, `guard` refuses what could harm, `questions` answers,
`isolation` answers in a process of its own, `shapes`, `vocabulary` and `validate` check what is in it.
"""
