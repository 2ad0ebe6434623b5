"""Learns word vectors: `python -m kg.extract.train.vectors FOLDER --stems icml2019 ... --encoder FOLDER --out vectors.npz`.

A vector has two parts. The first says which words a word stands among: skip-gram with negative sampling (T. Mikolov et
al., "Distributed representations of words and phrases and their compositionality", 2013) on titles and abstracts. The
second says what a sentence encoder makes of the word alone, cut to its principal components: general knowledge of the
language that a few thousand abstracts do not give. Needs gensim, PyTorch and transformers, which running the tagger
does not.
"""

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kg.extract.tagger.features import spelled
from kg.extract.tokens import tokens

_SHORTEST: Final = 300
"""Characters below which an abstract is left out: most such are notices, not abstracts."""

_LEAST = 4
"""Occurrences that a word with a vector has at least."""


def sentences(folder: Path, stems: Sequence[str]) -> Iterator[list[str]]:
    """Yield title and abstract of each paper of these conference lists as words."""
    for stem in stems:
        path = next(path for path in (folder / f"{stem}.json", folder / f"{stem}.json.gz") if path.is_file())
        papers = json.loads(gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes())
        for paper in papers:
            abstract = (paper.get("abstract") or "").strip()
            if len(abstract) >= _SHORTEST:
                yield [spelled(word) for word in tokens(f"{paper.get('title') or ''} . {abstract}").words]


def of_company(texts: Sequence[list[str]], size: int) -> tuple[list[str], NDArray[np.float32]]:
    """Return words, the most frequent first, and their skip-gram vectors."""
    from gensim.models import Word2Vec

    model = Word2Vec(texts, vector_size=size, window=4, min_count=_LEAST, sg=1, negative=5, epochs=4, workers=1, seed=1)
    return list(model.wv.index_to_key), np.asarray(model.wv.vectors, np.float32)


def of_encoder(words: Sequence[str], folder: Path, size: int) -> NDArray[np.float32]:
    """Return the principal components of what a sentence encoder makes of each word alone, of deviation 0.4."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    encoder: Any = AutoModel.from_pretrained(folder).eval()
    rows = []
    with torch.no_grad():
        for first in range(0, len(words), 256):
            given = tokenizer(list(words[first : first + 256]), return_tensors="pt", padding=True, truncation=True, max_length=12)
            hidden = encoder(**given).last_hidden_state
            mask = given["attention_mask"].unsqueeze(-1)
            rows.append(((hidden * mask).sum(1) / mask.sum(1)).numpy())
    every = np.vstack(rows)
    every -= every.mean(0)
    main_axes = np.linalg.svd(every, full_matrices=False)[2][:size]
    cut = every @ main_axes.T
    return np.asarray(0.4 * cut / cut.std(), np.float32)


def main() -> None:
    """Learn vectors and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of conference lists")
    parser.add_argument("--stems", nargs="+", required=True, help="names of the lists to learn from")
    parser.add_argument("--encoder", required=True, type=Path, help="folder of a sentence encoder, e.g. all-MiniLM-L6-v2")
    parser.add_argument("--size", type=int, nargs=2, default=(100, 64), help="dimensions of the two parts")
    parser.add_argument("--out", required=True, type=Path)
    told = parser.parse_args()
    words, near = of_company(list(sentences(told.folder, told.stems)), told.size[0])
    words = [word for word in words if "\n" not in word]
    rows = np.hstack([near, of_encoder(words, told.encoder, told.size[1])])
    np.savez_compressed(told.out, words=np.array("\n".join(words)), vectors=rows.astype(np.float16))


if __name__ == "__main__":
    main()
