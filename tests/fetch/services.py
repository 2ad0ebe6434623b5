"""The five services as their documentation describes them, over papers that do not exist; each rule they have is kept.

What a service would refuse, these refuse: a page that is too large, a parameter that does not exist, a cursor that is
unknown or too old.
"""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from tests.fetch.server import Answer, Seen, of_json, of_xml


@dataclass(frozen=True)
class Paper:
    """A paper of a number; all else follows from it."""

    number: int

    @property
    def title(self) -> str:
        return f"Gravel, Part {self.number}"

    @property
    def year(self) -> int:
        return 2015 + self.number % 5

    @property
    def arxiv(self) -> str:
        return f"2101.{self.number:05}"

    @property
    def doi(self) -> str:
        return f"10.5555/gravel.{self.number}"

    @property
    def openalex(self) -> str:
        return f"W{4_000_000 + self.number}"

    @property
    def sha(self) -> str:
        return f"{self.number:040x}"

    @property
    def key(self) -> str:
        return f"conf/gravel/Beispiel{self.number}"


def papers(count: int) -> list[Paper]:
    return [Paper(number) for number in range(1, count + 1)]


def allowed(seen: Seen, *names: str) -> None:
    """Refuse parameters that a service does not have."""
    assert set(seen.params) <= set(names), set(seen.params) - set(names)


@dataclass
class Arxiv:
    """https://info.arxiv.org/help/api/user-manual.html, and its glitch: pages that are empty now and then."""

    held: list[Paper]
    total: int | None = None

    def __call__(self, seen: Seen) -> Answer:
        assert (seen.method, seen.path) == ("GET", "/api/query")
        allowed(seen, "search_query", "id_list", "start", "max_results", "sortBy", "sortOrder")
        start, most = int(seen.params.get("start", 0)), int(seen.params.get("max_results", 10))
        if most > 2000 or start + most > 30_000:
            return of_xml(self.error("max_results must be smaller"), 400)
        found = self.held
        if "id_list" in seen.params:
            by_id = {paper.arxiv: paper for paper in self.held}
            found = [by_id[each] for each in seen.params["id_list"].split(",") if each in by_id]
        return of_xml(self.feed(found[start : start + most], len(found) if self.total is None else self.total, start))

    @staticmethod
    def feed(shown: list[Paper], total: int, start: int) -> str:
        entries = "".join(
            f"<entry><id>http://arxiv.org/abs/{paper.arxiv}v1</id><updated>2021-01-04T00:00:00Z</updated>"
            f"<published>2021-01-04T00:00:00Z</published><title>{paper.title}</title><summary>Stones are sorted.</summary>"
            f'<author><name>Ada Beispiel</name></author><category term="cs.RO" scheme="http://arxiv.org/schemas/atom"/>'
            f'<arxiv:primary_category term="cs.RO"/></entry>'
            for paper in shown
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
            'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
            f"<title>ArXiv Query</title><id>http://arxiv.org/api/x</id><opensearch:totalResults>{total}</opensearch:totalResults>"
            f"<opensearch:startIndex>{start}</opensearch:startIndex>{entries}</feed>"
        )

    @staticmethod
    def error(what: str) -> str:
        return (
            '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
            "<opensearch:totalResults>1</opensearch:totalResults><entry><id>http://arxiv.org/api/errors#some</id>"
            f"<title>Error</title><summary>{escape(what)}</summary></entry></feed>"
        )


