"""What is known of a BibTeX file while it is read: its macros, and what was told of it already."""

from typing import Final

from kg.errors import UnreadableError
from kg.model import Document, Problem
from kg.sources._bibtex.block import Tex

_FREE: Final = 16 << 20
_RATIO: Final = 8
"""The texts of macros may be 16 MiB in all, and eight times the file: no list of journals comes near."""

_MOST_FAULTS: Final = 1000
_MONTHS: Final = {
    name[:3].lower(): name
    for name in ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
}
_TRANSACTIONS: Final = {
    "ac": "Automatic Control", "affc": "Affective Computing", "ap": "Antennas and Propagation", "bme": "Biomedical Engineering",
    "c": "Computers", "cad": "Computer-Aided Design of Integrated Circuits and Systems",
    "casvt": "Circuits and Systems for Video Technology", "com": "Communications", "cst": "Control Systems Technology", "cyb": "Cybernetics",
    "dsc": "Dependable and Secure Computing", "ed": "Electron Devices", "evc": "Evolutionary Computation", "fuzz": "Fuzzy Systems",
    "grs": "Geoscience and Remote Sensing", "ia": "Industry Applications", "ie": "Industrial Electronics",
    "ifs": "Information Forensics and Security", "iinf": "Industrial Informatics", "im": "Instrumentation and Measurement",
    "ip": "Image Processing", "it": "Information Theory", "its": "Intelligent Transportation Systems", "kde": "Knowledge and Data Engineering",
    "mc": "Mobile Computing", "mi": "Medical Imaging", "mm": "Multimedia", "mtt": "Microwave Theory and Techniques", "nn": "Neural Networks",
    "nnls": "Neural Networks and Learning Systems", "pami": "Pattern Analysis and Machine Intelligence",
    "pds": "Parallel and Distributed Systems", "pwre": "Power Electronics", "pwrs": "Power Systems", "ra": "Robotics and Automation",
    "ro": "Robotics", "se": "Software Engineering", "sg": "Smart Grid", "smc": "Systems, Man, and Cybernetics", "sp": "Signal Processing",
    "vcg": "Visualization and Computer Graphics", "vt": "Vehicular Technology", "wcom": "Wireless Communications",
}  # fmt: skip
_STANDARD: Final = {
    **_MONTHS, **{f"ieee_j_{name}": f"IEEE Transactions on {of}" for name, of in _TRANSACTIONS.items()},
    "ieee_j_coml": "IEEE Communications Letters", "ieee_j_edl": "IEEE Electron Device Letters", "ieee_j_grsl": "IEEE Geoscience and Remote Sensing Letters",
    "ieee_j_jsac": "IEEE Journal on Selected Areas in Communications", "ieee_j_jssc": "IEEE Journal of Solid-State Circuits",
    "ieee_j_net": "IEEE/ACM Transactions on Networking", "ieee_j_proc": "Proceedings of the IEEE", "ieee_j_sensor": "IEEE Sensors Journal",
    "ieee_j_spl": "IEEE Signal Processing Letters", "ieee_j_stsp": "IEEE Journal of Selected Topics in Signal Processing",
    "ieee_m_com": "IEEE Communications Magazine", "ieee_m_sp": "IEEE Signal Processing Magazine", "ieee_o_acc": "IEEE Access",
    **{name.lower(): name for name in _MONTHS.values()}, "sept": "September",
    "acmcs": "ACM Computing Surveys", "acta": "Acta Informatica", "cacm": "Communications of the ACM",
    "ibmjrd": "IBM Journal of Research and Development", "ibmsj": "IBM Systems Journal",
    "ieeese": "IEEE Transactions on Software Engineering", "ieeetc": "IEEE Transactions on Computers",
    "ieeetcad": "IEEE Transactions on Computer-Aided Design of Integrated Circuits", "ipl": "Information Processing Letters",
    "jacm": "Journal of the ACM", "jcss": "Journal of Computer and System Sciences",
    "scp": "Science of Computer Programming", "sicomp": "SIAM Journal on Computing",
    "tocs": "ACM Transactions on Computer Systems", "tods": "ACM Transactions on Database Systems",
    "tog": "ACM Transactions on Graphics", "toms": "ACM Transactions on Mathematical Software",
    "toois": "ACM Transactions on Office Information Systems",
    "toplas": "ACM Transactions on Programming Languages and Systems", "tcs": "Theoretical Computer Science",
}  # fmt: skip
"""The macros that every standard style (`plain.bst` and its kin) defines, the most used ones of IEEE's list (`IEEEabrv.bib`), which is
seldom at hand, and months that people write in full without braces."""


class Known:
    """The macros of a file, and its faults.

    Args:
        document: The file.
    """

    def __init__(self, document: Document) -> None:
        self._name = document.name
        self._macros = dict(_STANDARD)
        self._left = _FREE + _RATIO * document.size
        self._told: set[str] = set()

    def define(self, name: str, value: Tex) -> None:
        """Take a macro that a @string defines."""
        self.spend(len(value.text), value.line)
        self._macros[name] = value.text

    def macro(self, name: str) -> str | None:
        """Return the text of a macro, None if there is none."""
        return self._macros.get(name.lower())

    def spend(self, size: int, line: int) -> None:
        """Count what macros become, and give up on a file that is made to become too much."""
        self._left -= size
        if self._left < 0:
            raise UnreadableError("macros (@string) that become too much text", "leave the file out", line)

    def is_new(self, fault: str) -> bool:
        """Tell whether a fault that may be in every entry of a file is met for the first time."""
        if fault in self._told or len(self._told) == _MOST_FAULTS:
            return False
        self._told.add(fault)
        return True

    def problem(self, line: int, what: str, todo: str, *, warning: bool) -> Problem:
        """Return a problem of this file."""
        return Problem(self._name, line, what, todo, "warning" if warning else "error")
