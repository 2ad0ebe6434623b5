"""Entities have stable, readable names of their own; two entities never share one."""

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Field, Judgement, Record
from kg.resolve import cluster, entities, papers, people
from kg.resolve.organizations import Affiliation
from kg.resolve.papers import Features, features
from kg.resolve.people import Slot

BASE = "https://w3id.org/kgp/id/"


def paper(name: str, arxiv: str = "", title: str = "") -> Features:
    fields = [Field("arxiv_id", arxiv, 1)] if arxiv else []
    fields += [Field("title", title, 1)] if title else []
    return features(Record(name, 0, "paper", 0, 1, 1, tuple(fields)), ())


def paths(rows: list[dict[str, str]]) -> dict[str, str]:
    return {row["member"]: row["entity"] for row in rows}


def slot(member: str, name: str, *, group: bool = False, rank: int = 0, paper: str = "paper/p") -> Slot:
    return Slot(member, paper, member.partition("/")[0], name, group, rank)


def test_a_paper_is_named_after_its_identifier_else_its_content() -> None:
    found = [paper("a", "2205.06175"), paper("b", "hep-th/9901001"), paper("c", title="On Tea and Its Storage")]
    named = paths(entities.papers(found, papers.judge(found)))
    assert named["a/0"] == "paper/arxiv-2205.06175"
    assert named["b/0"] == "paper/arxiv-hep-th-9901001"
    assert named["c/0"] == f"paper/{found[2].anchor}"


def test_a_paper_keeps_its_name_when_others_come() -> None:
    one = paper("a", title="On Tea and Its Storage")
    more = [paper("0", title="On Coffee and Its Storage"), one, paper("z", title="On Milk and Its Storage")]
    assert paths(entities.papers([one], []))["a/0"] == paths(entities.papers(more, papers.judge(more)))["a/0"]


def test_two_papers_split_by_people_do_not_share_a_name() -> None:
    found = [paper("a", "2205.06175", "On Tea"), paper("b", "2205.06175", "On Tea")]
    split = Judgement("paper", "a/0", "b/0", "different", 1.0, "person:cannot-link", {}, "decisions.csv")
    named = paths(entities.papers(found, [*papers.judge(found), split]))
    assert sorted(named.values()) == sorted({"paper/arxiv-2205.06175", f"paper/{found[0].anchor}"})


def test_records_that_nothing_tells_apart_stay_two_papers() -> None:
    found = [paper("a"), paper("b"), paper("c", title="Introduction"), paper("d", title="Introduction")]
    assert len(set(paths(entities.papers(found, papers.judge(found))).values())) == 4


def test_people_and_groups_are_named_after_their_fullest_name() -> None:
    slots = [slot("a/0#author/0", "Jane Doe"), slot("a/0#author/1", "Gemma Team", group=True), slot("a/0#author/2", "王伟")]
    named = paths(entities.people(slots, people.judge(slots), {"a/0": "content"}))
    assert named["a/0#author/0"].startswith("person/jane-doe-")
    assert named["a/0#author/1"].startswith("group/gemma-team-")
    assert named["a/0#author/2"].startswith("person/unnamed-")


def test_people_that_only_their_record_tells_apart_do_not_share_a_name() -> None:
    slots = [slot(f"{d}/0#author/0", "J. Doe", paper=f"paper/{d}") for d in "abc"]
    named = paths(entities.people(slots, people.judge(slots), dict.fromkeys(("a/0", "b/0", "c/0"), "one content")))
    assert len(set(named.values())) == 3


def test_one_authorship_a_paper_and_person() -> None:
    slots = [slot("a/0#author/0", "Jane Doe"), slot("b/0#author/3", "Jane Doe"), slot("c/0#author/0", "Jane Doe", paper="paper/q"),
             Slot("p/profile0#name/0", "", "p", "Jane Doe", group=False, profile=True)]  # fmt: skip
    identity = dict.fromkeys((s.member for s in slots), "person/jane-doe-1")
    named = paths(entities.authorships(slots, identity))
    assert set(named) == {"authorship|a/0#author/0", "authorship|b/0#author/3", "authorship|c/0#author/0"}
    assert named["authorship|a/0#author/0"] == named["authorship|b/0#author/3"] != named["authorship|c/0#author/0"]


def test_organisations_are_named_after_the_ontology_or_their_words() -> None:
    rows = entities.organizations_of([Affiliation("a", "DeepMind"), Affiliation("b", "Dept. of Hats"), Affiliation("c", "清华大学")], BASE)
    named = paths(rows)
    assert named["a"] == "organization/deepmind"
    assert named["b"] == "organization/dept-of-hats"
    assert named["c"].startswith("organization/")
    assert all(path.isascii() for path in named.values())


RECORDS = st.lists(st.tuples(st.sampled_from(["", "2205.06175", "2205.06176"]), st.sampled_from(["", "On Tea", "On Tea and Its Storage"])), max_size=6)


@settings(deadline=None)
@given(RECORDS, st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from(["same", "different"])), max_size=4))
def test_one_name_for_each_cluster_and_one_cluster_for_each_name(
    rows: list[tuple[str, str]], decided: list[tuple[int, int, str]]
) -> None:
    found = [paper(f"d{i}", *row) for i, row in enumerate(rows)]
    judgements = papers.judge(found) + [
        Judgement("paper", f"d{min(i, k)}/0", f"d{max(i, k)}/0", verdict, 1.0, "x", {}, "decisions.csv")  # type: ignore[arg-type]
        for i, k, verdict in decided
        if i != k and max(i, k) < len(found)
    ]
    by_path: dict[str, set[str]] = defaultdict(set)
    for member, path in paths(entities.papers(found, judgements)).items():
        by_path[path].add(member)
    clusters = {frozenset(members) for members in cluster.components([f.record for f in found], judgements)}
    assert {frozenset(members) for members in by_path.values()} == clusters
