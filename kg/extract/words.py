"""Words that no name begins with or runs across: the closed classes of English and the verbs of abstracts.

All words are as `kg.extract.tokens.key` makes them.
"""

from functools import lru_cache
from typing import Final

from kg.extract.tokens import key
from kg.text import word_set

_CLOSED: Final = """
a an the this that these those each every some any no all both either neither another other such same own several
many much more most few fewer less least various different multiple numerous diverse
i we you he she it they our us your their its his her my them itself themselves one ones two three four five six
seven eight nine ten first second third last
who whom whose which what when where why how whether
and or but nor so yet if then than as because while although though since unless until however thus hence therefore
moreover furthermore additionally instead also even only just still too very not rather quite
in on at by for from of to into onto with without within via per through throughout across along among amongst between
beyond during before after above below under over upon about against around behind despite except toward towards
versus vs like unlike out off up down near besides
is are was were be been being am do does did done has have had having can could may might must shall should will would
there here now today recently currently often usually typically generally simply directly jointly
"""

_VERBS: Final = """
achieve acquire address adopt affect aim allow alleviate analyze answer apply approach argue assess assume attempt
attract avoid base become begin benefit boost bring build call capture cause challenge check choose collect combine
compare comprise compute conduct confirm consider consist construct contain contribute convert create decide decrease
define deliver demonstrate denote deploy derive describe design determine develop devise discover discuss do draw drive
earn eliminate emphasize employ enable encourage endow enhance ensure establish evaluate examine exceed exhibit exist
expand explain exploit explore extend facilitate fail find focus follow force formulate gain gather generalize
get give go govern grow handle help highlight hinder hold identify illustrate implement improve include incorporate
increase incur indicate induce infer inspire integrate introduce investigate involve keep know lack lead learn
leverage lie limit look lower make maintain maximize mean measure mitigate minimize modify motivate need observe obtain
occur offer open outperform overcome perform pose possess present preserve prevent produce promote propose prove
provide publish pursue raise reach realize receive recognize reduce refer refine reformulate relate release rely
remain remove render replace report require resemble restrict result retain reveal review run satisfy see seek seem
select serve share show simplify solve speed start stem strengthen struggle study submit succeed suffer suggest
surpass surround tackle take target tend test think train treat try turn understand undergo underlie unlock use utilize
validate vary verify view want work write yield exist accelerate adapt align bridge generate predict optimize support
omit permit pretrain push expedite automate showcase spur assist guide steer impose circumvent execute complete detect
stabilize aid trend undergo back-propagate penalize perturb process inject mimic insert finetune empower unify
revisit rethink synthesize visualize compress scale reproduce accomplish advance estimate recover regard concern attack
cover belong embed feed fuse transform translate transfer turn rank regularize plug quantify qualify interpret operate
encode decode mine query sacrifice guarantee facilitate yield win lose exacerbate reflect distort inform separate stem
"""

_KEEP: Final = frozenset(map(key, word_set("""
adapted adaptive aligned aligning answer answering approach attack challenge computing decoding
design drawing drive driving embed embedding encoding force fused generated generating learned
learning matching mine mining modeling open predicted process query ranking reasoning render result
sampling scaling separated share speed target training transfer transformed translate translation
understanding view
""")))
"""Forms of these verbs that are nouns or adjectives as well and may stand in a name."""

