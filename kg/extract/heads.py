"""What a noun phrase names, by its last noun: *semantic role labeling* is a task, *graph neural network* a method.

Keys are as `kg.extract.tokens.key` makes them: lower case, singular, American spelling.
"""

from typing import Final

from kg.extract.tokens import Tokens
from kg.model.mentions import MentionType

TASKS: Final = frozenset(
    "answering answer captioning categorization chunking classification clustering colorization completion "
    "correction counting deblurring defogging dehazing deraining desnowing denoising detection diarization "
    "disambiguation discovery disentanglement driving editing entailment enhancement estimation "
    "extraction forecasting generation grasping grounding harmonization identification imputation inpainting "
    "labeling linking localization locomotion manipulation matching matting mining moderation navigation outpainting "
    "parsing prediction ranking recognition recommendation reconstruction registration rendering resolution retrieval "
    "retargeting reasoning relighting restoration scheduling scoring segmentation separation simplification "
    "spotting stitching stylization summarization superresolution synthesis tagging tracking transcription "
    "translation transliteration understanding upsampling unlearning verification reidentification teaming "
    "transfer adaptation attack planning control assembly proving".split()
)
"""Last nouns of the names of tasks."""

METHODS: Final = frozenset(
    "network net model transformer autoencoder learning attention augmentation regularization normalization "
    "propagation backpropagation descent ascent gradient sampling optimization loss distillation quantization pruning "
    "dropout detector recognizer tagger parser convolution programming approximation filter filtering kernel machine "
    "bandit embedding prompting decoding tuning finetuning forest estimator regularizer optimizer search hashing "
    "factorization decomposition smoothing weighting reweighting divergence mixer adapter probing "
    "recommender policy gan vae cnn rnn lstm gnn gcn llm mllm vlm lm plm rl bert nerf mlp dnn svm gru mdp pomdp "
    "perceptron ensemble diffusion process tree automaton logic iteration replay passing penalty norm "
    "entropy pooling tokenizer scheduler mechanism".split()
)
"""Last nouns of the names of methods and of families of methods."""

METRICS: Final = frozenset("accuracy error rate score regret recall precision perplexity ratio f1".split())
"""Last nouns of the names of metrics."""

BARE: Final = frozenset(
    "classification segmentation translation recommendation localization summarization tracking clustering "
    "denoising dehazing deblurring deraining captioning manipulation locomotion unlearning parsing grasping inpainting "
    "colorization superresolution relighting".split()
)
"""Tasks that one word names."""

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
    if head in {"accuracy", "error", "rate", "score", "distance", "precision", "recall", "ratio", "metric", "index"}:
        return "metric"
    if head in TASKS:
        return "task"
    if head in METHODS or head in {k for k, v in APPOSITIONS.items() if v == "method"}:
        return "method"
    return None
