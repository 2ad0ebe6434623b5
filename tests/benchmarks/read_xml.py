"""How fast and in how little memory XML is read, beside bare iterparse of lxml over the same file.

    python -m tests.benchmarks.read_xml                          32 MB of each format
    python -m tests.benchmarks.read_xml --size 1GB dblp_xml      one format

The files are made up (the same for every run) in a temporary folder: records about as long and with about as many parts
as those formats have. Each measurement is a process of its own, so that its peak of memory is its own; parser, stream
(`kg.sources._xml.stream` without a reader) and reader take turns, and the best round of each counts. Times are those of the
processor, which others on the machine disturb least.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from kg.model import Document, Record
from kg.sources import readers
from kg.sources._xml.stream import elements
from tests.benchmarks.read_json import MEGABYTE, peak, size_of, words


def main() -> None:
    """Make the files, measure parser, stream and reader, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("formats", nargs="*", default=[], help=f"of {', '.join(FORMATS)}")
    options.add_argument("--size", default="32MB", type=size_of, help="how large each file is, e.g. 64MB or 1GB")
    options.add_argument("--rounds", default=3, type=int, help="how often each is measured; the best counts")
    options.add_argument("--measure", nargs=3, metavar=("WHAT", "FORMAT", "FILE"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.measure:
        print(json.dumps(measured(*given.measure)))  # noqa: T201 - what a benchmark is for
        return
    for name in given.formats or FORMATS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{name}.xml"
            write(name, path, given.size)
            rounds = [{what: in_child(what, name, path) for what in MEASURES} for _ in range(given.rounds)]
            size = path.stat().st_size / MEGABYTE
        best = {what: min((each[what] for each in rounds), key=lambda row: row["seconds"]) for what in MEASURES}
        print(f"{name}: {size:.0f} MB, {best['reader']['records']} records, best of {given.rounds}")  # noqa: T201
        for what, row in best.items():
            rate, records = size / row["seconds"], best["reader"]["records"] / row["seconds"]
            fields = f"{row['fields'] / row['records']:6.1f} fields a record" if row["fields"] else ""
            print(f"{what:7}{rate:8.1f} MB/s{records:9.0f} records/s{row['peak_mb']:7.0f} MB peak  {fields}")  # noqa: T201
        print(f"reader / parser: {best['parser']['seconds'] / best['reader']['seconds']:.2f}")  # noqa: T201


def in_child(what: str, name: str, path: Path) -> dict[str, Any]:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", __spec__.name, "--measure", what, name, str(path)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def measured(what: str, name: str, path: str) -> dict[str, Any]:
    """Return processor time, counts and peak of one way through the file."""
    readers()  # so that the time to import them does not count
    begun = time.process_time()
    records, fields = MEASURES[what](name, Path(path))
    seconds = time.process_time() - begun
    return {"seconds": seconds, "records": records, "fields": fields, "peak_mb": peak()}


def parse(_: str, path: Path) -> tuple[int, int]:
    """Go through the file as lxml's documentation does it: each element is emptied when it has ended."""
    count = 0
    for _, element in etree.iterparse(str(path)):
        element.clear(keep_tail=True)
        count += 1
    return count, 0


def stream(name: str, path: Path) -> tuple[int, int]:
    """Go through the records with the stream that the readers use, and do nothing else."""
    return sum(1 for _ in elements(shown(path), FORMATS[name].tag, doctype=True)), 0


def read(name: str, path: Path) -> tuple[int, int]:
    """Read the records with all their fields, as a build does."""
    count = fields = 0
    for row in readers()[name].read(shown(path)):
        assert isinstance(row, Record), row
        count += 1
        fields += len(row.fields)
    return count, fields


def shown(path: Path) -> Document:
    """Return a file as a document."""
    return Document("0" * 16, path.name, "", path.stat().st_size, lambda: path.open("rb"))


MEASURES: dict[str, Callable[[str, Path], tuple[int, int]]] = {"parser": parse, "stream": stream, "reader": read}


def write(name: str, path: Path, size: int) -> None:
    """Write a file of at least `size` bytes."""
    form = FORMATS[name]
    with path.open("w", encoding="utf-8") as out:
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{form.start}\n')
        for record in form.records():
            out.write(record)
            if out.tell() >= size:
                break
        out.write(f"{form.end}\n")


class Form:
    """A format: what a file begins and ends with, the tag of a record, and one made-up record after another."""

    def __init__(self, tag: str, start: str, end: str, record: Callable[[random.Random, int], str]) -> None:
        self.tag, self.start, self.end, self._record = tag, start, end, record

    def records(self) -> Iterator[str]:
        """Yield made-up records without end."""
        chance = random.Random(20_240_501)  # noqa: S311 - no secret, but the same file each time
        number = 0
        while True:
            number += 1
            yield self._record(chance, number)


def people(chance: random.Random, mean: float) -> list[tuple[str, str]]:
    """Return given names and surnames."""
    count = min(1 + int(chance.expovariate(1 / mean)), 60)
    return [(words(chance, 1).title(), words(chance, 2).title().replace(" ", "")) for _ in range(count)]


def dblp(chance: random.Random, number: int) -> str:
    """Return a record of dblp."""
    authors = "\n".join(
        f'<author orcid="0000-0002-1825-0097">{given} {last} 0001</author>' if chance.random() < 0.3 else f"<author>{given} {last}</author>"
        for given, last in people(chance, 2.5)
    )
    return (
        f'<article mdate="2024-05-01" key="journals/gravel/Moss{number}">\n{authors}\n<title>{words(chance, 10).capitalize()}.</title>\n<pages>1-12</pages>\n'
        f"<year>{1990 + number % 34}</year>\n<volume>{number % 40}</volume>\n<journal>J. Gravel</journal>\n<number>2</number>\n"
        f'<ee type="oa">https://doi.org/10.1000/GRAVEL.{number}</ee>\n<url>db/journals/gravel/gravel{number % 40}.html#Moss{number}</url>\n</article>\n'
    )


def pubmed(chance: random.Random, number: int) -> str:
    """Return a record of PubMed."""
    authors = "".join(
        f'<Author ValidYN="Y"><LastName>{last}</LastName><ForeName>{given}</ForeName><Initials>{given[0]}</Initials>'
        f"<AffiliationInfo><Affiliation>{words(chance, 9).title()}.</Affiliation></AffiliationInfo></Author>\n"
        for given, last in people(chance, 5)
    )
    sections = "".join(f'<AbstractText Label="{label}">{words(chance, 60)}.</AbstractText>\n' for label in ("AIM", "METHODS", "RESULTS"))
    mesh = "".join(f"<MeshHeading><DescriptorName>{words(chance, 2)}</DescriptorName></MeshHeading>\n" for _ in range(8))
    cited = "".join(
        f'<Reference><Citation>{words(chance, 16)}.</Citation><ArticleIdList><ArticleId IdType="pubmed">{chance.randint(1, 39_000_000)}'
        "</ArticleId></ArticleIdList></Reference>\n" for _ in range(20)
    )  # fmt: skip
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{number}</PMID>\n<Article><Journal><ISSN>1234-5678</ISSN><JournalIssue><Volume>1</Volume><Issue>2</Issue>"
        f"<PubDate><Year>2020</Year><Month>Jul</Month></PubDate></JournalIssue><Title>Gravel</Title></Journal>\n<ArticleTitle>{words(chance, 12)}.</ArticleTitle>\n"
        f'<ELocationID EIdType="doi">10.1000/g.{number}</ELocationID>\n<Abstract>{sections}</Abstract>\n<AuthorList CompleteYN="Y">{authors}</AuthorList>\n'
        f"<Language>eng</Language></Article><MeshHeadingList>{mesh}</MeshHeadingList></MedlineCitation>\n"
        f"<PubmedData><ReferenceList>{cited}</ReferenceList></PubmedData></PubmedArticle>\n"
    )


def jats(chance: random.Random, number: int) -> str:
    """Return an article in JATS, with a body."""
    authors = "".join(
        f'<contrib contrib-type="author"><name><surname>{last}</surname><given-names>{given}</given-names></name><xref ref-type="aff" rid="a1"/></contrib>\n'
        for given, last in people(chance, 5)
    )
    cited = "".join(
        f"<ref><element-citation><person-group><name><surname>Moss</surname></name></person-group><article-title>{words(chance, 9)}</article-title>"
        f'<pub-id pub-id-type="doi">10.1000/c.{chance.randint(1, 9999)}</pub-id></element-citation></ref>\n' for _ in range(40)
    )  # fmt: skip
    body = "".join(f"<p>{words(chance, 90)} <xref>1</xref> <italic>{words(chance, 5)}</italic>.</p>\n" for _ in range(50))
    return (
        f'<article article-type="research-article"><front><journal-meta><journal-title>Gravel</journal-title></journal-meta><article-meta>\n'
        f'<article-id pub-id-type="doi">10.1000/j.{number}</article-id><title-group><article-title>{words(chance, 12)}</article-title></title-group>\n'
        f'<contrib-group>{authors}<aff id="a1"><institution>Gravel Institute</institution>, <country>Moss</country></aff></contrib-group>\n'
        f"<pub-date><year>2020</year></pub-date><abstract><p>{words(chance, 180)}.</p></abstract></article-meta></front>\n<body>{body}</body>\n"
        f"<back><ref-list>{cited}</ref-list></back></article>\n"
    )


def acl(chance: random.Random, number: int) -> str:
    """Return a paper of the ACL Anthology."""
    authors = "".join(f"<author><first>{given}</first><last>{last}</last></author>\n" for given, last in people(chance, 3))
    return (
        f'<paper id="{number}">\n<title><fixed-case>G</fixed-case>ravel {words(chance, 8)}</title>\n{authors}<pages>1–9</pages>\n'
        f"<abstract>{words(chance, 150)}.</abstract>\n<url hash='0'>2020.acl-main.{number}</url>\n<doi>10.18653/v1/2020.acl-main.{number}</doi>\n</paper>\n"
    )


FORMATS = {
    "dblp_xml": Form("article", "<dblp>", "</dblp>", dblp),
    "pubmed": Form("PubmedArticle", "<PubmedArticleSet>", "</PubmedArticleSet>", pubmed),
    "jats": Form("article", "<pmc-articleset>", "</pmc-articleset>", jats),
    "acl_anthology": Form(
        "paper", '<collection id="2020.acl"><volume id="main"><meta><booktitle>Gravel</booktitle><year>2020</year></meta>', "</volume></collection>", acl
    ),
}

if __name__ == "__main__":
    main()
