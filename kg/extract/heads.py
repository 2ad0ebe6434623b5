"""What a noun phrase names, by its last noun: *semantic role labeling* is a task, *graph neural network* a method.

Keys are as `kg.extract.tokens.key` makes them: lower case, singular, American spelling.
"""

from typing import Final

from kg.extract.tokens import Tokens
from kg.model.mentions import MentionType

TASKS: Final = frozenset(
    "answering captioning categorization chunking classification clustering colorization completion "
    "correction counting deblurring defogging dehazing deraining desnowing denoising detection diarization "
    "disambiguation discovery disentanglement editing entailment enhancement estimation "
    "extraction forecasting generation grasping grounding harmonization identification imputation inpainting "
    "labeling linking localization locomotion manipulation matching matting mining moderation navigation outpainting "
    "parsing prediction ranking recognition recommendation reconstruction registration rendering retrieval "
    "retargeting reasoning relighting restoration scheduling scoring segmentation separation simplification "
    "spotting stitching stylization summarization superresolution synthesis tagging tracking transcription "
    "translation transliteration understanding upsampling unlearning verification reidentification teaming "
    "transfer attack planning control assembly proving".split()
)
"""Last nouns of the names of tasks."""

METHODS: Final = frozenset(
    "network net transformer autoencoder learning attention augmentation regularization normalization descent ascent "
    "sampling optimization loss distillation quantization pruning dropout detector recognizer tagger parser "
    "convolution programming approximation filtering kernel bandit embedding prompting decoding forest "
    "estimator regularizer optimizer hashing factorization decomposition smoothing weighting reweighting divergence "
    "adapter recommender perceptron ensemble automaton penalty norm pooling model".split()
)
"""Last nouns of the names of methods and of families of methods."""

METRICS: Final = frozenset("accuracy regret recall perplexity f1".split())
"""Last nouns of the names of metrics."""

BARE: Final = frozenset(
    "classification segmentation recommendation localization summarization tracking clustering "
    "denoising dehazing deblurring deraining captioning manipulation locomotion unlearning parsing grasping inpainting "
    "colorization superresolution relighting".split()
)
"""Tasks that one word names."""

FIELDS: Final = frozenset({"machine learning", "deep learning", "computer vision", "natural language processing",
                           "artificial intelligence", "robot learning", "statistical learning"})
"""Fields of study, which are not names of methods or tasks."""

APPOSITIONS: Final[dict[str, MentionType]] = {
    **dict.fromkeys(
        "model network architecture algorithm method approach framework optimizer agent mechanism technique system "
        "scheme strategy procedure paradigm pipeline module layer loss policy variant learner solver attack "
        "sampler regularizer transformer autoencoder family detector estimator parser controller planner "
        "classifier encoder decoder theory formalism objective generator".split(), "method",
    ),
    **dict.fromkeys(
        "dataset benchmark corpus collection challenge suite testbed environment treebank simulator leaderboard game "
        "database gym competition lexicon resource".split(), "dataset",
    ),
    **dict.fromkeys("task problem".split(), "task"),
    **dict.fromkeys("metric measure score index".split(), "metric"),
    **dict.fromkeys("library toolkit package software tool platform compiler toolbox language app plugin".split(),
                    "software"),
}  # fmt: skip
"""What a name is said to be: *X, a new benchmark*, *the X library*, *an algorithm called X*."""

_METRICS: Final = METRICS | frozenset("error rate score distance precision ratio metric index".split())
_MORE_METHODS: Final = frozenset("machine process propagation gradient policy search tree mechanism logic iteration field "
    "replay passing diffusion probing mixer tuning filter cache graph unit function operator theory embedding code prompt".split())
_METHOD_NOUNS: Final = frozenset(noun for noun, kind in APPOSITIONS.items() if kind == "method")
_DATASETS: Final = frozenset("dataset benchmark corpus challenge treebank database competition suite".split())


def type_of(found: Tokens, first: int, last: int) -> MentionType | None:
    """Return what the phrase of tokens `[first, last)` names, by its last noun, or None if that says nothing.

    >>> from kg.extract.tokens import tokens
    >>> type_of(tokens("semantic role labelling"), 0, 3)
    'task'
    """
    head = found.key(last - 1)
    if head in _DATASETS:
        return "dataset"
    if head in _METRICS:
        return "metric"
    if head in TASKS:
        return "task"
    if head in METHODS | _MORE_METHODS | _METHOD_NOUNS:
        return "method"
    return None
