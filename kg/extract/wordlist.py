"""Lists of words as they are easiest to read and to extend: one text, blanks between."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of `text`.

    >>> sorted(word_set("model network"))
    ['model', 'network']
    """
    return frozenset(text.split())
