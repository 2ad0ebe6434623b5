"""How a newcomer's file is found: by its name in the package, or by an entry point of the same name.

`kg.sources`, `kg.fetch`, `kg.extract`, `kg.extract.backends`, `kg.export` and `kg.analysis` each hold one file per idea.
There is no list to edit: a module in the folder that has the functions asked for *is* the plugin. Packages outside the
tree register theirs under the entry-point group of the same name:

    [project.entry-points."kg.sources"]
    pebbles = "kg_pebbles.reader"
"""

from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pkgutil import iter_modules
from types import ModuleType

from kg.errors import UsageError


@cache
def discover(package: str, *functions: str) -> dict[str, ModuleType]:
    """Return the modules of `package` that define all `functions`, by name, in alphabetical order.

    >>> sorted(discover("kg.sources", "sniff", "read"))[:1]
    ['abstract_list']

    Raises:
        UsageError: If a module that another package registers cannot be loaded, is incomplete, or has a name that is taken.
    """
    home = import_module(package)
    modules = {name: import_module(f"{package}.{name}") for _, name, _ in iter_modules(home.__path__)}
    found = {name: module for name, module in modules.items() if all(hasattr(module, each) for each in functions)}
    for point in entry_points(group=package):
        if point.name in modules:
            raise UsageError(f"{_told(point)}: there is a {point.name!r} already; give it another name")
        found[point.name] = modules[point.name] = _registered(point, functions)
    return dict(sorted(found.items()))


def _registered(point: EntryPoint, functions: tuple[str, ...]) -> ModuleType:
    """Return the module that another package registers."""
    try:
        module: ModuleType = point.load()
    except (Exception, SystemExit) as error:  # code of others may fail in any way
        raise UsageError(f"{_told(point)}: cannot be loaded ({type(error).__name__}: {error}); repair or uninstall it") from error
    if missing := [each for each in functions if not hasattr(module, each)]:
        raise UsageError(f"{_told(point)}: has no {' and no '.join(missing)}; see the documentation of {point.group}")
    return module


def _told(point: EntryPoint) -> str:
    """Return what is registered where, and by which package, for a person who has to repair it."""
    package = point.dist.name if point.dist else "a package"
    return f"{package} registers {point.name!r} ({point.value}) for {point.group}"
