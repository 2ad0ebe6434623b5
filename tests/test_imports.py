"""Importing `kg` is cheap: what is heavy loads when it is first used."""

import subprocess
import sys

import pytest

import kg
from kg.errors import BuildError, InputError, KgError, QueryError, UsageError

HEAVY = ("duckdb", "matplotlib", "networkx", "pandas", "pyarrow", "pyoxigraph", "pyvis", "rdflib")


def loaded_after(code: str) -> set[str]:
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"], check=True, capture_output=True, text=True
    ).stdout
    return set(told.split())


def test_importing_kg_loads_nothing_heavy() -> None:
    loaded = loaded_after("import kg; kg.__version__")
    assert "kg" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_a_command_that_asks_loads_nothing_of_what_builds() -> None:
    asking = ("why", "query", "topics", "coauthors", "results", "disagreements", "stats", "problems", "verify", "decisions", "review")
    loaded = loaded_after(f"from kg.cli import cli\nfor name in {asking}: cli.get_command(None, name)")
    assert "kg.pipeline.opened" in loaded
    assert loaded.isdisjoint({"matplotlib", "networkx", "rdflib", "kg.pipeline.build", "kg.pipeline.corpus", "kg.explorer.places"})


def test_build_and_open_come_with_first_use() -> None:
    assert "kg.api" in loaded_after("import kg; kg.build")
    assert kg.build.__module__ == kg.open.__module__ == "kg.api"
    assert set(kg.__all__) <= {*dir(kg), "build", "open"}


def test_what_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_such"):
        kg.nothing_such  # noqa: B018


def test_errors_are_one_tree_with_exit_codes() -> None:
    assert {error: error.exit_code for error in (UsageError, InputError, BuildError, QueryError)} == {
        UsageError: 2, InputError: 2, BuildError: 1, QueryError: 2,
    }  # fmt: skip
    assert all(issubclass(error, KgError) for error in (UsageError, InputError, BuildError, QueryError))