_QUALIFIERS: Final = """
accurate additional advanced available average baseline basic best better big certain challenging classical
common comparable compared competitive complex comprehensive conventional convergent core correct critical crucial
current dedicated desired detailed difficult downstream dominant easy effective efficient elegant empirical
end essential excellent existing expensive experimental extensive external fast faster flexible former full
fundamental further general generic given good great greater high higher huge ideal important impressive improved
inherent innovative interesting key known large larger largest latter leading lightweight limited linear-time
long-standing low lower main major minimal modern modest modular naive natural-looking new newly notable novel
obvious official old optimal ordinary original overall particular popular possible potential powerful practical
precise present prevalent previous primary principled prior private prominent promising proper proposed public
quick rapid real recent related relevant reliable remarkable resulting rich rigorous robust same satisfactory
scalable separate serious severe significant similar simple single small smaller sophisticated sota specific
standard state-of-the-art straightforward strong stronger strongest subsequent substantial successful suitable superior
target theoretical top traditional true typical underlying unified unique universal unprecedented usual useful
vanilla versatile well well-known whole wide widely-used worse worst respective total respectively
compelling consistent plain individual entire underlying simulated ours s t d
poor wrong final plausible distinct uncertain insufficient incorrect manual optimum partial unstable deeper nuanced
little human exact corresponding isolated relative internal intermediate expected normal irrelevant artificial
tight competent proprietary open-source closed-source intractable trainable learnable necessary initial explicit implicit
moderate rotational massive unstructured auxiliary outer inner regular tremendous widespread considerable
undesirable unwanted meaningful inaccurate imperfect valid invalid smart intelligent predefined preceding influential
backbone multi-layer deeper wider bigger sophisticated vulnerable ad hoc static safe safety
of-the-art art scale large-scale small-scale high-quality high quality level real-world world realistic
trained untrained conditional-free aforementioned proposed presented so-called called named based used using
learned derived given chosen selected obtained resulting combined considered generated
"""

COMPOUNDS: Final = word_set("""
end-to-end state-of-the-art off-the-shelf up-to-date plug-and-play fine-tuned pre-defined ad-hoc so-called long-standing
first-ever high-performing well-established well-studied hand-crafted
""")
"""Compounds with a hyphen that only praise or size."""

COMPOUND_TAILS: Final = word_set("scale quality world known used art size cost suited performing designed")
"""Last parts of such compounds: *large-scale*, *high-quality*, *well-known*."""


def _inflected(verb: str) -> list[str]:
    """Return the forms of a verb, regular ones at least."""
    stem = verb.removesuffix("e")
    past = f"{verb[:-1]}ied" if verb.endswith("y") and verb[-2] not in "aeiou" else f"{stem}ed"
    doubled = [f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"] if verb[-1] in "nptg" else []
    return [verb, verb + "s", past, stem + "ing", *doubled]


_IRREGULAR: Final = """
built chosen gave given grew grown found held kept knew led made meant ran seen saw shown shed taken took thought
understood underlying underwent wrote written brought became began drew driven fell got gotten went lay relied tried
studied varied applied identified
"""

BARRIERS: Final = frozenset(
    {key(word) for word in f"{_CLOSED} {_IRREGULAR} {_QUALIFIERS}".split()}
    | {key(form) for verb in _VERBS.split() for form in _inflected(verb)} - _KEEP
)
"""Words that a noun phrase that names something does not contain."""

_NOUNS_IN_ING: Final = word_set(
    "spiking reading string embedding sampling matching routing imaging switching gating meeting reasoning weighting "
    "ring spring boosting bagging rating ranking pricing streaming gaming building handwriting voting timing"
)


@lru_cache(maxsize=65_536)
def is_barrier(word: str) -> bool:
    """Tell whether a word (as a key) ends the search for the beginning of a name: function words, verbs, adverbs.

    >>> [is_barrier(word) for word in ("the", "effectively", "semantic", "propose")]
    [True, True, False, True]
    """
    return word in BARRIERS or (word.endswith("ly") and len(word) > 4 and word not in {"family", "anomaly", "assembly"})


def is_gerund(word: str) -> bool:
    """Tell whether a word is a verb in -ing, as in *training networks*, and not a noun such as *routing*.

    >>> [is_gerund(word) for word in ("stabilizing", "routing", "thing")]
    [True, False, False]
    """
    return word.endswith("ing") and len(word) > 5 and word not in _NOUNS_IN_ING
