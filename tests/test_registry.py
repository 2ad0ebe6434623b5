"""Registries of organisations that a person adds. Records are written by hand in the published form."""

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kg import registry
from kg.affiliations.words import key_of_name
from kg.errors import UsageError
from kg.ontology import KG
from tests.command import kg

SCHEMA_1: dict[str, Any] = {
    "id": "https://ror.org/05dxps055", "name": "Polis University", "types": ["Education"], "status": "active", "links": [],
    "aliases": ["Old Polis College"], "acronyms": ["PU"], "labels": [{"label": "Università di Polis", "iso639": "it"}],
    "country": {"country_code": "IT", "country_name": "Italy"}, "addresses": [{"city": "Polis", "geonames_city": {}}],
    "relationships": [{"type": "Parent", "label": "Polis Society", "id": "https://ror.org/042nb2s44"}], "external_ids": {},
}  # fmt: skip
SCHEMA_2: dict[str, Any] = {
    "id": "https://ror.org/05dxps055", "status": "active", "types": ["funder", "education"], "domains": [], "established": 1900,
    "names": [
        {"value": "Polis University", "types": ["label", "ror_display"], "lang": "en"}, {"value": "PU", "types": ["acronym"], "lang": None},
        {"value": "Università di Polis", "types": ["label"], "lang": "it"}, {"value": "Old Polis College", "types": ["alias"], "lang": None},
    ],
    "locations": [{"geonames_id": 1, "geonames_details": {"name": "Polis", "country_code": "IT", "country_name": "Italy", "lat": 1.0, "lng": 2.0}}],
    "relationships": [{"type": "parent", "label": "Polis Society", "id": "https://ror.org/042nb2s44"}], "links": [], "external_ids": [],
}  # fmt: skip
SOCIETY: dict[str, Any] = SCHEMA_2 | {
    "id": "https://ror.org/042nb2s44", "types": ["nonprofit"], "relationships": [],
    "names": [{"value": "Polis Society (Italy)", "types": ["ror_display", "label"], "lang": "en"}],
}  # fmt: skip
GONE: dict[str, Any] = SCHEMA_2 | {"id": "https://ror.org/00f54p054", "status": "withdrawn"}


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_HOME", str(tmp_path / "home"))


