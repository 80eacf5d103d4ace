"""The sentence encoder: a message as a vector of 384 numbers, computed on this machine."""

from __future__ import annotations

import functools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.nlu.encoder_recipe import encoder_folder

ENCODER_FOLDER = encoder_folder()
Floats = npt.NDArray[Any]
"""An array of numbers."""
LAYERS = 6
DIMENSIONS = 384
THREADS = 2
"""Sentences that are encoded side by side in training."""
MAX_TOKENS = 256
"""all-MiniLM-L6-v2 was trained on 256 word pieces; what is longer is cut."""


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
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        vector: Floats = self._session.run(["sentence"], {"ids": ids})[0][0]
        return vector

    def encode_all(self, texts: list[str]) -> Floats:
        """Return one row a text, shape (texts, 384): one by one, because int8 depends on the batch."""
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        with ThreadPoolExecutor(THREADS) as pool:  # the session runs outside Python's lock
            return np.stack(list(pool.map(self.encode, texts, chunksize=64)))


@functools.cache
def shared_encoder(folder: Path = ENCODER_FOLDER) -> SentenceEncoder:
    """Return the process's one encoder: every component that asks shares its 100 MB."""
    return SentenceEncoder(folder)
