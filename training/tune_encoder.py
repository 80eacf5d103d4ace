"""`make encoder`: learns low-rank changes of the sentence encoder from data/nlu/, and keeps them as a small file.

The encoder learns to tell points and topics apart: cross entropy over the cosines with one direction a point and one a topic. It
goes on from the changes that are kept, since these know the older topics already. The result, `assistant/nlu/encoder_tuning.npz`,
is added to the weights when the encoder is built. Takes about an hour of one core for 45,000 lines.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import random
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from assistant.nlu.encoder_build import tokenizer_file, weights_file
from assistant.nlu.encoder_recipe import TUNING
from bench.messages import every_line
from training.minilm import SCALE, Changed, MiniLM

Floats = npt.NDArray[np.float32]

EPOCHS, RANK, RATE, BATCH = 2, 16, 6e-4, 32
DROPOUT, SMOOTHING, SHARPNESS = 0.1, 0.1, 20.0
DIRECTION_RATE = 5e-3
TOPIC_SHARE = 0.5
"""Weight of telling topics apart beside telling points apart."""
MOST_TOKENS = 128
BUCKET = 20  # batches of like length, so that little is padded
SEED = 1


def padded(rows: list[list[int]]) -> tuple[Tensor, Tensor]:
    """Return ids and mask, both (batch, longest)."""
    longest = max(map(len, rows))
    ids, mask = torch.zeros(len(rows), longest, dtype=torch.long), torch.zeros(len(rows), longest)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = torch.tensor(row)
        mask[place, : len(row)] = 1
    return ids, mask


def batches(rows: list[list[int]]) -> list[list[int]]:
    """Return the places of the rows in shuffled batches of like length."""
    order = list(range(len(rows)))
    random.shuffle(order)
    found = []
    for start in range(0, len(order), BATCH * BUCKET):
        bucket = sorted(order[start : start + BATCH * BUCKET], key=lambda place: len(rows[place]))
        found += [bucket[place : place + BATCH] for place in range(0, len(bucket), BATCH)]
    random.shuffle(found)
    return found


def vectors_of(encoder: MiniLM, rows: list[list[int]]) -> Tensor:
    """Return the sentence vectors before learning, shape (rows, 384); lines of like length are read together."""
    encoder.eval()
    order = sorted(range(len(rows)), key=lambda place: len(rows[place]))
    vectors = torch.zeros(len(rows), 384)
    with torch.no_grad():
        for start in range(0, len(rows), 64):
            places = order[start : start + 64]
            vectors[places] = encoder(*padded([rows[place] for place in places]))
    return vectors


class Directions(nn.Module):
    """One direction a class, begun at the mean of its lines."""

    def __init__(self, vectors: Tensor, labels: list[str]) -> None:
        """Begin with the lines' vectors, shape (lines, 384), and what each line asks."""
        super().__init__()
        names = sorted(set(labels))
        self.wanted = torch.tensor([names.index(label) for label in labels])
        counts = torch.bincount(self.wanted).float()
        self._weight = (
            (counts.mean() / counts).clamp(0.25, 3).sqrt()
        )  # rare classes count more, within reason
        self._map = nn.Linear(384, len(names))
        sums = torch.zeros(len(names), 384).index_add_(0, self.wanted, vectors)
        with torch.no_grad():
            self._map.weight.copy_(functional.normalize(sums, dim=-1))
            self._map.bias.zero_()

    def loss(self, vectors: Tensor, batch: list[int]) -> Tensor:
        """Return the cross entropy of the lines at the places `batch`; vectors has shape (batch, 384)."""
        cosines = functional.linear(vectors, functional.normalize(self._map.weight, dim=-1))
        return functional.cross_entropy(
            SHARPNESS * cosines + self._map.bias,
            self.wanted[batch],
            weight=self._weight,
            label_smoothing=SMOOTHING,
        )