def dump(path: Path, *records: object, indent: int | None = 4) -> Path:
    path.write_text(json.dumps(records, indent=indent, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("record", [SCHEMA_1, SCHEMA_2], ids=["schema 1", "schema 2"])
def test_both_schemas_say_the_same(record: dict[str, Any], tmp_path: Path) -> None:
    told = registry.add("ror", dump(tmp_path / "v1.45-2024-04-11-ror-data.json", record, SOCIETY, GONE))
    assert (told.version, told.organizations) == ("v1.45-2024-04-11", 2)
    found = registry.opened()
    assert found is not None
    hits = found.find({key_of_name(name) for name in ("Polis Univ.", "PU", "University of Polis", "Old Polis College", "Polis Society", "x")})
    assert {key: [(hit.ror, hit.rank) for hit in of] for key, of in hits.items()} == {
        key_of_name("Polis University"): [("05dxps055", 0)], key_of_name("PU"): [("05dxps055", registry.ACRONYM)],
        key_of_name("University of Polis"): [("05dxps055", 1)], key_of_name("Old Polis College"): [("05dxps055", 1)],
        key_of_name("Polis Society"): [("042nb2s44", 0)],
    }  # fmt: skip
    concepts = found.concepts(["organization/ror-05dxps055", "organization/ror-042nb2s44", "organization/mit"])
    school = concepts["organization/ror-05dxps055"]
    assert school.name == "Polis University"
    assert {label.text for label in school.labels} == {"Polis University", "PU", "Università di Polis", "Old Polis College"}
    assert {name.rpartition("#")[2]: values for name, values in school.properties.items()} == {
        "ror": ("https://ror.org/05dxps055",), "country": ("IT",), "sector": ("education",),
        "subOrganizationOf": ("https://w3id.org/kgp/id/organization/ror-042nb2s44",),
    }  # fmt: skip


def test_a_dump_is_read_as_it_is_downloaded(tmp_path: Path) -> None:
    old, new = (dump(tmp_path / name, record) for name, record in (("old.json", SCHEMA_1), ("new.json", SCHEMA_2)))
    with zipfile.ZipFile(tmp_path / "v1.60-2025-01-01-ror-data.zip", "w") as archive:
        archive.write(old, "v1.60-2025-01-01-ror-data.json")
        archive.write(new, "v1.60-2025-01-01-ror-data_schema_v2.json")
    (tmp_path / "packed.json.gz").write_bytes(gzip.compress(new.read_bytes()))
    for file in ("v1.60-2025-01-01-ror-data.zip", "packed.json.gz", "new.json"):
        assert registry.add("ror", tmp_path / file).organizations == 1
    assert [each.version for each in registry.added()] == [registry.added()[0].sha256[:12]]


def test_records_that_lie_across_chunks_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_CHUNK", 7)
    for indent in (None, 1):
        assert registry.add("ror", dump(tmp_path / "dump.json", SCHEMA_2, SOCIETY, indent=indent)).organizations == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{}", "not a JSON array"), (b"[]", "holds no organizations"), (b'[{"id": 1', "record 1 is not valid JSON"), (b"", "record 1 is not valid JSON"),
        (b"PK\x03\x04rubbish", "cannot be unpacked"), (b"\x1f\x8brubbish", "cannot be unpacked"), (b'[{"a": "\xff"}]', "not UTF-8"),
        (b"id,name\n", "not a JSON array"), (b'[1, null, {"id": "x"}, {"id": "https://ror.org/05dxps055", "names": 3}]', "holds no organizations"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_dump_is_told_in_one_line(content: bytes, message: str, tmp_path: Path) -> None:
    registry.add("ror", dump(tmp_path / "good.json", SCHEMA_2))
    (tmp_path / "bad.json").write_bytes(content)
    with pytest.raises(UsageError, match=message) as caught:
        registry.add("ror", tmp_path / "bad.json")
    assert "\n" not in str(caught.value)
    assert str(tmp_path / "bad.json") in str(caught.value)
    assert registry.added()[0].organizations == 1


def zipped(tmp_path: Path, *changes: tuple[bytes, int, int]) -> bytes:
    """Return a packed dump with bytes changed: behind which mark of the archive, how far, to what."""
    with zipfile.ZipFile(tmp_path / "whole.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dump.json", json.dumps([SCHEMA_2]))
    content = bytearray((tmp_path / "whole.zip").read_bytes())
    for mark, offset, value in changes:
        content[content.index(mark) + offset] = value
    return bytes(content)


def test_what_cannot_be_unpacked_is_told_in_one_line(tmp_path: Path) -> None:
    packed = gzip.compress(json.dumps([SCHEMA_2]).encode())
    damaged = {
        "flipped.gz": packed[:10] + bytes([packed[10] ^ 0xFF]) + packed[11:], "cut.gz": packed[:40], "cut.zip": zipped(tmp_path)[:-30], "flipped.zip": zipped(tmp_path, (b"dump.json", 9, 0xFF)),
        "locked.zip": zipped(tmp_path, (b"PK\3\4", 6, 1), (b"PK\1\2", 8, 1)), "unknown.zip": zipped(tmp_path, (b"PK\3\4", 8, 99), (b"PK\1\2", 10, 99)),
    }  # fmt: skip
    for name, content in damaged.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UsageError, match=f"{name}: cannot be unpacked .*; download it again$") as caught:
            registry.add("ror", tmp_path / name)
        assert "\n" not in str(caught.value)


def test_where_nothing_can_be_written_the_dump_is_not_blamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "taken").touch()
    monkeypatch.setenv("KG_HOME", str(tmp_path / "taken"))
    done = kg("registry", "add", "ror", dump(tmp_path / "good.json", SCHEMA_2))
    assert done.code == 1
    assert done.err.startswith(f"kg: {tmp_path / 'taken'}")
    assert "good.json" not in done.err


def test_a_new_dump_takes_the_place_of_the_old(tmp_path: Path) -> None:
    registry.add("ror", dump(tmp_path / "one.json", SCHEMA_2))
    registry.add("ror", dump(tmp_path / "two.json", SOCIETY))
    found = registry.opened()
    assert found is not None
    assert set(found.find({key_of_name("Polis Society"), key_of_name("Polis University")})) == {key_of_name("Polis Society")}
    assert len([path for path in found.folder.parent.iterdir() if path.is_dir()]) == 1


def test_a_damaged_registry_is_none(tmp_path: Path) -> None:
    assert registry.opened() is None
    registry.add("ror", dump(tmp_path / "one.json", SCHEMA_2))
    found = registry.opened()
    assert found is not None
    (found.folder / "keys.parquet").unlink()
    assert registry.opened() is None


def test_the_ids_of_listed_organisations_are_completed(tmp_path: Path) -> None:
    from kg.ontology import load  # noqa: PLC0415

    bare = next(c for c in load().of_kind("organization") if f"{KG}ror" not in c.properties)
    country = bare.properties[f"{KG}country"][0]
    named = SCHEMA_2 | {"names": [{"value": bare.name, "types": ["ror_display"], "lang": None}]}
    for place, found_ror in ((country, ("https://ror.org/05dxps055",)), ("XX", None)):
        record = named | {"locations": [{"geonames_details": {"name": "x", "country_code": place}}]}
        registry.add("ror", dump(tmp_path / "one.json", record))
        found = registry.opened()
        assert found is not None
        completed = found.completed({"organization/x": bare})
        assert (completed["organization/x"].properties[f"{KG}ror"] if completed else None) == found_ror


def test_the_command_adds_lists_and_removes(tmp_path: Path) -> None:
    file = dump(tmp_path / "v1.99-2026-01-01-ror-data_schema_v2.json", SCHEMA_2, SOCIETY)
    assert kg("registry", "add", "ror", str(file)).err == "added ror v1.99-2026-01-01: 2 organizations\n"
    assert json.loads(kg("registry", "list").out)["organizations"] == 2
    assert kg("registry", "remove", "ror").code == 0
    assert kg("registry", "list").out == ""
    assert kg("registry", "remove", "ror").code == 2
    missing = kg("registry", "add", "ror", str(tmp_path / "nothing.zip"))
    assert missing.code == 2
    assert "no such file; download the ROR data dump" in missing.err
