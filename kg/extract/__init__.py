"""Extractors: one file per way of finding names in text, found by its name.

An extractor is a module with

    kinds: tuple[MentionType, ...]                     the types it can find
    extract(text: str) -> Iterator[Candidate]          spans in this text; `text[start:end]` is the name

`extract_record` runs them over a record's title and abstract, settles overlaps, gives each name its
canonical form and role, and yields mentions.
"""
