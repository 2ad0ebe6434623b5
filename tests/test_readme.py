"""The README is true: what it names exists, and what exists it names."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from pkgutil import iter_modules

import pytest

import kg.cli
from kg.export import exporters
from kg.ontology import load
from kg.store.questions import shipped

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(m.name for m in iter_modules(kg.cli.__path__) if not m.name.startswith("_"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`kg {command} " in README or f"`kg {command}`" in README


def test_every_command_in_the_readme_exists() -> None:
    assert set(re.findall(r"(?:^|[`$ ])kg ([a-z]+) ", README, re.MULTILINE)) - {*COMMANDS, "stands"} == set()


def test_the_readme_lists_the_export_formats() -> None:
    listed = re.search(r"`kg export` writes `([^`]+)`", README)
    assert listed is not None
    assert sorted(listed[1].split()) == sorted(exporters())


def test_the_readme_counts_the_questions_and_the_names() -> None:
    assert f"{len(shipped())} questions ship" in README
    known = [c for c in load().concepts.values() if load().kinds[c.kind].mention_type]
    assert 15_000 < len(known) < 16_000
    assert "more than 15,000 names" in README


def test_the_files_that_the_readme_links_exist() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_nothing_in_the_readme_waits_to_be_filled_in() -> None:
    assert "@@" not in README


def test_the_python_in_the_readme_prints_what_the_readme_says(tmp_path: Path) -> None:
    blocks = re.search(r"```python\n(.*?)```\n\n```\n(.*?)```", README, re.DOTALL)
    assert blocks is not None
    shutil.copytree(ROOT / "exports" / "example" / "papers", tmp_path / "exports" / "example" / "papers")
    run = subprocess.run([sys.executable, "-c", blocks[1]], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout == blocks[2]
