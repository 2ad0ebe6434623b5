"""How fast and in how little memory works of OpenAlex are read, beside the bare parser on the same lines.

    python -m tests.benchmarks.read_json                 64 MB
    python -m tests.benchmarks.read_json --size 1GB

The file is made up (the same for every run) in a temporary folder: all keys of a work as the API gives them, lists about
as long as there, identifiers with right check digits, few of them twice. Each measurement is a process of its own, so
that its peak of memory is its own; parser and reader take turns, and the best round of each counts. Times are those of the
processor, which others on the machine disturb least.
"""

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kg.model import Document, Record
from kg.sources import openalex

MEGABYTE = 1 << 20
UNITS = {"KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}
WORDS = [
    "gravel", "tide", "moss", "bell", "quarry", "harbour", "roof", "drone", "stone", "river", "gauge", "lens", "tower", "crack",
    "sound", "image", "model", "sample", "error", "method", "learn", "sort", "we", "the", "of", "and", "in", "a", "with", "for",
]  # fmt: skip
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def main() -> None:
    """Make the file, measure parser and reader, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", default="64MB", type=size_of, help="how large the file is, e.g. 64MB or 1GB")
    options.add_argument("--rounds", default=3, type=int, help="how often each is measured; the best counts")
    options.add_argument("--measure", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.measure:
        print(json.dumps(measured(*given.measure)))  # noqa: T201 - what a benchmark is for
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "works.jsonl"
        write(path, given.size)
        rounds = [{what: in_child(what, path) for what in MEASURES} for _ in range(given.rounds)]
        size = path.stat().st_size / MEGABYTE
    best = {what: min((each[what] for each in rounds), key=lambda row: row["seconds"]) for what in MEASURES}
    print(f"{size:.0f} MB, {best['reader']['records']} works, best of {given.rounds}")  # noqa: T201
    for what, row in best.items():
        rate, records = size / row["seconds"], row["records"] / row["seconds"]
        fields = f"{row['fields'] / row['records']:6.1f} fields a work" if row["fields"] else ""
        print(f"{what:7}{rate:8.1f} MB/s{records:9.0f} works/s{row['peak_mb']:7.0f} MB peak  {fields}")  # noqa: T201
    print(f"reader / parser: {best['parser']['seconds'] / best['reader']['seconds']:.2f}")  # noqa: T201


def size_of(text: str) -> int:
    """Return the bytes that `64MB` or `1GB` is."""
    match = re.fullmatch(r"(\d+)(KB|MB|GB)", text.upper())
    if match is None:
        raise argparse.ArgumentTypeError(f"not a size: {text}")
    return int(match[1]) * UNITS[match[2]]


def in_child(what: str, path: Path) -> dict[str, Any]:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", __spec__.name, "--measure", what, str(path)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def measured(what: str, path: str) -> dict[str, Any]:
    """Return processor time, counts and peak of one way through the file."""
    begun = time.process_time()
    records, fields = MEASURES[what](Path(path))
    seconds = time.process_time() - begun
    return {"seconds": seconds, "records": records, "fields": fields, "peak_mb": peak()}


def peak() -> float:
    """Return the most memory this process has had, in MB; `ru_maxrss` would begin with what its parent had."""
    status = Path("/proc/self/status")
    if status.exists() and (match := re.search(r"VmHWM:\s+(\d+) kB", status.read_text())):
        return int(match[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else MEGABYTE)


def parse(path: Path) -> tuple[int, int]:
    """Parse each line with the parser of the standard library, and do nothing else."""
    count = 0
    with path.open("rb") as lines:
        for line in lines:
            json.loads(line)
            count += 1
    return count, 0


def read(path: Path) -> tuple[int, int]:
    """Read the works with all their fields, as a build does."""
    document = Document("0" * 16, path.name, "", path.stat().st_size, lambda: path.open("rb"))
    count = fields = 0
    for row in openalex.read(document):
        assert isinstance(row, Record), row
        count += 1
        fields += len(row.fields)
    return count, fields


MEASURES: dict[str, Callable[[Path], tuple[int, int]]] = {"parser": parse, "reader": read}


def write(path: Path, size: int) -> None:
    """Write a file of at least `size` bytes."""
    with path.open("w", encoding="utf-8") as out:
        for line in lines():
            out.write(line)
            if out.tell() >= size:
                return


def lines() -> Iterator[str]:
    """Yield made-up works without end, one a line."""
    chance = random.Random(20_240_501)  # noqa: S311 - no secret, but the same file each time
    institutions = [institution(chance, i) for i in range(5_000)]
    number = 1_000_000_000
    while True:
        number += 1
        yield json.dumps(work(chance, number, institutions), ensure_ascii=False) + "\n"


def work(chance: random.Random, number: int, institutions: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a work with all keys that the API gives."""
    title = words(chance, 11).capitalize()
    year = chance.randint(1990, 2024)
    doi = f"https://doi.org/10.{chance.randint(1000, 9999)}/x.{number}"
    location = {
        "is_oa": True, "landing_page_url": doi, "pdf_url": None, "license": "cc-by", "license_id": "https://openalex.org/licenses/cc-by",
        "version": "publishedVersion", "is_accepted": True, "is_published": True, "source": {
            "id": f"https://openalex.org/S{chance.randint(10_000_000, 99_999_999)}", "display_name": f"Journal of {words(chance, 2).title()}",
            "issn_l": "2161-1939", "issn": ["2161-1939"], "is_oa": True, "is_in_doaj": True, "is_core": True,
            "host_organization": "https://openalex.org/P4310320990", "host_organization_name": "Gravel Press",
            "host_organization_lineage": ["https://openalex.org/P4310320990"], "type": "journal",
        },
    }  # fmt: skip
    topics = [topic(chance) for _ in range(3)]
    authors = [authorship(chance, institutions) for _ in range(min(1 + int(chance.expovariate(0.22)), 60))]
    return {
        "id": f"https://openalex.org/W{number}", "doi": doi, "title": title, "display_name": title, "publication_year": year,
        "publication_date": f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "ids": {"openalex": f"https://openalex.org/W{number}", "doi": doi, "mag": str(number), "pmid": f"https://pubmed.ncbi.nlm.nih.gov/{number % 40_000_000 + 1}"},
        "language": "en", "primary_location": location, "type": "article", "type_crossref": "journal-article", "indexed_in": ["crossref", "pubmed"],
        "open_access": {"is_oa": True, "oa_status": "gold", "oa_url": doi, "any_repository_has_fulltext": True},
        "authorships": authors, "countries_distinct_count": 2, "institutions_distinct_count": 3,
        "corresponding_author_ids": [authors[0]["author"]["id"]], "corresponding_institution_ids": [], "apc_list": {
            "value": 1500, "currency": "USD", "value_usd": 1500, "provenance": "doaj"}, "apc_paid": None,
        "fwci": round(chance.random() * 9, 3), "has_fulltext": True, "fulltext_origin": "pdf", "cited_by_count": chance.randint(0, 400),
        "citation_normalized_percentile": {"value": round(chance.random(), 6), "is_in_top_1_percent": False, "is_in_top_10_percent": True},
        "cited_by_percentile_year": {"min": 89, "max": 90},
        "biblio": {"volume": str(chance.randint(1, 90)), "issue": "3", "first_page": str(chance.randint(1, 900)), "last_page": "950"},
        "is_retracted": False, "is_paratext": False, "primary_topic": topics[0], "topics": topics,
        "keywords": [{"id": f"https://openalex.org/keywords/{word}", "display_name": word.title(), "score": round(chance.random(), 6)} for word in chance.sample(WORDS, 6)],
        "concepts": [
            {"id": f"https://openalex.org/C{chance.randint(10_000_000, 200_000_000)}", "wikidata": f"https://www.wikidata.org/wiki/Q{chance.randint(1000, 9_000_000)}",
             "display_name": words(chance, 2).capitalize(), "level": chance.randint(0, 5), "score": round(chance.random(), 7)} for _ in range(10)],
        "mesh": [], "locations_count": 1, "locations": [location], "best_oa_location": location,
        "sustainable_development_goals": [{"score": 0.42, "id": "https://metadata.un.org/sdg/14", "display_name": "Life below water"}],
        "grants": [], "datasets": [], "versions": [], "referenced_works_count": 40,
        "referenced_works": [f"https://openalex.org/W{chance.randint(1_000_000, 4_400_000_000)}" for _ in range(min(int(chance.expovariate(0.03)), 200))],
        "related_works": [f"https://openalex.org/W{chance.randint(1_000_000, 4_400_000_000)}" for _ in range(10)],
        "abstract_inverted_index": inverted(words(chance, chance.randint(90, 260)).split()),
        "cited_by_api_url": f"https://api.openalex.org/works?filter=cites:W{number}",
        "counts_by_year": [{"year": year + i, "cited_by_count": chance.randint(0, 60)} for i in range(8)],
        "updated_date": "2024-05-01T04:12:09.671228", "created_date": "2016-06-24",
    }  # fmt: skip


def authorship(chance: random.Random, institutions: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an author of a work; two of three have an ORCID iD."""
    name = words(chance, 2).title()
    at = chance.choices(institutions, k=1 + (chance.random() < 0.2))
    raw = f"Department of {words(chance, 2).title()}, {at[0]['display_name']}, {words(chance, 1).title()}"
    return {
        "author_position": "middle", "author": {
            "id": f"https://openalex.org/A{chance.randint(5_000_000_000, 5_100_000_000)}", "display_name": name,
            "orcid": f"https://orcid.org/{orcid(chance)}" if chance.random() < 0.66 else None},
        "institutions": at, "countries": ["DE"], "is_corresponding": False, "raw_author_name": name, "raw_affiliation_strings": [raw],
        "affiliations": [{"raw_affiliation_string": raw, "institution_ids": [each["id"] for each in at]}],
    }  # fmt: skip


def institution(chance: random.Random, number: int) -> dict[str, Any]:
    """Return an institution."""
    own = f"https://openalex.org/I{10_000_000 + number}"
    return {"id": own, "display_name": f"University of {words(chance, 1).title()} {number}", "ror": f"https://ror.org/{ror(chance)}",
            "country_code": "DE", "type": "education", "lineage": [own]}  # fmt: skip


def topic(chance: random.Random) -> dict[str, Any]:
    """Return a topic with the levels above it."""
    return {"id": f"https://openalex.org/T{chance.randint(10_000, 14_999)}", "display_name": words(chance, 5).capitalize(), "score": round(chance.random(), 4)} | {
        level: {"id": f"https://openalex.org/{level}s/{chance.randint(1, 3000)}", "display_name": words(chance, 2).capitalize()}
        for level in ("subfield", "field", "domain")}  # fmt: skip


def words(chance: random.Random, count: int) -> str:
    """Return so many words; one in three is of letters by chance, so that an abstract has as many different ones as a real one."""
    return " ".join(
        chance.choice(WORDS) if chance.random() < 0.66 else "".join(chance.choices("aeiounrstlmd", k=chance.randint(4, 11))) for _ in range(count)
    )


def inverted(text: list[str]) -> dict[str, list[int]]:
    """Return the places of each word."""
    index: dict[str, list[int]] = {}
    for place, word in enumerate(text):
        index.setdefault(word, []).append(place)
    return index


def orcid(chance: random.Random) -> str:
    """Return an ORCID iD with the right check digit (ISO 7064 mod 11-2)."""
    digits = f"00000002{chance.randint(0, 9_999_999):07}"
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    whole = digits + "0123456789X"[(12 - total % 11) % 11]
    return "-".join(whole[i : i + 4] for i in range(0, 16, 4))


def ror(chance: random.Random) -> str:
    """Return a ROR id with right check digits (mod 97 over base 32)."""
    number = chance.randrange(32**6)
    body = "".join(CROCKFORD[number >> shift & 31] for shift in range(25, -1, -5))
    return f"0{body}{98 - number * 100 % 97:02}"


if __name__ == "__main__":
    main()
