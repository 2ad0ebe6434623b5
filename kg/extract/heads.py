"""What a noun phrase names, by its last noun: *semantic role labeling* is a task, *graph neural network* a method.

Keys are as `kg.extract.tokens.key` makes them: lower case, singular, American spelling.
"""

from typing import Final

from kg.model.mentions import MentionType
from kg.text import word_set

TASKS: Final = word_set(
    "answering captioning categorization chunking classification clustering colorization completion "
    "correction counting deblurring defogging dehazing deraining desnowing denoising detection diarization "
    "disambiguation discovery disentanglement editing entailment enhancement estimation "
    "extraction forecasting generation grasping grounding harmonization identification imputation inpainting "
    "labeling linking localization locomotion manipulation matching matting mining moderation navigation outpainting "
    "parsing prediction ranking recognition recommendation reconstruction registration rendering retrieval "
    "retargeting reasoning relighting restoration scheduling scoring segmentation separation simplification "
    "spotting stitching stylization summarization superresolution synthesis tagging tracking transcription "
    "translation transliteration understanding upsampling unlearning verification reidentification teaming "
    "transfer attack planning control assembly proving"
)
"""Last nouns of the names of tasks."""

METHODS: Final = word_set(
    "network net transformer autoencoder learning attention augmentation regularization normalization descent ascent "
    "sampling optimization loss distillation quantization pruning dropout detector recognizer tagger parser "
    "convolution programming approximation filtering kernel bandit embedding prompting decoding forest "
    "estimator regularizer optimizer hashing factorization decomposition smoothing weighting reweighting divergence "
    "adapter recommender perceptron ensemble automaton penalty norm pooling model"
)
"""Last nouns of the names of methods and of families of methods."""

METRICS: Final = word_set("accuracy regret recall perplexity f1")
"""Last nouns of the names of metrics."""

BARE: Final = word_set(
    "classification segmentation recommendation localization summarization tracking clustering "
    "denoising dehazing deblurring deraining captioning manipulation locomotion unlearning parsing grasping inpainting "
    "colorization superresolution relighting"
)
"""Tasks that one word names."""

FIELDS: Final = frozenset({"machine learning", "deep learning", "language processing"})
"""Last words of the names of fields of study, which are neither methods nor tasks."""

APPOSITIONS: Final[dict[str, MentionType]] = {
    **dict.fromkeys(word_set(
        "model network architecture algorithm method approach framework optimizer agent mechanism technique system "
        "scheme strategy procedure paradigm pipeline module layer loss policy variant learner solver attack "
        "sampler regularizer transformer autoencoder family detector estimator parser controller planner "
        "classifier encoder decoder theory formalism objective generator"), "method",
    ),
    **dict.fromkeys(word_set(
        "dataset benchmark corpus collection challenge suite testbed environment treebank simulator leaderboard game "
        "database gym competition lexicon resource"), "dataset",
    ),
    **dict.fromkeys(word_set("task problem"), "task"),
    **dict.fromkeys(word_set("metric measure score index"), "metric"),
    **dict.fromkeys(word_set("library toolkit package software tool platform compiler toolbox language app plugin"),
                    "software"),
}  # fmt: skip
"""What a name is said to be: *X, a new benchmark*, *the X library*, *an algorithm called X*."""

_METRICS: Final = METRICS | word_set("error rate score distance precision ratio metric index")
_MORE_METHODS: Final = word_set(
    "machine process propagation gradient policy search tree mechanism logic iteration field replay passing diffusion "
    "probing mixer tuning filter cache graph unit function operator theory code prompt"
)
_ALL_METHODS: Final = METHODS | _MORE_METHODS | {noun for noun, kind in APPOSITIONS.items() if kind == "method"}
_DATASETS: Final = word_set("dataset benchmark corpus challenge treebank database competition suite")


def type_of(head: str) -> MentionType | None:
    """Return what a phrase with this last noun (a key) names, or None if the noun says nothing.

    >>> type_of("labeling"), type_of("network"), type_of("idea")
    ('task', 'method', None)
    """
    if head in _DATASETS:
        return "dataset"
    if head in _METRICS:
        return "metric"
    if head in TASKS:
        return "task"
    if head in _ALL_METHODS:
        return "method"
    return None
