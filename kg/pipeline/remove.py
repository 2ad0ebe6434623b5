"""Sources taken out of a graph again."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from kg.errors import UsageError
from kg.pipeline.build import inputs, rebuild
from kg.pipeline.corpus import Input
from kg.pipeline.progress import Say, Summary

_SHOWN: Final = 12
"""Names that a message lists."""


def remove(folder: Path, sources: Sequence[str], say: Say) -> Summary:
    """Build again without some of the inputs of the last build: the graph is that of the others alone.

    Args:
        folder: The build folder.
        sources: What to take out: files by the names that the graph has for them, their paths, or the ids of their documents;
            archives and folders for all that is in them.
        say: Where progress is told.

    Raises:
        UsageError: If one of them is not in the graph, or nothing else is.
    """
    there = inputs(folder)
    gone = {each for text in sources for each in _meant(text, there)}
    if not any(each.sha256 for each in there if each not in gone):
        raise UsageError(f"{folder} has no other source; to be rid of the graph, delete the folder")
    return rebuild(folder, say, gone)


def _meant(text: str, there: Sequence[Input]) -> list[Input]:
    """Return the inputs that a text names: by name, document id or path, else those in the archive or folder of that name."""
    path, inside = str(Path(text).expanduser().resolve()), text.rstrip("/") + "/"
    exact = [each for each in there if each.name == text or (each.sha256 and text in {each.sha256, each.sha256[:16]})]
    found = exact or [each for each in there if each.path == path or each.name.startswith(inside) or each.path.startswith(f"{path}/")]
    if found:
        return found
    names = [each.name for each in there]
    near = get_close_matches(text, names, _SHOWN) or sorted(name for name in names if text.lower() in name.lower())
    listed = "\n".join(f"  {name}" for name in (near or names)[:_SHOWN])
    raise UsageError(f"{text!r} is no source of this graph; {'near to it' if near else 'its sources'}:\n{listed}")
