"""How names are found: what makes one setting another, for what is kept of earlier builds."""

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.extract.settings import DEFAULT, Settings

LINE = "name,type\nGravelNet,method\n"


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_fingerprint_follows_what_is_in_the_files_wherever_they_lie(tmp_path: Path) -> None:
    here, there = (written(tmp_path, f"{folder}/my.csv", LINE) for folder in ("a", "b"))
    other = written(tmp_path, "c/my.csv", LINE + "Pebble,dataset\n")
    assert Settings(lexicons=(here,)).fingerprint() == Settings(lexicons=(there,)).fingerprint()
    schemes = (Settings(schemes=(here,)), Settings(schemes=(other,)))
    every = [DEFAULT, Settings(tier="fast"), Settings(lexicons=(here,)), Settings(lexicons=(other,)), *schemes]
    assert len({each.fingerprint() for each in every}) == len(every)


def test_topics_do_not_change_what_names_are_found(tmp_path: Path) -> None:
    scheme = written(tmp_path, "tea.ttl", "")
    assert Settings(schemes=(scheme,)).of_names() == DEFAULT


@pytest.mark.parametrize("also", [{"tier": "fast"}, {"model": "gliner:here"}])
def test_a_convention_goes_with_the_shipped_tagger_alone(also: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=r"^a convention is a part of the shipped tagger: "):
        Settings(convention="dsrec", **also)  # type: ignore[arg-type]
