"""all-MiniLM-L6-v2 in torch, with low-rank changes to learn: W + B A for each matrix of its six layers."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

LAYERS, HEADS, HEAD_SIZE, HIDDEN = 6, 12, 32, 384
SCALE = 2.0
"""What B A is multiplied by while learning; it is folded into B when saved."""


class Changed(nn.Module):
    """A frozen linear map with a low-rank change.

    Args:
        weights: The encoder's own tensors by name.
        name: The map's name in them, without `.weight`.
        rank: Rank of the change.
    """

    def __init__(self, weights: dict[str, Tensor], name: str, rank: int) -> None:
        super().__init__()
        self.name = name
        self.register_buffer("frozen", weights[f"{name}.weight"])
        self.register_buffer("bias", weights[f"{name}.bias"])
        outputs, inputs = weights[f"{name}.weight"].shape
        self.a = nn.Parameter(torch.randn(rank, inputs) / math.sqrt(inputs))
        self.b = nn.Parameter(torch.zeros(outputs, rank))  # no change at first

    def forward(self, x: Tensor) -> Tensor:
        """Return the map of x, shape (..., inputs), to (..., outputs)."""
        change = functional.linear(functional.linear(x, self.a), self.b)
        return functional.linear(x, self.frozen, self.bias) + SCALE * change


class MiniLM(nn.Module):
    """The encoder: token ids to unit vectors.

    Args:
        weights: Tensors of model.safetensors.
        rank: Rank of the changes.
        dropout: Share of values left out while learning.
    """

    def __init__(self, weights: dict[str, Tensor], rank: int, dropout: float) -> None:
        super().__init__()
        self._weights = weights
        self._dropout = nn.Dropout(dropout)
        parts = {
            "q": "attention.self.query",
            "k": "attention.self.key",
            "v": "attention.self.value",
            "o": "attention.output.dense",
            "i": "intermediate.dense",
            "f": "output.dense",
        }
        self.layers = nn.ModuleList(
            nn.ModuleDict(
                {k: Changed(weights, f"encoder.layer.{n}.{part}", rank) for k, part in parts.items()}
            )
            for n in range(LAYERS)
        )

    def _norm(self, x: Tensor, name: str) -> Tensor:
        return functional.layer_norm(
            x, (HIDDEN,), self._weights[f"{name}.weight"], self._weights[f"{name}.bias"], 1e-12
        )

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors, shape (batch, 384), of ids and mask, both (batch, tokens)."""
        batch, tokens = ids.shape
        w = self._weights
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:tokens]
        x = self._dropout(
            self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        )
        unseen = (1 - mask[:, None, None, :]) * -1e9

        def heads(t: Tensor) -> Tensor:
            return t.view(batch, tokens, HEADS, HEAD_SIZE).transpose(1, 2)

        for n, layer in enumerate(self.layers):
            part: Any = layer
            mixed = functional.scaled_dot_product_attention(
                heads(part["q"](x)), heads(part["k"](x)), heads(part["v"](x)), attn_mask=unseen
            )
            mixed = part["o"](mixed.transpose(1, 2).reshape(batch, tokens, HIDDEN))
            x = self._norm(x + self._dropout(mixed), f"encoder.layer.{n}.attention.output.LayerNorm")
            x = self._norm(
                x + self._dropout(part["f"](functional.gelu(part["i"](x)))),
                f"encoder.layer.{n}.output.LayerNorm",
            )
        mean = (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return functional.normalize(mean, dim=-1)
