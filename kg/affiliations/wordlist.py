"""Lists of words, as they are written in this package."""


def word_set(text: str) -> frozenset[str]:
    """Return the words that blanks part.

    >>> sorted(word_set("hat cap"))
    ['cap', 'hat']
    """
    return frozenset(text.split())
