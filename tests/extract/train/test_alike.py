"""Texts that are alike stand on one side."""

from kg.extract.evaluate.gold import GoldText
from kg.extract.train.alike import held_out, shared


def texts(*given: str) -> list[GoldText]:
    return [GoldText(str(number), str(number), text, ()) for number, text in enumerate(given)]


def test_texts_that_share_eight_words_are_held_out_together() -> None:
    alike = [f"{stone} lies on the bed of the old river in the north" for stone in ("gravel", "slate", "marble") * 9]
    assert len(held_out(texts(*alike))) in {0, len(alike)}
    apart = [f"{n} stones {n} a {n} b {n} c {n} d {n}" for n in range(400)]
    assert 50 < len(held_out(texts(*apart))) < 110


def test_texts_that_judge_are_not_learned_from() -> None:
    some = texts("One two three four five six seven eight nine.", "Another one.", "Two, three four five six seven eight: NINE, ten.")
    assert shared(some, texts("They say two three four five six seven eight nine")) == {"0", "2"}
    assert shared(some, texts("another one")) == {"1"}
    assert shared(some, []) == set()
