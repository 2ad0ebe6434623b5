"""Files read one by one, for the commands that print what was read."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kg import sources
from kg.cli._output import say
from kg.engine.inputs import Reading, Source, find_all
from kg.errors import InputError, KgError
from kg.model import Document, Problem, Record


def read(paths: Sequence[str], reading: Reading, kind: str = "paper") -> Iterator[tuple[Document, Record]]:
    """Yield the records of files as they are read; problems are told on standard error.

    Raises:
        InputError: If no file could be read at all.
        KgError: At the end, if a file turned out unreadable when records of it had been yielded.
    """
    readable, broken = False, []
    with TemporaryDirectory(prefix="kg-") as spool:
        found = find_all(paths, Path(spool))
        for problem in found.problems:
            readable |= _tell(problem)
        for source in found.sources:
            yielded = False
            try:
                document = _examined(source, reading)
                if isinstance(document, Problem):
                    readable |= _tell(document)
                    continue
                for item in sources.whole(document):
                    if isinstance(item, Problem):
                        readable |= _tell(item)
                    else:
                        readable = True
                        if item.kind == kind:
                            yielded = True
                            yield document, item
            except Exception as error:  # noqa: BLE001 - a fault of ours costs one file, not the others
                from kg.pipeline.stages import fault_of  # noqa: PLC0415 - seldom needed, and slow to load

                _tell(fault_of(source.name, error))
                if yielded:
                    broken.append(source.name)
    if broken:
        raise KgError(f"not read to the end: {', '.join(broken)}; what was printed of it is not to be relied on")
    if not readable:
        raise InputError("nothing in the input could be read")


def _examined(source: Source, reading: Reading) -> Document | Problem:
    return sources.examine(source.open, source.name, reading.encoding, dict(reading.columns))


def _tell(problem: Problem) -> bool:
    """Tell a problem, and return whether the part that it is about was read all the same."""
    say(f"{problem.severity}: {problem}")
    return problem.severity == "warning"
