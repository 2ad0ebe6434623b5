"""How a newcomer's file is found: by its name in the package, or by an entry point of the same name.

`kg.sources`, `kg.extract`, `kg.export` and `kg.analysis` each hold one file per idea. There is no list to
edit: a module in the folder that has the functions asked for *is* the plugin. Packages outside the tree
register under the entry-point group of the same name (`[project.entry-points."kg.sources"]`).
"""

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from types import ModuleType


@cache
def discover(package: str, *functions: str) -> dict[str, ModuleType]:
    """Return the modules of `package` that define all `functions`, by name, in alphabetical order.

    >>> sorted(discover("kg.sources", "sniff", "read"))[:1]
    ['abstract_list']
    """
    home = import_module(package)
    found = {name: import_module(f"{package}.{name}") for _, name, _ in iter_modules(home.__path__)}
    found |= {point.name: point.load() for point in entry_points(group=package)}
    return {
        name: module
        for name, module in sorted(found.items())
        if all(hasattr(module, function) for function in functions)
    }
