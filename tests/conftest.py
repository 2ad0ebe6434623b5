"""What several tests share: a small corpus in the project's own words, and graphs that are built once a session."""

import os
import shutil
import signal
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings

from kg.extract.settings import Settings
from kg.pipeline.build import build
from kg.pipeline.options import Options
from kg.pipeline.version import RUN
from kg.resources import example_folder
from kg.store.folder import CACHE, current, write_manifest

# At home every run looks at new examples; in CI the same ones, so that a change fails for what it did itself. These
# machines are noisy: no example has a deadline.
settings.register_profile("home", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "home")

# What a person has added to kg must not change what tests find.
os.environ["KG_HOME"] = str(Path(__file__).parent / "no-such-folder")

# Who starts the tests in the background may have told them to ignore Ctrl-C, and the programs that they start would too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

SHARED: Final = Path(__file__).parents[1].parent / "shared"

GRAVEL: Final = (
    "Gravel of many sizes is sorted by a small robot that sees every stone from above. We introduce GravelNet, a "
    "convolutional network that is trained on ImageNet and then on photographs of two quarries. It halves the error "
    "of a decision tree and needs one second for a hundred stones."
)
TIDES: Final = (
    "Tides in narrow bays are hard to foresee from the moon alone. A recurrent neural network that reads the gauges of "
    "the last three days beats the harmonic tables of the harbour by a third. On the BayWave dataset the root mean "
    "square error falls to four centimetres."
)
MOSS: Final = (
    "Which moss grows on a roof can be told from a drone. A random forest over texture features reaches an accuracy of "
    "91% on MossBase, and a vision transformer adds two points. Both confuse the two species that even botanists "
    "keep apart only with a lens."
)
BELLS: Final = (
    "Cracks in church bells change their sound long before they can be seen. We compare k-means clustering and a "
    "variational autoencoder on recordings of forty towers, and find the cracks in all but one of them."
)

PAGE: Final = f"""Ada Beispiel

LG
h-index12
34papers
567citations

34 Papers

LGJun 12, 2017
Sorting Gravel with a Small Robot

Ada Beispiel, Bruno M. Exempel, Chiara Modello · google-brain, toronto

{GRAVEL}

CVJan 3, 2018Code
Telling Mosses Apart from Above

Ada Beispiel, Dorothea Muster et al.

{MOSS}

LGMar 9, 2019
Cracks in Bells, Heard Early

Bruno Exempel, Ada Beispiel

{BELLS}
"""

LISTING: Final = f"""{GRAVEL}

8 pages, code at https://github.com/ada-beispiel/gravel

arXiv:1706.01234
Created: 2017-06-05

{TIDES}

arXiv:1911.04321
Created: 2019-11-11
"""

ABSTRACTS: Final = f"Abstract:{TIDES}\nAbstract:{MOSS}\n"

CORPUS: Final = {"page.txt": PAGE, "listing.txt": LISTING, "abstracts.txt": ABSTRACTS}
"""Seven records of four papers: gravel and moss twice, tides twice, bells once."""


def write_corpus(folder: Path) -> Path:
    """Write the small corpus into a new folder, and return the folder."""
    folder.mkdir(parents=True)
    for name, text in CORPUS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Return a folder with the small corpus, to be changed at will."""
    return write_corpus(tmp_path / "papers")


@pytest.fixture(scope="session")
def small_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small corpus's graph: to be read, not changed."""
    home = tmp_path_factory.mktemp("small")
    build([write_corpus(home / "papers")], home / "graph")
    return home / "graph"


@pytest.fixture
def own_graph(small_graph: Path, papers: Path, tmp_path: Path) -> Path:
    """Return the folder of a graph of `papers`, to be changed at will: a copy, which takes no time, told where its papers are."""
    folder = tmp_path / "graph"
    shutil.copytree(small_graph, folder, symlinks=True)
    run = current(folder) / RUN
    run.write_text(run.read_text(encoding="utf-8").replace(str(small_graph.parent / "papers"), str(papers)), encoding="utf-8")
    write_manifest(current(folder), (path for path in (folder / CACHE).rglob("*") if path.is_file()))
    return folder


WORKS: Final = {
    "library.bib": """@inproceedings{one,
  title = {Sorting Gravel with a Small Robot},
  author = {Ada Beispiel and Bruno M. Exempel and Chiara Modello},
  booktitle = {Advances in Neural Information Processing Systems 30}, year = {2017}, doi = {10.5555/3295222}
}
@article{two,
  title = {Sorting Gravel with a Small Robot},
  author = {Beispiel, A. and Exempel, B. and Modello, C.},
  journal = {Journal of Gravel Research}, volume = {3}, year = {2019}, doi = {10.1000/jgr.3}
}
@misc{three,
  title = {Sorting Gravel with a Small Robot},
  author = {Ada Beispiel and Chiara Modello and Bruno M. Exempel},
  eprint = {1706.01234}, archiveprefix = {arXiv}, year = {2017}
}
""",
    "other.bib": """@inproceedings{x,
  title = {Sorting gravel with a small robot.},
  author = {Ada Beispiel and Bruno Exempel and Chiara Modello},
  booktitle = {NeurIPS}, year = {2017}
}
""",
    "listing.txt": f"{GRAVEL}\n\narXiv:1706.01234v2\nCreated: 2017-06-05\n\n{TIDES}\n\narXiv:1911.04321\nCreated: 2019-11-11\n",
    "abstracts.txt": f"Abstract:{GRAVEL.replace('a hundred stones', 'ninety stones').replace('small robot', 'tiny robot')}\nAbstract:{BELLS}\n",
}
"""A work in three versions, described by five records that differ, and two other papers."""


@pytest.fixture(scope="session")
def works_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the graph of `WORKS`: to be read, not changed."""
    home = tmp_path_factory.mktemp("works")
    for name, text in WORKS.items():
        (home / name).write_text(text, encoding="utf-8")
    build(sorted(home.iterdir()), home / "graph", Options(finding=Settings(tier="fast")))
    return home / "graph"


@pytest.fixture(scope="session")
def example_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the shipped example's graph: to be read, not changed."""
    folder = tmp_path_factory.mktemp("example") / "graph"
    build([example_folder()], folder)
    return folder


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Return the folder with the shared seed documents."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the shared seed documents are not beside the repository")
    return SHARED / "seeds"


@pytest.fixture(scope="session")
def seeds_graph(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the seeds' graph: to be read, not changed."""
    folder = tmp_path_factory.mktemp("seeds") / "graph"
    build([seeds], folder)
    return folder
