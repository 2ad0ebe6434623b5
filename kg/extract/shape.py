"""What a proper name looks like: capitals inside a word, or capitals with digits."""

import re
from functools import lru_cache
from typing import Final

from kg.text import word_set

COMMON: Final = word_set(
    "AI ML NLP CV DL AGI GPU CPU TPU RAM FPGA ASIC IoT URL HTTP HTTPS PDF JSON XML API 1D 2D 3D 4D 6D 2d 3d RGB RGBD "
    "RGB-D LiDAR IMU GPS MRI CT EEG ECG fMRI SOTA SoTA OOD IID NP NP-hard NP-Hard MDP POMDP DAG US USA UK EU UN COVID "
    "COVID-19 PhD ID OK II III IV VI VII VIII IX SDF CAD AR VR XR UI GUI HCI HPC OS IO SDK ICML ICLR NeurIPS NIPS CVPR "
    "ICCV ECCV ACL EMNLP NAACL AAAI IJCAI KDD SIGIR ICASSP INTERSPEECH COLING WACV MICCAI ICRA IROS CoRL AISTATS UAI "
    "COLT TACL TMLR JMLR IEEE ACM FoV DoF RKHS SDE ODE PDE UAV KB KG DNA RNA B2B TV FAQ CTO CEO A100 H100 V100 E2E NSFW "
    "KV VM LaTeX MoCap PC IP CC BY MIT STEM PII MDPs POMDPs AUV UGV DSLR HDR NVIDIA "
    "BACKGROUND INTRODUCTION CONTEXT OBJECTIVE OBJECTIVES AIM AIMS PURPOSE METHOD METHODS MATERIALS DESIGN SETTING PARTICIPANTS PATIENTS "
    "INTERVENTION INTERVENTIONS OUTCOME OUTCOMES RESULT RESULTS FINDINGS CONCLUSION CONCLUSIONS DISCUSSION INTERPRETATION REGISTRATION "
    "FUNDING MOTIVATION SUMMARY ABSTRACT KEYWORDS"
)
"""Words in capitals that name fields, hardware, formats, venues, places, parts of an abstract and the like, none of the seven types."""

ABBREVIATED: Final = 6
"""Longest abbreviation in characters."""

_AMOUNT: Final = re.compile(r"[0-9.,]+-?(?:[KMBTGkmbtgJVW]|GB|MB|TB|Hz|kHz|MHz|FPS|fps|DoF|DOF|dof|mW|kW|x|X|D|st|nd|rd|th|ms)?s?")


def is_amount(word: str) -> bool:
    """Tell whether a word is a number with its unit: *175B*, *10FPS*, *6-DoF*."""
    return _AMOUNT.fullmatch(word) is not None


@lru_cache(maxsize=65_536)
def is_name(word: str) -> bool:
    """Tell whether a word has the shape of a name: capitals inside, or capitals with digits.

    >>> [is_name(word) for word in ("DiffSinger", "GAN", "D3", "Adam", "3D", "175B", "6-DoF", "GPUs")]
    [True, True, True, False, False, False, False, False]
    """
    if word.islower() or len(word) < 2 or word in COMMON or word.rstrip("s") in COMMON:
        return False
    capitals = sum(map(str.isupper, word))
    inside = capitals == 1 and (not word[0].isupper() or any(character.isdigit() for character in word))
    return (capitals > 1 or inside) and not is_amount(word)
