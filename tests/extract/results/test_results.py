"""Reported results: the words by which numbers are tied to what they measure, and numbers that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import extract_record
from kg.extract.results import results_of
from kg.extract.results.json import as_json
from kg.model import Field, Record
from kg.model.results import Result
from tests.growth import assert_linear

Told = tuple[float, str | None, str | None]


def found(text: str, start: int | None = 0) -> list[Result]:
    field = Field("abstract", text, 1, start, None if start is None else start + len(text))
    record = Record("d" * 16, 0, "paper", 0, len(text), 1, (field,))
    return results_of(record, extract_record(record))


def told(text: str) -> list[Told]:
    """Value, metric and dataset of each result."""
    return [(r.value, r.metric.name if r.metric else None, r.dataset.name if r.dataset else None) for r in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It has an accuracy of about 93.3% on ImageNet.", [(93.3, "accuracy", "ImageNet")]),
        ("It reaches 76.1 mAP on COCO.", [(76.1, "mAP", "COCO")]),
        ("On CIFAR-10, our accuracy is 95.1%.", [(95.1, "accuracy", "CIFAR-10")]),
        (
            "We get an IS of 166.3 and FID of 9.6 on ImageNet at 128x128.",
            [(166.3, "Inception Score", "ImageNet"), (9.6, "Fréchet Inception Distance", "ImageNet")],
        ),
        (
            "We reach 96.0% and 74.2% accuracy on CIFAR-10 and CIFAR-100, respectively.",
            [(96.0, "accuracy", "CIFAR-10"), (74.2, "accuracy", "CIFAR-100")],
        ),
        (
            "It gains 5.5% accuracy on ImageNet and 3.5% on SVHN.",
            [(5.5, "accuracy", "ImageNet"), (3.5, "accuracy", "SVHN")],
        ),
        ("On MNIST we improve accuracy from 71.2% to 75.4%.", [(71.2, "accuracy", "MNIST"), (75.4, "accuracy", "MNIST")]),
        ("Our model outperforms the best baseline by 6.3% on MNIST.", [(6.3, None, "MNIST")]),
        ("It beats 13 baselines by 0.9% on average.", [(0.9, None, None)]),
        ("The judges prefer it in 64.7% of cases.", [(64.7, None, None)]),
        ("We obtain 97.8% on MNIST.", [(97.8, None, "MNIST")]),
        ("A recall of 97\\% and a precision of 99\\%.", [(97.0, "recall", None), (99.0, "precision", None)]),
        ("Gains of 2.1%, 1.9% and 0.4% in precision, recall and accuracy, respectively.",
         [(2.1, "precision", None), (1.9, "recall", None), (0.4, "accuracy", None)]),
        ("The accuracy on both MNIST and SVHN is 99%.", [(99.0, "accuracy", "MNIST"), (99.0, "accuracy", "SVHN")]),
        ("Pass@1 rises by 3 to 6 points on HumanEval and MBPP.",
         [(3.0, "pass@1", "HumanEval"), (3.0, "pass@1", "MBPP"), (6.0, "pass@1", "HumanEval"), (6.0, "pass@1", "MBPP")]),
        ("Accuracies on MNIST and SVHN are 82.3%, 71.8% and 76.8%.",
         [(82.3, "accuracy", None), (71.8, "accuracy", None), (76.8, "accuracy", None)]),
        ("We have an accuracy of 72.5% on MNIST and 79.0% on QuizWorld.", [(72.5, "accuracy", "MNIST"), (79.0, "accuracy", "QuizWorld")]),
        ("It has a Fr\\'echet Inception Distance (FID) of 3.17 on MNIST.", [(3.17, "Fréchet Inception Distance", "MNIST")]),
        ("Trained on JFT-300M, it has 88% accuracy.", [(88.0, "accuracy", None)]),
        ("It raises the BLEU on MNIST to 30.5 (2.5 points better), the accuracy on SVHN to 86.7% and the F1 score on CUB to 93.2.",
         [(30.5, "BLEU", "MNIST"), (2.5, "BLEU", "MNIST"), (86.7, "accuracy", "SVHN"), (93.2, "F1", "CUB-200-2011")]),
        ("On MNIST and SVHN it reaches accuracies of 82.3% and 71.8%.", [(82.3, "accuracy", "MNIST"), (71.8, "accuracy", "SVHN")]),
        ("It improves by 7% and 5% on BLEU and METEOR scores.", [(7.0, "BLEU", None), (5.0, "METEOR", None)]),
        ("It outperforms BERT by 10% in the first test and by 9% in the second.", [(10.0, None, None), (9.0, None, None)]),
        ("It gains 2% on MNIST, and 3% with ResNet-50 on SVHN.", [(2.0, None, "MNIST"), (3.0, None, "SVHN")]),
        ("It has an accuracy (as defined below) of 75.4%.", [(75.4, "accuracy", None)]),
        ("It is at 4.3° of average angle error.", [(4.3, "error", None)]),
        ("It has 6% smaller error.", [(6.0, "error", None)]),
        ("The F1 is 0.78, in comparison to the baseline of 0.63.", [(0.78, "F1", None), (0.63, "F1", None)]),
        ("GPT-4 lags behind it by 35%.", [(35.0, None, None)]),
        ("57% of the pebbles are correctly found.", [(57.0, None, None)]),
        ("It is better by an average margin of 4% on MNIST and SVHN.", [(4.0, None, None)]),
        ("We test on MNIST. It has 90% accuracy.", [(90.0, "accuracy", "MNIST")]),
        ("MNIST is old. We train long. It has 90% accuracy.", [(90.0, "accuracy", None)]),
        ("We test on MNIST. On another dataset it has 90% accuracy.", [(90.0, "accuracy", None)]),
        ("It achieves 92.1 / 85.3 on CIFAR-10 / CIFAR-100.", [(92.1, None, "CIFAR-10"), (85.3, None, "CIFAR-100")]),
        ("It attains 67.3% on MMMU and 58.9 on MathVista.", [(67.3, None, "MMMU"), (58.9, None, "MathVista")]),
        ("Llama-3-8B scores 66.6% on MMLU and 62.2% on HumanEval.", [(66.6, None, "MMLU"), (62.2, None, "HumanEval")]),
        ("GravelLM-7B scores 66.6% on MMLU.", [(66.6, None, "MMLU")]),
        ("The agent resolves 43.2% of issues on SWE-bench.", [(43.2, None, "SWE-bench")]),
        ("It achieves 2.47 bits per dimension on CIFAR-10.", [(2.47, "bits per dimension", "CIFAR-10")]),
        ("We test on MNIST. Accuracy is 93% for ResNet-50.", [(93.0, "accuracy", "MNIST")]),
        ("We test on MNIST. Accuracy is 93% on ResNet-50.", [(93.0, "accuracy", None)]),
        ("It has 5% better grades on MNIST.", [(5.0, "grades", "MNIST")]),
        ("It has 5% better luck on MNIST.", [(5.0, None, "MNIST")]),
        ("It has 84.2 ± 0.3% accuracy on MNIST, and 11.3$\\pm$9.5\\% EER.", [(84.2, "accuracy", "MNIST"), (11.3, "equal error rate", "MNIST")]),
        ("Its error rate is 1.8% $\\pm$ 0.3% and 2.1$\\pm$0.2%.", [(1.8, "error rate", None), (2.1, "error rate", None)]),
        ("It reaches 93.1% (accuracy) on MNIST.", [(93.1, "accuracy", "MNIST")]),
        ("It has an error of 1.2 mm and a 60 mm stroke.", [(1.2, "error", None)]),
        ("It improves on BERT (the older one) by 3.1%.", [(3.1, None, None)]),
        ("The mean absolute error on QM9 falls to 0.31 eV.", [(0.31, "mean absolute error", "QM9")]),
        ("It outperforms BERT by 5.04% relatively in F1 score on MNIST.", [(5.04, "F1", "MNIST")]),
        ("It is 3.5% and 7.8% better than all the baselines in F1.", [(3.5, "F1", None), (7.8, "F1", None)]),
        ("It outperforms BERT on GLUE by 0.7 with less data.", [(0.7, None, "GLUE")]),
        ("On MNIST it suffers a performance drop of 12.5%.", [(12.5, None, "MNIST")]),
        ("It causes less than a 1.5% drop in performance.", [(1.5, None, None)]),
        ("It achieves an $8.73\\%$ improvement over prior arts on MNIST.", [(8.73, None, "MNIST")]),
        ("It has a 2.2% increased sensitivity.", [(2.2, "sensitivity", None)]),
        ("It is only 2% higher than the majority.", [(2.0, None, None)]),
        ("It gets a mean rank of 1.57 and an average return of 310.5.", [(1.57, "mean rank", None), (310.5, "episodic return", None)]),
        ("Over long time horizons it is better by 32%.", [(32.0, None, None)]),
        ("It gains 16.2% on the Handwritten Digits (MNIST).", [(16.2, None, "MNIST")]),
        ("It boosts performance on MNIST by 14% for the K=1 setting.", [(14.0, None, "MNIST")]),
        ("It detects more than 94% of the frauds.", [(94.0, None, None)]),
        ("It gains +3.9%, +1.4%, and +1.9% accuracy on MNIST, SVHN and COCO.",
         [(3.9, "accuracy", "MNIST"), (1.4, "accuracy", "SVHN"), (1.9, "accuracy", "COCO")]),
        ("We see ~3.4% and ~18.9% precision improvement on MNIST.", [(3.4, "precision", "MNIST"), (18.9, "precision", "MNIST")]),
        ("Accuracy rises by 9.3~24.5% on MNIST.", [(9.3, "accuracy", "MNIST"), (24.5, "accuracy", "MNIST")]),
        ("It achieves results at 71.2% and 41.5% on MNIST and SVHN respectively.", [(71.2, None, "MNIST"), (41.5, None, "SVHN")]),
        ("We report an average performance of 38.5% on MNIST.", [(38.5, None, "MNIST")]),
        ("It reaches 99% of the performance of the full model on MNIST.", [(99.0, None, "MNIST")]),
        ("It achieves up to 90% performance of supervised models.", [(90.0, None, None)]),
        ("They had 89% and 57% performances for novel subjects.", [(89.0, None, None), (57.0, None, None)]),
        ("It shows 38% higher exit-aware performance than a baseline.", [(38.0, None, None)]),
        ("The performance under such policies decreases by only 6 percent.", [(6.0, None, None)]),
        ("It gains 4.7% over an ImageNet-pretrained baseline.", [(4.7, None, None)]),
        ("It gains 17% in Corpus-F1.", [(17.0, "Corpus-F1", None)]),
        ("The relative error is smaller than about 5%.", [(5.0, "relative error", None)]),
        ("The pose error is 0.02 rad.", [(0.02, "pose error", None)]),
        ("It keeps a near-100% success rate.", [(100.0, "success rate", None)]),
        ("We have achieved 1.1 µm positioning accuracy of the MMT.", [(1.1, "accuracy", None)]),
        ("It has an accuracy of 88% in runtime and 97% in power.", [(88.0, "accuracy", None), (97.0, "accuracy", None)]),
        ("It is better by 10% in accuracy and by over 50% in the completion time.", [(10.0, "accuracy", None)]),
        ("It has a 1.0% accuracy loss under 2x speed-up.", [(1.0, "accuracy", None)]),
        ("It has a top-1 accuracy of 70.1% under 40.5 MFLOPs, at 41+ FPS.", [(70.1, "Top-1 accuracy", None)]),
        ("We see a 10 cm position error for a square with a side length of 4 m.", [(10.0, "position error", None)]),
        ("Errors under 0.3 m for angles between 40° and 140° are seen.", [(0.3, "Error", None)]),
    ],
)  # fmt: skip
def test_a_value_is_tied_to_its_metric_and_dataset(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It is 15 times faster and has 5.3x fewer parameters.",
        "It reduces training time by 19.8% and memory by 40%.",
        "We collect 3,420 images and 10 tasks; 25% of the labels suffice.",
        "Only 2% of the bands are used.",
        "It runs at 117 FPS, in 8 ms, with 2.2B parameters on 4 GPUs.",
        "The accuracy of Yelp 2013 models [4] was studied in 1973.",
        "The accuracy (see Figure 2) of ResNet-50 and VGG-16 differs.",
        "(1) accuracy matters, (2) recall too.",
        "Images of 128x128 pixels at 24 kHz.",
        "We prove a 2/3 approximation ratio and a rate of $O(1/n)$.",
        "Accuracy within 1-2 standard deviations at 95% confidence.",
        "Speech of 1.5 hours, 600 attempts, p < 0.05.",
        "In terms of runtime, we achieve a 99% improvement.",
        "The speed of the arm is improved by 59% by it.",
        "It brings a 5% increase in learning speed.",
        "It outperforms them all when using 10% anomalies.",
        "It outperforms them, and only 1% of the training set is used.",
        "It has higher precision with a pruning ratio of 0.5.",
        "It needs 10x less pretraining.",
        "Its likelihood is the best on images of $32\\times 32$.",
        "It achieves a speed of 24.1 on COCO.",
        "It outperforms BERT using 5%.",
        "It achieves 3 on MNIST.",
        "It achieves 3.1 on a scale of five.",
        "We train on ImageNet (1.2) and achieve good performance.",
        "The grip force increased by 8.2±7.7%.",
        "It improves accuracy, and speeds up learning 6.2 times.",
        "It improves label efficiency by 56.2%.",
        "It has an $O(n^{1.5})$ additive error.",
        "It improves precision (p < 0.01) a lot.",
        "It saves up to 70% of the computation without a loss of performance.",
        "It keeps the same performance with a reduction of 50% in data.",
        "It has good coverage, and reduces water consumption by 44%.",
        "It has good coverage, and reduces CPU usage by 44%.",
        "Its recognition rate is given for three speakers located at 2 m from it.",
        "The system has a performance of 1.5 TFLOPS.",
        "",
    ],
)
def test_what_measures_no_quality_is_no_result(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "unit", "kind", "bound"),
    [
        ("Accuracy rises by up to 3.2 percentage points.", "points", "difference", "up to"),
        ("An accuracy of more than 90%.", "%", "absolute", "above"),
        ("A success rate of nearly 100%.", "%", "absolute", "about"),
        ("A 2.3% absolute improvement in accuracy.", "%", "difference", None),
        ("It has a PSNR of 31.5 dB.", "dB", "absolute", None),
        ("A BLEU gain of 1.8 points.", "points", "difference", None),
        ("It is better by 1.2 BLEU points.", "points", "difference", None),
        ("It has 3.1x higher success rates.", "x", "difference", None),
        ("A position error of 3±0.7 mm.", "mm", "absolute", None),
        ("A position error of less than 1.2 cm.", "cm", "absolute", "below"),
        ("A mean absolute error of about 43 meV.", "meV", "absolute", "about"),
        ("It achieves 2.47 bits per dimension.", "bits/dim", "absolute", None),
        ("An F1 score of 0.88.", None, "absolute", None),
        ("A drop of 12.5%p in F1 score.", "points", "difference", None),
        ("It gains 2+ points in accuracy.", "points", "difference", "above"),
        ("It increases accuracy to 92%.", "%", "absolute", None),
        ("With both, performance improved to 92%.", "%", "absolute", None),
        ("This leads to 5% better accuracy.", "%", "difference", None),
        ("An accuracy gain of up to 3%.", "%", "difference", "up to"),
        ("It gives $10\\%$ higher accuracy.", "%", "difference", None),
        ("It finds a person with 80.7% accuracy averaged over all data.", "%", "absolute", None),
    ],
)
def test_unit_kind_and_bound(text: str, unit: str | None, kind: str, bound: str | None) -> None:
    (result,) = found(text)
    assert (result.unit, result.kind, result.bound) == (unit, kind, bound)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("It outperforms prior work by 13.8% in recall and 10.4% in precision.", ["difference", "difference"]),
        ("It is better by 1.5% precision, up to 1.0% recall or 3% accuracy.", ["difference"] * 3),
        ("It raises accuracy by 10% (14%) on MNIST.", ["difference", "difference"]),
        ("It gains up to 13% mIoU (7% on average).", ["difference", "difference"]),
        ("It has a precision improvement of 3% and an accuracy of 92%.", ["difference", "absolute"]),
        ("It has accuracy gains ranging from 7% to 45%.", ["difference", "difference"]),
        ("It brings an increase in accuracy (33% → 83%).", ["absolute", "absolute"]),
        ("Performance is increased from 70.5% for it, to 77.5%.", ["absolute", "absolute"]),
    ],
)
def test_scores_are_told_from_what_scores_differ_by(text: str, kinds: list[str]) -> None:
    assert [r.kind for r in found(text)] == kinds


def test_the_model_is_the_papers_own() -> None:
    (result,) = found("We introduce GravelNet, a convolutional network. Our model has an accuracy of 91.5% on ImageNet.")
    assert result.model is not None
    assert result.model.name == "GravelNet"
    assert result.own


def test_the_model_is_the_new_one_of_the_sentence_whatever_else_it_names() -> None:
    text = "We introduce GravelNet. Built on BERT, it has an accuracy of 91.5%. GravelNet and not BERT has an F1 of 0.88."
    assert [(r.value, r.model.name if r.model else None) for r in found(text)] == [(91.5, "GravelNet"), (0.88, "GravelNet")]


def test_numbers_of_a_list_share_the_unit_behind_its_last() -> None:
    found_units = [(r.value, r.unit) for r in found("It improves accuracy by 3.3 and 2.7 points, and recall by 1.5 and 4%.")]
    assert found_units == [(3.3, "points"), (2.7, "points"), (1.5, "%"), (4.0, "%")]


def test_values_of_others_are_told_apart() -> None:
    text = "It reaches 65.1% recall (vs. previous 24.7%), while existing methods have a recall of 20.2% only."
    assert [(r.value, r.own) for r in found(text)] == [(65.1, True), (24.7, False), (20.2, False)]
    assert [r.own for r in found("We raise accuracy from 57% to 82%.")] == [False, True]
    text = "It has an IS of 166.3, improving over the previous best IS of 52.5 and FID of 18.6."
    assert [(r.value, r.own, r.kind) for r in found(text)] == [(166.3, True, "absolute"), (52.5, False, "absolute"), (18.6, False, "absolute")]


def test_the_split_is_kept_as_the_text_says_it() -> None:
    (result,) = found("In the zero-shot setting it has 71% accuracy on ImageNet.")
    assert result.setting == "zero-shot"


@pytest.mark.parametrize(
    "text",
    [
        "On LibriSpeech test-clean/test-other, the WERs are 1.9%/3.8%.",
        "The WERs are 1.9% and 3.8% on the test-clean and test-other sets of LibriSpeech.",
        "It has a WER of 1.9% test-clean and 3.8% on LibriSpeech test-other.",
    ],
)
def test_each_of_a_list_of_values_has_its_split(text: str) -> None:
    assert [(r.value, r.setting) for r in found(text)] == [(1.9, "test-clean"), (3.8, "test-other")]


def test_splits_that_are_fewer_than_the_values_are_of_the_nearest() -> None:
    text = "On the validation set the accuracies are 61%, 62% and 63%, and those on MNIST and SVHN are 64% and 65% in zero-shot and 5-shot mode."
    assert [r.setting for r in found(text)] == ["validation set"] * 3 + ["zero-shot"] * 2


def test_a_sum_over_several_datasets_is_of_none_of_them() -> None:
    assert told("On MNIST, SVHN and ImageNet, accuracy improves by up to 4%.") == [(4.0, "accuracy", None)]


def test_offsets_in_the_document_follow_those_in_the_field() -> None:
    (result,) = found("An accuracy of 1,234.5%.", start=100)
    assert (result.field_start, result.start, result.end, result.value) == (15, 115, 122, 1234.5)
    (encoded,) = found("An accuracy of 12%.", start=None)
    assert (encoded.start, encoded.end) == (None, None)


def test_a_title_and_a_second_abstract_report_nothing() -> None:
    text = "An accuracy of 93% on ImageNet"
    fields = (Field("title", text, 1, 0, 30), Field("abstract", text, 1, 40, 70, position=1))
    record = Record("d" * 16, 0, "paper", 0, 70, 1, fields)
    assert results_of(record, extract_record(record)) == []


def test_a_result_as_json_has_the_places_of_its_names() -> None:
    text = "An accuracy of 93% on ImageNet."
    field = Field("abstract", text, 1, 0, len(text))
    record = Record("d" * 16, 3, "paper", 0, len(text), 1, (field,))
    (result,) = results_of(record, extract_record(record))
    row = as_json(result, record, "a.txt")
    assert (row["document"], row["ordinal"], row["value"], row["unit"]) == ("a.txt", 3, 93.0, "%")
    for name in ("metric", "dataset"):
        assert text[row[name]["field_start"] : row[name]["field_end"]] in {"accuracy", "ImageNet"}
    assert row["model"] is None


_PIECES = st.sampled_from([
    "accuracy", "of", "on", "ImageNet", "MNIST", "by", "up to", "improves", "and", ",", ".", "(", ")", "respectively", "93.3%",
    "4.5", "2 points", "10x", "1,000", "\\%", "±", "$", "from", "to", "BLEU", "mAP", "while", "baseline", "GravelNet", "-", "7%",
    "images", "time", "f", "F1", "é", "🦩", "\n", "[3]", "2019", "in terms of", "rate", "score",
])  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map(" ".join) | st.text(max_size=60))
def test_every_span_is_the_number_that_it_says(text: str) -> None:
    results = found(text)
    assert results == sorted(results, key=lambda r: r.field_start)
    for result in results:
        assert text[result.field_start : result.field_end] == result.text
        assert float(result.text.replace(",", "")) == result.value
        assert 0 < result.score <= 1
        assert result.metric is not None or result.unit in {"%", "points"} or (result.unit is None and "." in result.text)
        for tied in (result.metric, result.dataset, result.model):
            assert tied is None or 0 <= tied.start < tied.end <= len(text)


@pytest.mark.parametrize("piece", ["An accuracy of 93.3% on ImageNet and 4.5, 4.6, ", "up to 1-2-", "5 ", "by about (a", "f$_ "])
def test_a_long_text_without_an_end_takes_no_long_time(piece: str) -> None:
    assert_linear(found, lambda size: piece * (size // len(piece)), 16_000)