@dataclass
class OpenAlex:
    """https://developers.openalex.org/guides/page-through-results and the guides on filters."""

    held: list[Paper]

    def __call__(self, seen: Seen) -> Answer:
        allowed(seen, "search", "filter", "per_page", "cursor", "api_key")
        if seen.path.startswith("/works/"):
            found = [paper for paper in self.held if seen.path == f"/works/doi:{paper.doi}"]
            return of_json(self.work(found[0])) if found else of_json({"error": "Not found", "message": "no such work"}, 404)
        assert (seen.method, seen.path) == ("GET", "/works")
        size, found = int(seen.params["per_page"]), self.held
        assert 1 <= size <= 100
        if found_ids := re.fullmatch(r"(ids\.openalex|doi|ids\.pmid):(.*)", seen.params.get("filter", "")):
            wanted = found_ids[2].split("|")
            assert len(wanted) <= 100
            found = [paper for paper in self.held if paper.openalex in wanted or paper.doi in wanted]
        cursor = seen.params["cursor"]
        start = 0 if cursor == "*" else int(base64.b64decode(cursor))
        shown = found[start : start + size]
        following = base64.b64encode(str(start + size).encode()).decode() if shown else None
        meta = {"count": len(found), "db_response_time_ms": 17 + start, "page": None, "per_page": size, "next_cursor": following}
        return of_json({"meta": meta, "results": [self.work(paper) for paper in shown], "group_by": []})

    @staticmethod
    def work(paper: Paper) -> dict[str, object]:
        return {
            "id": f"https://openalex.org/{paper.openalex}", "doi": f"https://doi.org/{paper.doi}", "title": paper.title,
            "display_name": paper.title, "publication_year": paper.year, "publication_date": f"{paper.year}-02-03",
            "authorships": [{
                "author_position": "first", "author": {"id": "https://openalex.org/A5000000001", "display_name": "Ada Beispiel"},
                "institutions": [], "raw_author_name": "Ada Beispiel",
            }],
            "abstract_inverted_index": {"Stones": [0], "are": [1], "sorted.": [2]}, "referenced_works": [],
        }  # fmt: skip


@dataclass
class SemanticScholar:
    """https://api.semanticscholar.org/api-docs/graph."""

    held: list[Paper]
    people: list[dict[str, object]] = field(default_factory=list)

    def __call__(self, seen: Seen) -> Answer:
        path = seen.path.removeprefix("/graph/v1")
        if path == "/paper/batch":
            return self.batch(seen)
        if path == "/paper/search/bulk":
            allowed(seen, "query", "fields", "year", "sort", "token")
            assert "references" not in seen.params["fields"]
            start = int(seen.params.get("token", "T0")[1:])
            token = f"T{start + 1000}" if start + 1000 < len(self.held) else None
            return of_json({"total": len(self.held), "token": token, "data": self.shown(start, 1000)})
        allowed(seen, "query", "fields", "year", "offset", "limit")
        if path == "/author/search":
            return of_json({"total": len(self.people), "offset": 0, "data": self.people})
        start, size = int(seen.params["offset"]), int(seen.params["limit"])
        further = {"next": start + size} if start + size < len(self.held) else {}
        if path == "/paper/search":
            assert size <= 100
            assert start + size <= 1000
            return of_json({"total": len(self.held), "offset": start, **further, "data": self.shown(start, size)})
        assert path == "/author/1741101/papers"
        assert size <= 1000
        return of_json({"offset": start, **further, "data": self.shown(start, size)})

    def batch(self, seen: Seen) -> Answer:
        assert (seen.method, seen.headers["content-type"]) == ("POST", "application/json")
        wanted = json.loads(seen.body)["ids"]
        assert len(wanted) <= 500
        known = {name: paper for paper in self.held for name in (paper.sha, f"DOI:{paper.doi}", f"ARXIV:{paper.arxiv}")}
        found = [self.paper(known[each]) if each in known else None for each in wanted]
        return of_json(found) if any(found) else of_json({"error": "No valid paper ids given"}, 400)

    def shown(self, start: int, size: int) -> list[dict[str, object]]:
        return [self.paper(paper) for paper in self.held[start : start + size]]

    @staticmethod
    def paper(paper: Paper) -> dict[str, object]:
        return {
            "paperId": paper.sha, "corpusId": paper.number, "externalIds": {"DOI": paper.doi, "ArXiv": paper.arxiv},
            "title": paper.title, "abstract": "Stones are sorted.", "year": paper.year, "venue": "Journal of Gravel",
            "authors": [{"authorId": "1741101", "name": "Ada Beispiel"}],
        }  # fmt: skip


