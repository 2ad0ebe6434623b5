"""Which named things (methods, data, tasks, metrics, software) are the same across papers, where no list knows them.

`learned` has the types and abbreviations that all papers together teach, `spellings` what is written for one name and
which things are versions of others, `homonyms` the names that several papers gave to different things, and `joins` the
way from there back to the mentions.
"""
