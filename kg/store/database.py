"""The embedded SPARQL store: Oxigraph on the disk, in the build folder, with no server."""

from pathlib import Path

import pyoxigraph as ox

from kg.errors import BuildError


def load_store(place: Path, quads: Path) -> None:
    """Make a store in the folder `place` from an N-Quads file."""
    store = ox.Store(str(place))
    store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
    store.flush()
    store.optimize()


def open_store(place: Path) -> ox.Store:
    """Open a store for reading.

    Raises:
        BuildError: If it is missing or damaged.
    """
    try:
        return ox.Store.read_only(str(place))
    except OSError as error:
        raise BuildError(f"{place}: the store cannot be opened: {error}; build the graph again") from error