def learn(texts: list[str], labels: list[str], kept: dict[str, Floats]) -> MiniLM:
    """Return the encoder with further changes learnt; `kept` are those that it has already."""
    torch.manual_seed(SEED)
    random.seed(SEED)
    tokenizer = Tokenizer.from_file(str(tokenizer_file()))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    rows = [tokenizer.encode(text).ids for text in texts]
    weights = {name: tensor.float() for name, tensor in load_file(weights_file()).items()}
    for name in (name.removesuffix(".A") for name in kept if name.endswith(".A")):
        weights[f"{name}.weight"] += torch.tensor(kept[f"{name}.B"] @ kept[f"{name}.A"])
    encoder = MiniLM(weights, RANK, DROPOUT)
    vectors = vectors_of(encoder, rows)
    points = Directions(vectors, labels)
    topics = Directions(vectors, [label.partition("/")[0] for label in labels])
    learning = [parameter for parameter in encoder.parameters() if parameter.requires_grad]
    directions = [*points.parameters(), *topics.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": learning, "lr": RATE}, {"params": directions, "lr": DIRECTION_RATE}], weight_decay=0.01
    )
    steps, step = EPOCHS * math.ceil(len(rows) / BATCH), 0
    for epoch in range(EPOCHS):
        encoder.train()
        lost = []
        for batch in batches(rows):
            pace = min(1, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
            for group, rate in zip(optimizer.param_groups, (RATE, DIRECTION_RATE), strict=True):
                group["lr"] = rate * pace
            vectors = encoder(*padded([rows[place] for place in batch]))
            loss = points.loss(vectors, batch) + TOPIC_SHARE * topics.loss(vectors, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learning, 1.0)
            optimizer.step()
            lost.append(loss.item())
            step += 1
        sys.stdout.write(f"epoch {epoch + 1} of {EPOCHS}: loss {sum(lost) / len(lost):.3f}\n")
        sys.stdout.flush()
    return encoder


def lines() -> tuple[list[str], list[str]]:
    """Return the training lines and their intents; one that leans on a point stands behind a wording of that point."""
    every = list(every_line())
    asked: dict[str, list[str]] = {}
    for text, intent, follows in every:
        if follows is None:
            for name in {intent, intent.partition("/")[0]}:
                asked.setdefault(name, []).append(text)
    texts = []
    for turn, (text, _, follows) in enumerate(every):
        own = (asked.get(follows) or [""]) if follows else [""]
        texts.append(f"{own[turn % len(own)]} {text}".strip())
    return texts, [intent for _, intent, _ in every]


def changes(encoder: MiniLM, kept: dict[str, Floats]) -> dict[str, Floats]:
    """Return the factors of each change by name, `<map>.A` (rank, inputs) and `<map>.B` (outputs, rank), behind those kept."""
    parts = {}
    for change in encoder.modules():
        if isinstance(change, Changed):
            a, b = change.a.detach().numpy(), (SCALE * change.b).detach().numpy()
            old_a, old_b = kept.get(f"{change.name}.A", a[:0]), kept.get(f"{change.name}.B", b[:, :0])
            parts[f"{change.name}.A"] = np.concatenate([old_a, a], axis=0)
            parts[f"{change.name}.B"] = np.concatenate([old_b, b], axis=1)
    return parts


def save(parts: dict[str, Floats], path: Path) -> str:
    """Write the changes as float16; return the file's SHA-256."""
    np.savez_compressed(path, **{name: part.astype(np.float16) for name, part in parts.items()})
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Learn and save."""
    parser = argparse.ArgumentParser(prog="python -m training.tune_encoder", description=__doc__)
    parser.add_argument("--out", type=Path, default=TUNING, help="where to write the changes")
    parser.add_argument("--anew", action="store_true", help="forget the changes that are kept")
    options = parser.parse_args()
    kept: dict[str, Floats] = {}
    if TUNING.is_file() and not options.anew:
        with np.load(TUNING) as file:
            kept = {name: file[name].astype(np.float32) for name in file.files}
    texts, labels = lines()
    digest = save(changes(learn(texts, labels, kept), kept), options.out)
    sys.stdout.write(f"{options.out}: SHA-256 {digest}\n")


if __name__ == "__main__":
    main()
