"""Where the files that ship beside the code are: the ontology and the example corpus.

In a checkout (and an editable install) they are top-level folders; in a wheel they lie inside the package.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _first(*candidates: Path) -> Path:
    for path in candidates:
        if path.is_dir():
            return path
    raise FileNotFoundError(f"the installation of kg is incomplete: {candidates[0]} is missing; reinstall kg")


def ontology_folder() -> Path:
    """Return the folder with one Turtle file per kind of thing."""
    return _first(_PACKAGE / "_ontology", _PACKAGE.parent / "ontology")


def example_folder() -> Path:
    """Return the folder with the shipped example corpus."""
    return _first(_PACKAGE / "_example", _PACKAGE.parent / "exports" / "example" / "papers")
