"""Files read one by one, for the commands that print what was read."""

from collections.abc import Iterator, Sequence

from kg import sources
from kg.cli._output import say
from kg.engine.inputs import find
from kg.errors import InputError
from kg.model import Document, Problem, Record


def read(paths: Sequence[str], kind: str = "paper") -> Iterator[tuple[Document, Record]]:
    """Yield the records of files; problems are told on standard error.

    Raises:
        InputError: If no file could be read at all.
    """
    readable = False
    for source in find(paths):
        data = source.read()
        document = data if isinstance(data, Problem) else sources.decode(data, source.name)
        if isinstance(document, Problem):
            say(f"{document.severity}: {document}")
            continue
        for item in sources.read(document):
            if isinstance(item, Problem):
                say(f"{item.severity}: {item}")
                readable = readable or item.severity == "warning"
            else:
                readable = True
                if item.kind == kind:
                    yield document, item
    if not readable:
        raise InputError("nothing in the input could be read")
