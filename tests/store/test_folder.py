"""A build folder: the old graph or the new one, never half of one, and nothing of anybody else's touched."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BuildError
from kg.store import folder as folders

ONE, TWO = "1" * 16, "2" * 16


def publish(home: Path, version: str, **files: str) -> Path:
    with folders.staging(home) as place:
        for name, text in files.items():
            (place / name.replace("_", ".")).write_text(text, encoding="utf-8")
        return folders.publish(home, place, version)


def visible(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir())


def test_no_graph_here(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="there is no graph here"):
        folders.current(tmp_path / "missing")
    with pytest.raises(BuildError, match="there is no graph here"):
        folders.held(tmp_path)


def test_a_published_version_is_current_and_whole(tmp_path: Path) -> None:
    target = publish(tmp_path, ONE, graph_html="<p>", graph_nq="")
    assert folders.current(tmp_path) == target
    assert folders.damages(tmp_path) == []
    assert (tmp_path / "graph.html").read_text() == "<p>"
    assert visible(tmp_path) == ["current", "graph.html", f"v-{ONE}"]


def test_hashes_that_are_known_are_not_made_again(tmp_path: Path) -> None:
    with folders.staging(tmp_path) as place:
        for name in ("graph.nq", "graph.ttl"):
            (place / name).write_text(name, encoding="utf-8")
        known = folders.digests([place / "graph.nq"])
        (place / "graph.nq").write_text("GRAPH.NQ", encoding="utf-8")
        folders.publish(tmp_path, place, ONE, known=known)
    assert [line.rpartition("/")[2] for line in folders.damages(tmp_path)] == ["graph.nq: its content has changed"]


def test_a_new_version_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    publish(tmp_path, ONE, graph_html="old", graph_ttl="old")
    publish(tmp_path, TWO, graph_html="new")
    assert (tmp_path / "graph.html").read_text() == "new"
    assert visible(tmp_path) == ["current", "graph.html", f"v-{TWO}"]


def test_the_same_version_can_be_published_again(tmp_path: Path) -> None:
    publish(tmp_path, ONE, graph_nq="a")
    again = publish(tmp_path, ONE, graph_nq="b")
    assert (folders.current(tmp_path) / "graph.nq").read_text() == "b"
    assert visible(tmp_path) == ["current", again.name]


def test_a_version_that_is_being_read_stays_until_it_is_let_go(tmp_path: Path) -> None:
    publish(tmp_path, ONE, graph_nq="old")
    version, handle = folders.held(tmp_path)
    publish(tmp_path, TWO, graph_nq="new")
    assert (version / "graph.nq").read_text() == "old"
    assert folders.intact(version, "graph.nq") == version / "graph.nq"
    os.close(handle)
    folders.tidy(tmp_path)
    assert not version.exists()


def test_staging_leaves_nothing_behind(tmp_path: Path) -> None:
    with folders.staging(tmp_path) as place:
        (place / "half").write_text("a")
        assert visible(tmp_path) == [place.name]
    assert visible(tmp_path) == []


def test_sweep_takes_away_only_what_stopped_builds_have_left(tmp_path: Path) -> None:
    (tmp_path / ".new-abcd_123").mkdir()
    (tmp_path / ".new-abcd_123" / "graph.nq").write_text("half")
    (tmp_path / ".current.part").symlink_to("v-x")
    (tmp_path / ".decisions.csv.a1b2c3d4.part").write_text("half")
    kept = [".new-year-resolutions", ".bashrc", "v-2", "thesis.part", "v-model.txt"]
    for name in kept:
        (tmp_path / name).write_text("precious")
    folders.sweep(tmp_path)
    assert visible(tmp_path) == sorted(kept)


def test_other_peoples_files_survive_a_build(tmp_path: Path) -> None:
    (tmp_path / "v-2").mkdir()
    (tmp_path / "v-2" / "thesis.tex").write_text("precious")
    (tmp_path / "graph.html").write_text("mine")
    publish(tmp_path, ONE, graph_html="new")
    publish(tmp_path, TWO, graph_nq="")
    assert (tmp_path / "v-2" / "thesis.tex").read_text() == "precious"
    assert (tmp_path / "graph.html").read_text() == "mine"


def test_a_folder_called_current_is_not_taken_away(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    with pytest.raises(BuildError, match="current: is a folder that kg has not made"):
        publish(tmp_path, ONE, graph_nq="")
    assert (tmp_path / "current").is_dir()


def test_one_build_at_a_time(tmp_path: Path) -> None:
    with folders.locked(tmp_path), pytest.raises(BuildError, match="another build is at work here"), folders.locked(tmp_path):
        pass
    with folders.locked(tmp_path):
        pass


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious")
    with pytest.raises(BuildError, match="cannot write here"), folders.locked(tmp_path / "file"):
        pass
    assert (tmp_path / "file").read_text() == "precious"


@pytest.mark.parametrize("how", ["empty", "half", "flip", "delete", "append"])
def test_every_damage_is_named(how: str, tmp_path: Path) -> None:
    version = publish(tmp_path, ONE, graph_nq="0123456789")
    file = version / "graph.nq"
    content = file.read_bytes()
    damaged = {"empty": b"", "half": content[:5], "flip": b"0123x56789", "append": content + b"!"}
    file.write_bytes(damaged[how]) if how != "delete" else file.unlink()
    (line,) = folders.damages(tmp_path)
    assert line.startswith(f"{file}: ")
    with pytest.raises(BuildError, match=r"graph\.nq: .*kg build --force"):
        folders.intact(version, "graph.nq")


def test_a_file_too_many_is_named(tmp_path: Path) -> None:
    version = publish(tmp_path, ONE, graph_nq="")
    (version / "extra").write_text("")
    assert folders.damages(tmp_path) == [f"{version / 'extra'}: does not belong here"]


@given(st.one_of(st.binary(max_size=30), st.sampled_from([b"[]", b"{}", b'{"files": 3}', b'{"files": {"graph.nq": 1}}', b"null"])))
def test_a_damaged_manifest_is_told_never_raised(content: bytes) -> None:
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as home:
        version = publish(Path(home), ONE, graph_nq="a")
        (version / folders.MANIFEST).write_bytes(content)
        assert folders.damages(Path(home))
        with pytest.raises(BuildError):
            folders.intact(version, "graph.nq")


def test_the_manifest_has_every_file_with_size_and_hash(tmp_path: Path) -> None:
    version = publish(tmp_path, ONE, graph_nq="abc")
    files = json.loads((version / folders.MANIFEST).read_text())["files"]
    assert files == {
        "graph.nq": {"sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "size": 3}
    }


def test_without_links_the_pointer_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "links are not allowed here")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    publish(tmp_path, ONE, graph_html="old")
    target = publish(tmp_path, TWO, graph_html="new")
    assert (tmp_path / "current").read_text() == target.name
    assert folders.current(tmp_path) == target
    assert (tmp_path / "graph.html").read_text() == "new"
    assert not (tmp_path / "graph.html").is_symlink()
    assert visible(tmp_path) == ["current", "graph.html", target.name]


def test_the_pointer_is_switched_when_everything_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, ONE, graph_nq="old")
    replace = os.replace

    def stopped(source: str, target: str) -> None:
        if Path(target).name == "current":
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(Path, "replace", lambda self, target: stopped(str(self), str(target)))
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, TWO, graph_nq="new")
    monkeypatch.undo()
    assert (folders.current(tmp_path) / "graph.nq").read_text() == "old"
    folders.sweep(tmp_path)
    folders.tidy(tmp_path)
    assert visible(tmp_path) == ["current", f"v-{ONE}"]
