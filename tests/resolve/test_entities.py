"""Entities have stable, readable names of their own; two entities never share one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Field, Judgement, Record
from kg.resolve import cluster, entities, organizations, papers, people
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


def test_of_two_papers_that_claim_one_identifier_the_one_with_more_records_has_it() -> None:
    found = [paper(name, "2205.06175", f"On Tea {name}") for name in "abc"]
    judged = [Judgement("paper", "a/0", other, "different", 1.0, papers.CONTESTED, {}) for other in ("b/0", "c/0")]
    named = paths(entities.papers(found, [*papers.judge(found), *judged]))
    assert named == {"a/0": f"paper/{found[0].anchor}", "b/0": "paper/arxiv-2205.06175", "c/0": "paper/arxiv-2205.06175"}


def test_records_that_nothing_tells_apart_stay_two_papers() -> None:
    found = [paper("a"), paper("b"), paper("c", title="Introduction"), paper("d", title="Introduction")]
    assert len(set(paths(entities.papers(found, papers.judge(found))).values())) == 4


def people_of(slots: list[Slot], judgements: list[Judgement] | None = None, **given: dict[str, str]) -> dict[str, str]:
    return paths(entities.people(slots, people.judge(slots) if judgements is None else judgements, anchors_of(slots), **given))  # type: ignore[arg-type]


def anchors_of(slots: list[Slot]) -> dict[str, str]:
    return {each.list: f"content of {each.list}" for each in slots}


def former(slots: list[Slot], judgements: list[Judgement] | None = None) -> dict[str, set[str]]:
    rows = entities.people(slots, people.judge(slots) if judgements is None else judgements, anchors_of(slots))
    found: dict[str, set[str]] = defaultdict(set)
    for row in entities.former_people(slots, rows, anchors_of(slots)):
        found[row["former"]].add(row["entity"])
    return found


def test_people_and_groups_are_named_after_their_fullest_name() -> None:
    named = people_of([slot("a/0#author/0", "Jane Doe"), slot("a/0#author/1", "Gemma Team", group=True), slot("a/0#author/2", "王伟")])
    assert named["a/0#author/0"] == "person/jane-doe"
    assert named["a/0#author/1"] == "group/gemma-team"
    assert named["a/0#author/2"].startswith("person/unnamed-")


def test_an_orcid_names_a_person() -> None:
    known = replace(slot("a/0#author/0", "Jane Doe"), ids=frozenset({"orcid:0000-0002-1825-0097"}))
    assert people_of([known])["a/0#author/0"] == "person/orcid-0000-0002-1825-0097"
    assert former([known])["person/jane-doe"] == {"person/orcid-0000-0002-1825-0097"}


def test_people_of_one_name_are_told_apart_by_their_earliest_papers() -> None:
    slots = [replace(slot(f"{d}/0#author/0", "Wei Zhang", paper=f"paper/{d}"), year=2000 + at) for at, d in enumerate("abc")]
    named = people_of(slots, [])
    assert len(set(named.values())) == 3
    same = Judgement("person", "a/0#author/0", "b/0#author/0", "same", 1.0, "x", {})
    assert people_of(slots, [same])["a/0#author/0"] == people_of(slots, [same])["b/0#author/0"] == named["a/0#author/0"]
    assert former(slots, [])["person/wei-zhang"] == set(named.values())
    assert former(slots, [same])[named["b/0#author/0"]] == {named["a/0#author/0"]}, "what was apart before leads to what it is in now"


def test_a_name_that_only_its_record_tells_apart_is_not_shared() -> None:
    slots = [slot(f"{d}/0#author/0", "J. Doe", paper=f"paper/{d}") for d in "abc"]
    rows = entities.people(slots, [], dict.fromkeys(("a/0", "b/0", "c/0"), "one content"))
    assert len(set(paths(rows).values())) == 3


def test_a_person_keeps_the_name_when_papers_come_and_is_found_under_the_former_one_when_it_changes() -> None:
    first = [slot("a/0#author/0", "A. Muster", paper="paper/a")]
    same = Judgement("person", "a/0#author/0", "b/0#author/0", "same", 1.0, "x", {})
    more = [*first, slot("b/0#author/0", "A. Muster", paper="paper/b")]
    assert people_of(first, [])["a/0#author/0"] == people_of(more, [same])["a/0#author/0"] == "person/a-muster"
    fuller = [*first, slot("b/0#author/0", "Almut Muster", paper="paper/b")]
    assert people_of(fuller, [same])["a/0#author/0"] == "person/almut-muster"
    assert former(fuller, [same])["person/a-muster"] == {"person/almut-muster"}


def test_a_name_given_by_people_names_the_node() -> None:
    slots = [slot("a/0#author/0", "John Doe")]
    assert people_of(slots, renamed={"a/0#author/0": "Jane Doe"})["a/0#author/0"] == "person/jane-doe"


def test_what_is_likelier_one_of_several_than_a_new_person_is_ambiguous() -> None:
    slots = [slot(f"{d}/0#author/0", name, paper=f"paper/{d}") for d, name in (("a", "Jing Wang"), ("b", "Jun Wang"), ("c", "J. Wang"))]
    slots += [slot(f"{d}/0#author/0", name, paper=f"paper/{d}") for d, name in (("d", "Jing Wang"), ("e", "Jun Wang"))]

    def judged(verdict: str, left: str, right: str, score: float) -> Judgement:
        return Judgement("person", f"{left}/0#author/0", f"{right}/0#author/0", verdict, score, "x", {})  # type: ignore[arg-type]

    joined = [judged("same", "a", "d", 0.9), judged("same", "b", "e", 0.9)]
    named = people_of(slots, [*joined, judged("unsure", "a", "c", 0.4), judged("unsure", "b", "c", 0.4)])
    assert named["c/0#author/0"].startswith("ambiguous/j-wang-")
    assert named["a/0#author/0"] == "person/jing-wang"
    new = people_of(slots, [*joined, judged("unsure", "a", "c", 0.2), judged("unsure", "b", "c", 0.2)])
    assert new["c/0#author/0"] == "person/j-wang"
    one = people_of(slots, [*joined, judged("unsure", "a", "c", 0.5)])
    assert one["c/0#author/0"] == "person/j-wang"


def test_one_authorship_a_paper_and_person() -> None:
    slots = [slot("a/0#author/0", "Jane Doe"), slot("b/0#author/3", "Jane Doe"), slot("c/0#author/0", "Jane Doe", paper="paper/q"),
             Slot("p/profile0#name/0", "", "p", "Jane Doe", group=False, profile=True)]  # fmt: skip
    identity = dict.fromkeys((s.member for s in slots), "person/jane-doe-1")
    named = paths(entities.authorships(slots, identity))
    assert set(named) == {"authorship|a/0#author/0", "authorship|b/0#author/3", "authorship|c/0#author/0"}
    assert named["authorship|a/0#author/0"] == named["authorship|b/0#author/3"] != named["authorship|c/0#author/0"]


def named(*texts: str, said: Sequence[Judgement] = ()) -> dict[str, str]:
    """Return text to path, of organisations."""
    found = organizations.spellings(Affiliation(f"{n}/0#affiliation/0", text) for n, text in enumerate(texts))
    taken = organizations.targets(found)
    rows = entities.organizations_of(found, taken, [*organizations.judge(found, taken), *said], BASE)
    return {texts[int(row["member"].partition("/")[0])]: row["entity"] for row in rows}


def test_organisations_are_named_after_the_ontology_or_their_words() -> None:
    paths = named("DeepMind", "Hats Inc", "清华大学", "Department of Hats")
    assert paths["DeepMind"] == "organization/deepmind"
    assert paths["Hats Inc"] == "organization/hats-inc"
    assert paths["清华大学"].startswith("organization/")
    assert paths["Department of Hats"] == "organization/department-of-hats"
    assert all(path.isascii() for path in paths.values())


def test_a_name_that_is_none_of_the_listed_one_does_not_take_its_path() -> None:
    paths = named("Columbia University, Quito, Ecuador", "Columbia University")
    assert paths["Columbia University"] == "organization/columbia-university"
    assert paths["Columbia University, Quito, Ecuador"].startswith("organization/columbia-university-")


def test_a_person_can_split_what_has_one_name() -> None:
    texts = ("DeepMind", "Google DeepMind", "DeepMind, London")
    split = Judgement("organization", "0/0#affiliation/0", "1/0#affiliation/0", "different", 1.0, "person:cannot-link", {}, "decisions.csv")
    paths = named(*texts, said=[split])
    assert paths["DeepMind"] != paths["Google DeepMind"]
    assert "organization/deepmind" in paths.values()


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


def test_many_that_nothing_tells_apart_are_numbered() -> None:
    found = [paper(f"{n:05}") for n in range(20_000)]
    rows = entities.papers(found, [])
    assert [row["entity"].removeprefix(f"paper/{found[0].anchor}") for row in rows] == ["", *(f"-{n}" for n in range(2, 20_001))]


def test_a_thing_is_found_under_each_of_its_names_but_not_under_that_of_another() -> None:
    rows = [{"kind": "thing", "member": member, "entity": entity} for member, entity in (
        ("method/foonet", "method/foo-net"), ("method/foo-net", "method/foo-net"), ("d/1#method/bar", "method/bar-2"), ("method/bar", "method/bar"),
    )]  # fmt: skip
    assert entities.former_things(rows) == [{"former": "method/foonet", "entity": "method/foo-net"}]
