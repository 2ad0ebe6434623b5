"""Text: keys fold, spans do not move, sentences hold what they are asked for."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import (
    CONTROL,
    INVISIBLE,
    LINE_END,
    distinct_slug,
    fold,
    line_of,
    line_starts,
    printable,
    sentence_around,
    slug,
    squeeze,
    title_step,
    words,
    words_of_any_script,
)

LINES = st.text(alphabet="ab \r\n\u2028\x0b")
PROSE = st.lists(
    st.sampled_from(["We use GANs.", "It works!", "See Fig. 2", "by J. Doe et al. 2020", "(A)", '"B?"', "x", " ", "\n", "$y$."])
).map("".join)


@given(LINES)
def test_lines_are_counted_as_editors_count_them(text: str) -> None:
    starts = line_starts(text)
    assert len(starts) == len(LINE_END.findall(text)) + 1
    for offset in range(len(text) + 1):
        line = line_of(starts, offset)
        assert starts[line - 1] <= offset
        assert line == len(starts) or offset < starts[line]


@given(st.text())
def test_squeeze_leaves_one_clean_line(text: str) -> None:
    line = squeeze(text)
    assert not LINE_END.search(line)
    assert not CONTROL.search(line)
    assert not INVISIBLE.search(line)
    assert "  " not in line
    assert line == line.strip() == squeeze(line)


@given(st.text())
def test_fold_sees_no_difference_between_normal_forms(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text())
def test_fold_of_a_key_is_the_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aäron", "AARON"),
        ("Strauß", "strauss"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("O’Brien", "O'Brien"),
        ("Jean\u2011Luc", "Jean-Luc"),
        ("a\u200bb\ufeff", "ab"),
        ("ﬁne", "fine"),
        (" a\n\tb ", "a b"),
    ],
)
def test_one_key_for_what_readers_take_for_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("a", "а"), ("o", "ο"), ("C", "C++"), ("p", "р")])
def test_scripts_and_symbols_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_words_are_ascii(text: str) -> None:
    for word in words(text):
        assert word.isascii()
        assert word.isalnum()
        assert word == word.lower()


@given(st.text(), st.integers(1, 80))
def test_slug_can_stand_in_an_iri(text: str, limit: int) -> None:
    made = slug(text, limit)
    assert len(made) <= limit
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-")
    assert not made.endswith("-")


@given(st.text())
def test_distinct_slug_is_never_empty_and_can_stand_in_an_iri(text: str) -> None:
    made = distinct_slug(text)
    assert made
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_distinct_slug_keeps_apart_what_a_slug_does_not() -> None:
    texts = ["清华大学", "北京大学", "清华大学 AI", "北京大学 AI", "AI", "word " * 30 + "one", "word " * 30 + "two", "", "★", "☆"]
    assert len({distinct_slug(text) for text in texts}) == len(texts)
    assert distinct_slug("Université de Genève") == distinct_slug("universite de geneve") == "universite-de-geneve"


@given(st.text())
def test_printable_is_safe_for_a_terminal(text: str) -> None:
    assert all(c.isprintable() for c in printable(text))
    assert not INVISIBLE.search(printable(text))


def test_printable_leaves_letters_alone() -> None:
    assert printable("Zürich, 東京 \\ 1") == "Zürich, 東京 \\ 1"


@given(st.data())
def test_a_sentence_holds_its_span(data: st.DataObject) -> None:
    text = data.draw(PROSE)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = sentence_around(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)


@pytest.mark.parametrize(
    ("text", "quote", "sentence"),
    [
        ("One. Two uses GAN. Three.", "GAN", "Two uses GAN."),
        ("Smith et al. Propose GAN. End.", "GAN", "Smith et al. Propose GAN."),
        ("By J. Doe, GAN wins. End.", "GAN", "By J. Doe, GAN wins."),
        ("Score of 3.5 for GAN! End", "GAN", "Score of 3.5 for GAN!"),
        ("As he said (GAN.) Then more.", "GAN", "As he said (GAN.)"),
        ("Is it GAN? $y$ is.", "y", "$y$ is."),
        ("no end for GAN", "GAN", "no end for GAN"),
    ],
)
def test_sentences(text: str, quote: str, sentence: str) -> None:
    start = text.index(quote)
    assert text[slice(*sentence_around(text, start, start + len(quote)))] == sentence


@given(st.text())
def test_words_of_any_script_are_their_own_words(text: str) -> None:
    found = words_of_any_script(text)
    assert words_of_any_script(" ".join(found)) == found


@given(st.text(alphabet="ab é-.,Ü3ß ñ"))
def test_words_in_latin_letters_are_the_same_whatever_is_asked_for(text: str) -> None:
    assert words_of_any_script(text) == words(text)


def test_titles_in_other_letters_are_cited_apart() -> None:
    titles = ["О приливах в узких заливах", "Сортировка гравия", "窄湾的潮汐", "砾石分选", "좁은 만의 조석", "المد في الخلجان", "?!", "..."]
    assert len(set(map(title_step, titles))) == len(titles)
    assert title_step("О приливах в узких заливах.") == title_step("О ПРИЛИВАХ, в узких заливах")


def test_greek_words_are_transcribed_and_symbols_named() -> None:
    assert [slug(text) for text in ("Ελένη Παπαδοπούλου", "Ἀριστοτέλης", "σ-GAN", "μP", "Ω")] == [
        "eleni-papadopoulou", "aristotelis", "sigma-gan", "mup", "omega",
    ]  # fmt: skip
    assert distinct_slug("Λήθη") != distinct_slug("Λίθη"), "eta and iota are written alike"
    assert distinct_slug("Λήθη").startswith("lithi-")
