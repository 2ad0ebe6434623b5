"""Registries of organisations that a person adds: names, places and identifiers beyond the list that ships with kg.

The Research Organization Registry (ROR) publishes all of itself as a file (https://doi.org/10.5281/zenodo.6347574, CC0):
a zip with a JSON array of records, in schema 2 or, until 2025, 1. `add` reads it once, record by record, into two Parquet
files in the person's data folder; a build looks up there only the names that it meets.
"""

import codecs
import gzip
import hashlib
import json
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from kg.affiliations.words import key_of_name
from kg.errors import UsageError
from kg.files import atomic_write
from kg.ids import ror as ror_id
from kg.ontology import ID_SPACE, KG, PREFIXES, Concept, Label

NAMES: Final = ("ror",)
"""The registries that can be added."""

_KEYS: Final = pa.schema([
    ("key", pa.string()), ("ror", pa.string()), ("rank", pa.int8()), ("name", pa.string()), ("country", pa.string()), ("city", pa.string()),
])  # fmt: skip
_ORGANIZATIONS: Final = pa.schema([
    ("ror", pa.string()), ("name", pa.string()), ("names", pa.list_(pa.string())), ("country", pa.string()), ("city", pa.string()),
    ("sector", pa.string()), ("above", pa.list_(pa.string())),
])  # fmt: skip

_SECTORS: Final = {
    "education": "education", "healthcare": "healthcare", "company": "industry", "nonprofit": "nonprofit", "government": "government",
    "facility": "facility",
}  # fmt: skip
"""Types of ROR to our sectors; archive, funder and other say nothing of a sector."""

ACRONYM: Final = 2
"""Rank of a name that is an acronym; 0 is the name that ROR shows, 1 another."""


class Hit(NamedTuple):
    """An organisation of a registry that has a name: identifier, rank of the name, name that is shown, country, city."""

    ror: str
    rank: int
    name: str
    country: str
    city: str

    @property
    def acronym(self) -> bool:
        """Whether it is called so only in short."""
        return self.rank == ACRONYM


class Added(NamedTuple):
    """What is known of a registry that was added: its name, version, number of organisations, and the hash of its file."""

    name: str
    version: str
    organizations: int
    sha256: str


@dataclass(frozen=True)
class Registry:
    """A registry that was added.

    Attributes:
        added: What is known of it.
        folder: Where its tables are.
    """

    added: Added
    folder: Path

    def find(self, keys: Collection[str]) -> dict[str, tuple[Hit, ...]]:
        """Return the organisations that have names with these keys (see `kg.affiliations.words.key_of_name`)."""
        found: dict[str, set[Hit]] = {}
        wanted = pc.field("key").isin(pa.array(sorted(keys), pa.string()))
        for row in ds.dataset(self.folder / "keys.parquet").to_table(filter=wanted).to_pylist():
            found.setdefault(row.pop("key"), set()).add(Hit(**row))
        return {key: tuple(sorted(hits)) for key, hits in sorted(found.items())}

    def concepts(self, paths: Collection[str]) -> dict[str, Concept]:
        """Return the organisations among some paths (`organization/ror-05dxps055`) as concepts, by path."""
        rors = {path.removeprefix(_PATH) for path in paths if path.startswith(_PATH)}
        wanted = pc.field("ror").isin(pa.array(sorted(rors), pa.string()))
        rows = ds.dataset(self.folder / "organizations.parquet").to_table(filter=wanted).to_pylist()
        return {path_of(row["ror"]): _concept(row, rors) for row in sorted(rows, key=lambda row: str(row["ror"]))}

    def completed(self, concepts: Mapping[str, Concept]) -> dict[str, Concept]:
        """Return the concepts that have no ROR id but a name that one organisation of their country has here, with its id."""
        bare = {path: concept for path, concept in concepts.items() if f"{KG}ror" not in concept.properties}
        keys = {path: key_of_name(concept.name) for path, concept in bare.items()}
        hits = self.find(set(keys.values()))
        found = {}
        for path, concept in sorted(bare.items()):
            country = next(iter(concept.properties.get(f"{KG}country", ())), "")
            rors = {hit.ror for hit in hits.get(keys[path], ()) if not hit.acronym and hit.country == country}
            if len(rors) == 1:
                properties = concept.properties | {f"{KG}ror": (f"https://ror.org/{rors.pop()}",)}
                found[path] = replace(concept, properties=dict(sorted(properties.items())))
        return found


_PATH: Final = "organization/ror-"


def path_of(ror: str) -> str:
    """Return the path of an organisation that only its ROR id names.

    >>> path_of("05dxps055")
    'organization/ror-05dxps055'
    """
    return f"{_PATH}{ror}"


