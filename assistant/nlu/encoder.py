"""The sentence encoder: a message as a vector of 384 numbers, computed on this machine."""

from __future__ import annotations

import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from assistant.nlu.encoder_recipe import encoder_folder

ENCODER_FOLDER = encoder_folder()
Floats = npt.NDArray[Any]
"""An array of numbers."""
Kept = TypeVar("Kept")
"""What is kept of a text that was read."""
LAYERS = 6
DIMENSIONS = 384
THREADS = 2
"""Sentences that are encoded side by side in training."""
MAX_TOKENS = 256
"""all-MiniLM-L6-v2 was trained on 256 word pieces; what is longer is cut."""


@dataclass(frozen=True, eq=False)
class Words:
    """The word pieces of a text, each as it is read in its sentence.

    Attributes:
        states: Shape (pieces, 384), float32; without the two signs that stand for beginning and end.
        ids: Which piece each is, a place in the encoder's vocabulary.
    """

    states: Floats
    ids: npt.NDArray[np.int64]


NO_WORDS = Words(np.zeros((0, DIMENSIONS), np.float32), np.zeros(0, np.int64))
"""Those of an empty text."""


class SentenceEncoder:
    """all-MiniLM-L6-v2 as int8 ONNX, one sentence at a time.

    Args:
        folder: Holds `encoder.onnx` and `tokenizer.json`, as encoder_build writes them.

    Raises:
        FileNotFoundError: The encoder was not built yet.
    """

    def __init__(self, folder: Path = ENCODER_FOLDER) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        model = folder / "encoder.onnx"
        if not model.is_file():
            raise FileNotFoundError(
                f"{model}: the sentence encoder was not built. Run `make train`, or "
                "`.venv/bin/python -m assistant.nlu.encoder_build`."
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # one message is too small to share among threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def encode(self, text: str) -> Floats:
        """Return the unit vector of `text`, shape (384,), float32."""
        vector: Floats = self._session.run(["sentence"], {"ids": self._pieces(text)})[0][0]
        return vector

    def read(self, text: str) -> tuple[Floats, Words]:
        """Return the unit vector of `text` and its words, in one run of the encoder."""
        ids = self._pieces(text)
        vectors, states = self._session.run(["sentence", "words"], {"ids": ids})
        return vectors[0], Words(states[0, 1:-1], ids[0, 1:-1])

    @property
    def pieces(self) -> int:
        """How many word pieces the encoder knows."""
        size: int = self._tokenizer.get_vocab_size()
        return size

    def _pieces(self, text: str) -> npt.NDArray[np.int64]:
        return np.array([self._tokenizer.encode(text).ids], np.int64)

    def encode_all(self, texts: list[str]) -> Floats:
        """Return one row a text, shape (texts, 384): one by one, because int8 depends on the batch."""
        found = self._side_by_side(self.encode, texts)
        return np.stack(found) if found else np.zeros((0, DIMENSIONS), np.float32)

    def read_all(self, texts: list[str], kept: Callable[[Words], Kept]) -> tuple[Floats, list[Kept]]:
        """Return one row a text, shape (texts, 384), and what `kept` makes of the words of each: all words of all texts would fill gigabytes."""

        def one(text: str) -> tuple[Floats, Kept]:
            vector, words = self.read(text)
            return vector, kept(words)

        found = self._side_by_side(one, texts)
        vectors = (
            np.stack([vector for vector, _ in found]) if found else np.zeros((0, DIMENSIONS), np.float32)
        )
        return vectors, [words for _, words in found]

    def _side_by_side(self, work: Callable[[str], Kept], texts: list[str]) -> list[Kept]:
        with ThreadPoolExecutor(THREADS) as pool:  # the session runs outside Python's lock
            return list(pool.map(work, texts, chunksize=64))


@functools.cache
def shared_encoder(folder: Path = ENCODER_FOLDER) -> SentenceEncoder:
    """Return the process's one encoder: every component that asks shares its 100 MB."""
    return SentenceEncoder(folder)