@dataclass
class Crossref:
    """https://api.crossref.org/swagger-ui/index.html; its cursor stays the same, and is forgotten after five minutes."""

    held: list[Paper]
    now: Callable[[], float] = lambda: 0.0
    scrolls: dict[str, tuple[int, float]] = field(default_factory=dict)

    def __call__(self, seen: Seen) -> Answer:
        allowed(seen, "query", "query.author", "filter", "rows", "cursor", "mailto")
        if seen.path.startswith("/works/"):
            found = [paper for paper in self.held if seen.path == f"/works/{paper.doi}"]
            message = {"status": "ok", "message-type": "work", "message-version": "1.0.0"}
            return of_json({**message, "message": self.work(found[0])}) if found else Answer(b"Resource not found.", 404, kind="text/plain")
        assert seen.path == "/works"
        size, found = int(seen.params["rows"]), self.held
        assert size <= 1000
        wanted = re.findall(r"doi:([^,]*)", seen.params.get("filter", ""))
        if wanted:
            found = [paper for paper in self.held if paper.doi in wanted]
        further: dict[str, str] = {}
        start = 0
        if cursor := seen.params.get("cursor"):
            scroll = f"DnF1+ZXJ5/{len(self.scrolls)}==" if cursor == "*" else cursor
            start, when = (0, self.now()) if cursor == "*" else self.scrolls.get(cursor, (0, -1e9))
            if self.now() - when > 300:
                return Answer(b"Resource not found.", 404, kind="text/plain")
            self.scrolls[scroll] = (start + size, self.now())
            further = {"next-cursor": scroll}
        items = [self.work(paper) for paper in found[start : start + size]]
        listed: dict[str, object] = {**further, "total-results": len(found), "items-per-page": size, "items": items}
        return of_json({"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": listed})

    @staticmethod
    def work(paper: Paper) -> dict[str, object]:
        return {
            "DOI": paper.doi, "title": [paper.title], "container-title": ["Journal of Gravel"], "type": "journal-article",
            "issued": {"date-parts": [[paper.year, 2]]}, "publisher": "Exempel", "reference-count": 0, "member": "1",
            "author": [{"given": "Ada", "family": "Beispiel", "sequence": "first", "affiliation": []}],
        }  # fmt: skip


@dataclass
class Dblp:
    """https://dblp.org/faq/13501473.html, pages of people and records."""

    held: list[Paper]

    def __call__(self, seen: Seen) -> Answer:
        if seen.path.startswith("/rec/"):
            found = [paper for paper in self.held if seen.path == f"/rec/{paper.key}.xml"]
            if not found:
                return Answer(b"<html><body>not there</body></html>", 404, kind="text/html")
            return of_xml(f"<dblp>{self.record(found[0])}</dblp>")
        if seen.path.startswith("/pid/"):
            assert seen.path == "/pid/12/3456.xml"
            records = "".join(f"<r>{self.record(paper)}</r>" for paper in self.held)
            return of_xml(f'<dblpperson name="Ada Beispiel" pid="12/3456" n="{len(self.held)}">{records}</dblpperson>')
        assert seen.path == "/search/publ/api"
        allowed(seen, "q", "h", "f", "c", "format")
        first, most = int(seen.params["f"]), int(seen.params["h"])
        assert most <= 1000
        assert first + most <= 10_000
        year = re.search(r"year:(\d+):", seen.params["q"])
        found = [paper for paper in self.held if not year or paper.year == int(year[1])]
        shown = found[first : first + most]
        hits = "".join(
            f'<hit score="1" id="{paper.number}"><info><authors><author pid="12/3456">Ada Beispiel</author></authors>'
            f"<title>{paper.title}.</title><venue>Gravel</venue><year>{paper.year}</year><key>{paper.key}</key>"
            f"<doi>{paper.doi}</doi><url>https://dblp.org/rec/{paper.key}</url></info></hit>"
            for paper in shown
        )
        return of_xml(
            f'<result><query id="1">x</query><status code="200">OK</status><hits total="{len(found)}" computed="{len(shown)}" '
            f'sent="{len(shown)}" first="{first}">{hits}</hits></result>'
        )

    @staticmethod
    def record(paper: Paper) -> str:
        return (
            f'<inproceedings key="{paper.key}"><author pid="12/3456">Ada Beispiel</author><title>{paper.title}.</title>'
            f"<year>{paper.year}</year><booktitle>Gravel</booktitle></inproceedings>"
        )