def _concept(row: Mapping[str, Any], present: Collection[str]) -> Concept:
    told = {
        f"{KG}ror": (f"https://ror.org/{row['ror']}",), f"{KG}country": (row["country"],) if row["country"] else (),
        f"{KG}sector": (row["sector"],) if row["sector"] else (),
        PREFIXES["org"] + "subOrganizationOf": tuple(f"{ID_SPACE}{path_of(ror)}" for ror in row["above"] if ror in present),
    }  # fmt: skip
    labels = [Label(row["name"], False, False), *(Label(name, False, False) for name in row["names"] if name != row["name"])]
    properties = {name: values for name, values in sorted(told.items()) if values}
    return Concept(f"{ID_SPACE}{path_of(row['ror'])}", "organization", row["name"], tuple(labels), (), False, properties)


def data_folder() -> Path:
    """Return the folder for what a person adds to kg: `KG_HOME`, else where the system keeps such data."""
    if home := os.environ.get("KG_HOME"):
        return Path(home)
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local) / "kg"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "kg"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "kg"


def _place(name: str) -> Path:
    return data_folder() / "registries" / name


def added() -> list[Added]:
    """Return the registries that were added."""
    return [each.added for name in NAMES if (each := opened(name))]


def opened(name: str = "ror") -> Registry | None:
    """Return a registry if it was added, and is whole."""
    try:
        told = json.loads((_place(name) / "registry.json").read_bytes())
        folder = _place(name) / told["folder"]
        whole = all((folder / file).is_file() for file in ("keys.parquet", "organizations.parquet"))
        return Registry(Added(name, told["version"], told["organizations"], told["sha256"]), folder) if whole else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remove(name: str) -> None:
    """Take a registry away.

    Raises:
        UsageError: If it was not added.
    """
    place = _place(name)
    if not (place / "registry.json").is_file():
        raise UsageError(f"no registry {name!r} was added; see kg registry list")
    (place / "registry.json").unlink()
    _sweep(place, "")


def add(name: str, file: Path) -> Added:
    """Read a registry's file into the tables that builds use; it takes the place of the one before.

    Raises:
        UsageError: If the registry is unknown, or the file cannot be read as one; the message says where.
    """
    if name not in NAMES:
        raise UsageError(f"there is no registry {name!r}; the registries: {', '.join(NAMES)}")
    if not file.is_file():
        raise UsageError(f"{file}: no such file; download the ROR data dump from https://doi.org/10.5281/zenodo.6347574")
    with file.open("rb") as source:
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
    place = _place(name)
    folder = place / sha256[:16]
    with ExitStack() as held:
        content, inner = _member(file, held)
        count = _write(folder, _records(content, file))
    if not count:
        raise UsageError(f"{file}: holds no organizations; give the ROR data dump (a .zip or .json file)")
    version = next((m.group() for text in (inner, file.name) if (m := _VERSION.search(text))), sha256[:12])
    told = Added(name, version, count, sha256)
    with atomic_write(place / "registry.json") as out:
        out.write(json.dumps(told._asdict() | {"folder": folder.name}, indent=1).encode())
    _sweep(place, folder.name)
    return told


