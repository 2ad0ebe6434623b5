"""`kg`: from the papers you have to a knowledge graph you can query, see and trust.

Two functions are all that a notebook needs; everything else is a stage of its own package.

    import kg
    kg.build(["papers/"], "graph")
    graph = kg.open("graph")
    graph.query("SELECT ?title { ?paper a kg:Paper ; dcterms:title ?title }")

Importing `kg` is cheap: engines, stores and drawing libraries load when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import build, open  # noqa: A004

__all__ = ["__version__", "build", "open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load `build` and `open` on first use (PEP 562), so that `import kg` stays cheap."""
    if name in {"build", "open"}:
        return getattr(import_module("kg.api"), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
