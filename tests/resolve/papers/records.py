"""Records of papers about gliders, for the tests of identity."""

from collections.abc import Sequence

from hypothesis import strategies as st

from kg.ids import identifier
from kg.model import Field, Mention, Record
from kg.resolve.papers import Features, features, judge

ABSTRACT = (
    "Gliders stay aloft by finding rising air. We present Kestrel, a planner that reads thermals from onboard pressure "
    "alone and circles where lift is strongest. On forty flights over hills it doubles the time in the air."
)
REWORDED = (
    "Kestrel plans the path of a glider. A pressure sensor onboard is all that it needs for finding thermals, and where "
    "the air is rising it circles. In forty flights over hills the time aloft was twice that of a pilot."
)
OTHER = (
    "Tea leaves lose their scent when stored in damp rooms. Our sensor watches humidity around the chest and warns the "
    "keeper before mould can grow, at a cost of a few cents a month."
)


def record(
    name: str, *, title: str = "", abstract: str = "", authors: Sequence[str] = (), date: str = "", arxiv: str = "",
    venue: str = "",
) -> Record:  # fmt: skip
    fields = [Field("author", author, 1, position=i) for i, author in enumerate(authors)]
    fields += [
        Field(kind, text, 1, value=text if kind == "date" else None)
        for kind, text in {"title": title, "abstract": abstract, "date": date, "arxiv_id": arxiv, "venue": venue}.items()
        if text
    ]
    return Record(name, 0, "paper", 0, 1, 1, tuple(fields))


def with_fields(name: str = "a", **given: str) -> Record:
    """Return a record with these fields; `year_` and the like give a field twice."""
    made = []
    for key, text in given.items():
        kind = key.rstrip("_")
        value = identifier(text) if kind == "identifier" else text if kind == "date" else None
        made.append(Field(kind, text, 1, value=value))
    return Record(name, 0, "paper", 0, 1, 1, tuple(made))


def introduces(name: str, canonical: str) -> Mention:
    return Mention(
        f"{name}/0", "abstract", 0, 1, None, None, canonical, "method", canonical, None, "introduces", 0.9, "acronym"
    )


def seen(name: str, *names: str, **fields: str | Sequence[str]) -> Features:
    return features(record(name, **fields), [introduces(name, each) for each in names])  # type: ignore[arg-type]


def verdict(one: Features, other: Features) -> str:
    """Return what is found on two records; nothing found is no verdict."""
    found = judge([one, other])
    assert len(found) <= 1
    return found[0].verdict if found else "nothing"


TITLES = st.sampled_from(["", "Kestrel: Planning to Soar", "Kestrel 2: Planning to Soar", "Introduction", "On Tea"])
TEXTS = st.sampled_from(["", ABSTRACT, REWORDED, OTHER, ABSTRACT[:120], "Withdrawn."])
CORPUS = st.lists(
    st.tuples(TITLES, TEXTS, st.sampled_from(["", "2205.06175", "2205.06176"]), st.sampled_from(["", "2022-05-12", "2019-01-01"])),
    max_size=8,
)  # fmt: skip


def corpus(rows: list[tuple[str, str, str, str]]) -> list[Features]:
    """The papers of these titles, texts, arXiv ids and dates."""
    return [seen(f"d{i}", title=t, abstract=x, arxiv=n, date=d) for i, (t, x, n, d) in enumerate(rows)]


def near_copies(count: int) -> list[Features]:
    """Return near copies: one abstract but for a word, another title and another id each."""
    return [
        seen(
            f"d{i:04}", title=f"Case report {i} from ward {chr(97 + i % 26)}",
            abstract=ABSTRACT.replace("forty", f"case{i}"), arxiv=f"2205.{i + 1:05}",
        )
        for i in range(count)
    ]  # fmt: skip
