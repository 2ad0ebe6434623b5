"""A newcomer's file is found by its name, in the tree or registered by another package; and so is what ships."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import resources
from kg.errors import UsageError
from kg.plugins import discover


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder of a package `plugged` that can be imported."""
    folder = tmp_path / "plugged"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    discover.cache_clear()
    yield folder
    discover.cache_clear()
    for name in [name for name in sys.modules if name.split(".")[0] in {"plugged", "elsewhere"}]:
        del sys.modules[name]


def test_modules_with_the_functions_are_found_in_order(package: Path) -> None:
    (package / "zebra.py").write_text("def sniff(): ...\ndef read(): return 1\n")
    (package / "ant.py").write_text("def sniff(): ...\ndef read(): return 2\n")
    (package / "half.py").write_text("def sniff(): ...\n")
    found = discover("plugged", "sniff", "read")
    assert list(found) == ["ant", "zebra"]
    assert [module.read() for module in found.values()] == [2, 1]


def register(package: Path, points: str, code: str) -> None:
    """Install a package `elsewhere` beside `plugged`: its entry points for it, and its one module."""
    (package.parent / "elsewhere.py").write_text(code)
    info = package.parent / "elsewhere-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: elsewhere\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[plugged]\n{points}\n")


def test_another_package_registers_by_entry_point(package: Path) -> None:
    (package / "zebra.py").write_text("def read(): return 'from here'\n")
    register(package, "far = elsewhere", "def read(): return 'from elsewhere'\n")
    assert {name: module.read() for name, module in discover("plugged", "read").items()} == {"far": "from elsewhere", "zebra": "from here"}


@pytest.mark.parametrize(
    ("points", "code", "told"),
    [
        ("far = elsewhere", "import nothing_of_that_name", r"'far' \(elsewhere\) for plugged: cannot be loaded \(ModuleNotFoundError: .*; repair or uninstall it"),
        ("far = elsewhere", "raise RuntimeError('boom')", r"cannot be loaded \(RuntimeError: boom\)"),
        ("far = elsewhere", "raise SystemExit(3)", r"cannot be loaded \(SystemExit: 3\)"),
        ("far = elsewhere:reader", "def read(): ...", r"cannot be loaded \(AttributeError: "),
        ("far = elsewhere", "def raed(): ...", r"has no sniff and no read; see the documentation of plugged"),
        ("ant = elsewhere", "def sniff(): ...\ndef read(): ...", r"there is a 'ant' already; give it another name"),
        ("_shared = elsewhere", "def sniff(): ...\ndef read(): ...", r"there is a '_shared' already"),
    ],
)  # fmt: skip
def test_what_another_package_registers_wrongly_is_told_with_its_name(package: Path, points: str, code: str, told: str) -> None:
    (package / "ant.py").write_text("def sniff(): ...\ndef read(): ...\n")
    (package / "_shared.py").touch()
    register(package, points, code)
    with pytest.raises(UsageError, match=f"^elsewhere registers .*{told}"):
        discover("plugged", "sniff", "read")


def test_a_package_without_plugins_has_none(package: Path) -> None:
    assert package.is_dir()
    assert discover("plugged", "read") == {}


def test_what_ships_is_there() -> None:
    assert (resources.ontology_folder() / "paper.ttl").is_file()
    assert resources.example_folder().is_dir()


def test_an_incomplete_installation_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"incomplete.*reinstall"):
        resources._first(tmp_path / "missing", tmp_path / "missing too")
