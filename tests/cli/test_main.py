"""The command line as a whole: help, errors in words, exit codes, output that a pipe can close."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import kg as package
from kg.cli import cli
from tests.command import kg, process, start

COMMANDS = sorted(path.stem for path in (Path(package.__file__).parent / "cli").glob("[!_]*.py"))

PROMISED = {
    "build", "coauthors", "demo", "export", "extract", "identity", "merge", "problems", "query", "read", "split", "stats",
    "validate", "verify", "why",
}  # fmt: skip


def test_all_commands_are_there() -> None:
    assert set(COMMANDS) >= PROMISED
    told = kg("--help")
    assert told.code == 0
    sections = re.findall(r"^(\w+):\n((?:  .*\n)+)", told.out, re.MULTILINE)
    listed = {name: re.findall(r"^  (\w+)  ", lines, re.MULTILINE) for name, lines in sections if name != "Options"}
    assert list(listed) == ["Build", "Ask", "See", "Decide", "Check", "Read"]
    assert sorted(name for names in listed.values() for name in names) == COMMANDS
    assert all(names == sorted(names) for names in listed.values())


def test_the_list_of_commands_says_what_each_does() -> None:
    said = " ".join(kg("--help").out.split())
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        assert command.help is not None
        assert f" {name} {' '.join(command.help.split()).partition('. ')[0].removesuffix('.')}" in said


def test_to_list_the_commands_loads_none_of_them() -> None:
    code = "import sys; from kg.cli import cli; cli(['--help'], standalone_mode=False); sys.exit(str([m for m in sys.modules if m[:7] == 'kg.cli.']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help(name: str) -> None:
    told = kg(name, "--help")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(f"Usage: kg {name} ")
    assert len(told.out.split("\n\n")[1].strip()) > 20
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_the_version() -> None:
    assert kg("--version").out == f"kg, version {package.__version__}\n"


def test_the_console_script_is_installed() -> None:
    script = Path(sys.executable).with_name("kg")
    if not script.is_file():
        pytest.skip("kg is not installed beside this Python")
    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("kg, version ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nonsense"], "No such command 'nonsense'."), (["bulid"], "No such command 'bulid'. Did you mean build?"), (["build"], "Missing argument 'PATHS...'"), (["build", "x"], "Missing option '--out'"),
        (["query"], "Missing argument 'FOLDER'"), (["build", "x", "--out", "y", "--engine", "cloud"], "there is no engine 'cloud'"),
        (["build", "x", "--out", "y", "--workers", "0"], "0 is not in the range"), (["build", "missing", "--out", "y"], "missing: no such file"),
        (["coauthors", "y", "--since", "2020"], "No such option '--since'.\n"), (["coauthors", "y", "--jsn"], "'--jsn'. Did you mean '--json'?"),
        (["build", "", "--out", "y"], "'' is no path"), (["read", "missing"], "missing: no such file"), (["--nonsense"], "No such option"),
        (["build", "x", "--out", "y", "--base-iri", "nonsense"], "'nonsense' is no base IRI; give one"),
        (["build", "x", "--out", "y", "--base-iri", "https://example.org/id"], "it ends in / or #, as https://example.org/id/ does"),
        (["decisions", "y", "--add", "missing.csv"], "missing.csv: cannot be opened: No such file"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_with_exit_code_2(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = kg(*arguments)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "DIR", "papers"], ["why", "DIR", "x"], ["export", "DIR", "--format", "turtle"], ["identity", "DIR"], ["coauthors", "DIR"],
        ["stats", "DIR"], ["problems", "DIR"], ["verify", "DIR"], ["validate", "DIR"], ["merge", "DIR", "a", "b"], ["split", "DIR", "a", "b"],
        ["merge", "DIR", "--undo"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("there", [True, False])
def test_a_folder_without_a_graph(arguments: list[str], there: bool, tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    if there:
        folder.mkdir()
    done = kg(*(str(folder) if argument == "DIR" else argument for argument in arguments))
    assert done.code in {1, 2}
    assert done.out == ""
    assert str(folder) in done.err
    assert "there is no graph here" in done.err or "nothing was decided" in done.err


def test_control_characters_do_not_reach_the_terminal() -> None:
    done = kg("build", "no\x1b[31msuch\u202e", "--out", "x")
    assert done.code == 2
    assert "\x1b" not in done.err
    assert "\\x1b[31m" in done.err
    assert "\\u202e" in done.err


def test_output_that_nobody_reads_any_more(example_graph: Path) -> None:
    child = start("export", example_graph, "--format", "nquads")
    assert child.stdout
    assert child.stderr
    assert child.stdout.read(10)
    child.stdout.close()
    told = child.stderr.read().decode()
    assert (child.wait(timeout=60), told) == (0, "")
    child.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["stats"], ["export", "--format", "nquads"], ["query", "papers", "--format", "csv"]])
def test_a_full_disk_is_told(arguments: list[str], small_graph: Path) -> None:
    command, *rest = arguments
    with Path("/dev/full").open("wb") as full:
        child = start(command, small_graph, *rest, stdout=full)
        told = child.communicate(timeout=60)[1].decode()
    assert child.returncode == 1
    assert told == "kg: No space left on device\n"


def test_a_folder_in_the_place_of_a_file_is_named(small_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    done = kg("export", small_graph, "--format", "csv", "-o", tmp_path / "taken")
    assert done.code == 2
    assert f"{tmp_path / 'taken'}: " in done.err
    assert ".part" not in done.err


def test_output_is_utf8_whatever_the_locale(example_graph: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = process("identity", example_graph, "--kind", "person", environment=plain)
    assert done.code == 0
    assert "Çaglar Gülçehre" in done.out


def test_python_m_kg_is_kg() -> None:
    done = process("--version", cwd=Path(os.sep))
    assert done.out.startswith("kg, version ")