_VERSION: Final = re.compile(r"v[0-9]+\.[0-9]+(?:\.[0-9]+)?-[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _sweep(place: Path, keep: str) -> None:
    for folder in place.iterdir():
        if folder.is_dir() and folder.name != keep:
            for file in folder.iterdir():
                file.unlink()
            folder.rmdir()


def _member(file: Path, held: ExitStack) -> tuple[IO[bytes], str]:
    """Return the JSON of a dump and its name: the file itself, what gzip packs, or the best member of a zip (schema 2 before 1)."""
    with _unpacking(file):
        raw: IO[bytes] = held.enter_context(file.open("rb"))
        head = raw.read(4)
        raw.seek(0)
        if head.startswith(b"\x1f\x8b"):
            return cast("IO[bytes]", held.enter_context(gzip.open(raw))), file.name
        if not head.startswith(b"PK"):
            return raw, file.name
        archive = held.enter_context(zipfile.ZipFile(raw))
        names = sorted((n for n in archive.namelist() if n.endswith(".json")), key=lambda n: ("schema_v2" not in n, n))
        if not names:
            raise UsageError(f"{file}: the archive holds no .json file; give the ROR data dump as it was downloaded")
        return held.enter_context(archive.open(names[0])), names[0]


@contextmanager
def _unpacking(file: Path) -> Iterator[None]:
    """Tell what goes wrong while a file is read as a fault of the file; a zip with a password is a RuntimeError."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
        raise UsageError(f"{file}: cannot be unpacked ({error}); download it again") from error


_CHUNK: Final = 1 << 22
_FILLING: Final = re.compile(r"[\s,]*")


def _records(source: IO[bytes], file: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON array one by one, without holding the array."""
    decoder, decode = json.JSONDecoder(), codecs.getincrementaldecoder("utf-8-sig")()
    buffer, at, number, ended, begun = "", 0, 0, False, False
    try:
        while True:
            at = _skip(buffer, at)
            if not begun and at < len(buffer):
                if buffer[at] != "[":
                    raise UsageError(f"{file}: not a JSON array; give the ROR data dump (a .zip or .json file)")
                begun, at = True, at + 1
                continue
            if at < len(buffer) and buffer[at] == "]":
                return
            try:
                record, at = decoder.raw_decode(buffer, at)
            except json.JSONDecodeError as error:
                if ended:
                    raise UsageError(f"{file}: record {number + 1} is not valid JSON ({error.msg}); download it again") from error
                with _unpacking(file):
                    data = source.read(_CHUNK)
                ended = not data
                buffer, at = buffer[at:] + decode.decode(data, final=ended), 0
                continue
            number += 1
            if isinstance(record, dict):
                yield record
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: not UTF-8 behind record {number}; download it again") from error


def _skip(text: str, at: int) -> int:
    match = _FILLING.match(text, at)
    return match.end() if match else at


def _write(folder: Path, records: Iterable[dict[str, Any]]) -> int:
    """Write the tables of a registry; return how many organisations they hold."""
    count = 0
    waiting: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    with (
        atomic_write(folder / "keys.parquet") as keys_out, atomic_write(folder / "organizations.parquet") as out,
        pq.ParquetWriter(keys_out, _KEYS, compression="zstd") as keys, pq.ParquetWriter(out, _ORGANIZATIONS, compression="zstd") as rows,
    ):  # fmt: skip
        for record in records:
            found = _organization(record)
            if found is None:
                continue
            count += 1
            row, names = found
            waiting[0].append(row)
            waiting[1].extend(
                {"key": key, "ror": row["ror"], "rank": rank, "name": row["name"], "country": row["country"], "city": row["city"]}
                for key, rank in names.items()
            )
            if len(waiting[0]) == _ROWS:
                _flush(waiting, keys, rows)
        _flush(waiting, keys, rows)
    return count


_ROWS: Final = 8192


def _flush(waiting: tuple[list[dict[str, Any]], list[dict[str, Any]]], keys: pq.ParquetWriter, rows: pq.ParquetWriter) -> None:
    rows.write_batch(pa.RecordBatch.from_pylist(waiting[0], schema=_ORGANIZATIONS))
    keys.write_batch(pa.RecordBatch.from_pylist(waiting[1], schema=_KEYS))
    for each in waiting:
        each.clear()


def _organization(record: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, int]] | None:
    """Return a record of ROR as a row, and the keys of its names with their ranks; None for one that was withdrawn."""
    ror = ror_id(str(record.get("id", "")))
    if ror is None or str(record.get("status", "active")) == "withdrawn":
        return None
    of_schema = _schema_2 if isinstance(record.get("names"), list) else _schema_1
    name, names, country, city = of_schema(record)
    if not name:
        return None
    types = [str(each).lower() for each in _list(record.get("types"))]
    above = [
        parent for each in _list(record.get("relationships"))
        if isinstance(each, dict) and str(each.get("type")).lower() == "parent" and (parent := ror_id(str(each.get("id"))))
    ]  # fmt: skip
    row = {
        "ror": ror, "name": name, "names": sorted(names), "country": country, "city": city,
        "sector": next((_SECTORS[each] for each in types if each in _SECTORS), ""), "above": sorted(above),
    }  # fmt: skip
    keys: dict[str, int] = {}
    for text, rank in names.items():
        # "University of Hats (Spain)": ROR tells namesakes apart so; affiliations do not print it.
        for spelled in {text, _COUNTRY.sub("", text)}:
            if key := key_of_name(spelled):
                keys[key] = min(rank, keys.get(key, ACRONYM))
    return row, keys


_COUNTRY: Final = re.compile(r"\s*\([^()]*\)\s*$")


def _schema_2(record: Mapping[str, Any]) -> tuple[str, dict[str, int], str, str]:
    """Return name, names with their ranks, country and city of a record of schema 2."""
    shown, names = "", {}
    for each in _list(record.get("names")):
        if not isinstance(each, dict) or not isinstance(each.get("value"), str):
            continue
        types = _list(each.get("types"))
        if "ror_display" in types:
            shown = each["value"]
        names[each["value"]] = 0 if "ror_display" in types else ACRONYM if types == ["acronym"] else 1
    places = [each.get("geonames_details") for each in _list(record.get("locations")) if isinstance(each, dict)]
    place = next((each for each in places if isinstance(each, dict)), {})
    return shown, names, str(place.get("country_code") or ""), str(place.get("name") or "")


def _schema_1(record: Mapping[str, Any]) -> tuple[str, dict[str, int], str, str]:
    """Return name, names with their ranks, country and city of a record of schema 1."""
    shown = str(record.get("name") or "")
    labels = [each.get("label") for each in _list(record.get("labels")) if isinstance(each, dict)]
    names = {str(each): ACRONYM for each in _list(record.get("acronyms"))}
    names |= {str(each): 1 for each in [*_list(record.get("aliases")), *labels] if each} | {shown: 0}
    country, addresses = record.get("country"), _list(record.get("addresses"))
    city = addresses[0].get("city") if addresses and isinstance(addresses[0], dict) else ""
    return shown, names, str(country.get("country_code") or "") if isinstance(country, dict) else "", str(city or "")


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
