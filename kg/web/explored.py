"""The graph of a build folder as routes of a server: its page, and the data that the page asks for.

What is shown stays whole whatever is built meanwhile: the page names its version wherever it asks for data, so that a page
that is still open never mixes two graphs. The next reload shows the new one.
"""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import Final

from kg.errors import BuildError
from kg.explorer.page import served
from kg.pipeline.opened import Opened, open_build
from kg.store import folder as folders
from kg.web.server import NOTHING, Request, Resource, Response, Route, plain

_POLICY: Final = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')

_HEAD: Final = 4096
"""Bytes in which the page states its policy."""

_KEPT: Final = 2
"""Versions whose data is still served: the current one, and the one before it, which a page may still show."""


@dataclass(frozen=True, slots=True)
class _Edition:
    """One version of the graph, ready to be served.

    Attributes:
        opened: The version, which no build removes as long as this refers to it.
        page: The page.
        data: What the page asks for, by path.
    """

    opened: Opened
    page: Resource
    data: Mapping[str, Resource]


@dataclass(slots=True)
class Explored:
    """The graph in a folder, as it is shown; `routes` answer from several threads.

    Attributes:
        folder: The build folder.
    """

    folder: Path
    _editions: dict[str, _Edition] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def routes(self) -> dict[str, Route]:
        """Return the routes: the page at `/`, its data at `/data/VERSION/NAME`."""
        return {"/": self._page, "/data/": self._data}

    def prepare(self) -> None:
        """Make the current version ready now, so that the first reader does not wait for it.

        Raises:
            BuildError: If there is no graph in the folder, or it is damaged.
        """
        self._current()

    def _page(self, _: Request) -> Response:
        return Response(self._current().page)

    def _data(self, request: Request) -> Response:
        edition = self._editions.get(request.rest.partition("/")[0])
        if edition is None:
            return plain(HTTPStatus.GONE, "this version of the graph is no longer served; reload the page")
        found = edition.data.get(request.path)
        return plain(HTTPStatus.NOT_FOUND) if found is None else Response(found)

    def _current(self) -> _Edition:
        """Return the current version; the one that is shown if there is none any more."""
        with self._lock:
            try:
                now = folders.current(self.folder).name
            except BuildError:
                if not self._editions:
                    raise
                now = next(reversed(self._editions))
            if now not in self._editions:
                opened = open_build(self.folder)
                now = opened.version.name
                self._editions = dict([*self._editions.items(), (now, _edition(opened))][-_KEPT:])
            return self._editions[now]


def _edition(opened: Opened) -> _Edition:
    """Return a version as it is served."""
    made = served(opened.graph(), f"data/{opened.version.name}")
    page = made.pop("index.html").data
    stated = _POLICY.search(page[:_HEAD].decode("utf-8", "replace"))
    policy = unescape(stated[1]) if stated else NOTHING
    shown = Resource("text/html; charset=utf-8", gzip.compress(page, mtime=0), "gzip", policy)
    return _Edition(opened, shown, {f"/{path}": Resource(*each) for path, each in made.items()})
