"""`make encoder`: learns low-rank changes of the sentence encoder from data/nlu/, and keeps them as a small file.

The encoder learns to tell the intents apart: cross entropy over the cosines with one direction an intent. Its result,
`assistant/nlu/encoder_tuning.npz`, is added to the weights when the encoder is built. Takes about
forty minutes of one core: each seed learns for itself.
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
from bench.messages import training_lines
from training.minilm import SCALE, Changed, MiniLM

Floats = npt.NDArray[np.float32]

EPOCHS, RANK, RATE, BATCH = 3, 16, 8e-4, 32
DROPOUT, SMOOTHING, SHARPNESS = 0.1, 0.1, 20.0
DIRECTION_RATE = 5e-3
MOST_TOKENS = 128
BUCKET = 20  # batches of like length, so that little is padded
SEEDS = (1, 2)
"""One learning a seed; the mean of their changes errs less than either (docs/decisions/0006)."""


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


def centers(encoder: MiniLM, rows: list[list[int]], intents: Tensor, count: int) -> Tensor:
    """Return the mean direction of each intent before learning, shape (count, 384)."""
    encoder.eval()
    sums = torch.zeros(count, 384)
    with torch.no_grad():
        for start in range(0, len(rows), 64):
            vectors = encoder(*padded(rows[start : start + 64]))
            sums.index_add_(0, intents[start : start + 64], vectors)
    return functional.normalize(sums, dim=-1)


def learn(texts: list[str], labels: list[str], seed: int) -> MiniLM:
    """Return the encoder with its changes learnt."""
    torch.manual_seed(seed)
    random.seed(seed)
    tokenizer = Tokenizer.from_file(str(tokenizer_file()))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    rows = [tokenizer.encode(text).ids for text in texts]
    names = sorted(set(labels))
    intents = torch.tensor([names.index(label) for label in labels])
    counts = torch.bincount(intents).float()
    weight = (counts.mean() / counts).clamp(0.25, 3).sqrt()  # rare intents count more, within reason
    encoder = MiniLM(
        {name: tensor.float() for name, tensor in load_file(weights_file()).items()}, RANK, DROPOUT
    )
    directions = nn.Linear(384, len(names))
    with torch.no_grad():
        directions.weight.copy_(centers(encoder, rows, intents, len(names)))
        directions.bias.zero_()
    learning = list(encoder.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": learning, "lr": RATE}, {"params": directions.parameters(), "lr": DIRECTION_RATE}],
        weight_decay=0.01,
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
            cosines = functional.linear(vectors, functional.normalize(directions.weight, dim=-1))
            loss = functional.cross_entropy(
                SHARPNESS * cosines + directions.bias,
                intents[batch],
                weight=weight,
                label_smoothing=SMOOTHING,
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learning, 1.0)
            optimizer.step()
            lost.append(loss.item())
            step += 1
        sys.stdout.write(f"epoch {epoch + 1} of {EPOCHS}: loss {sum(lost) / len(lost):.3f}\n")
        sys.stdout.flush()
    return encoder


def changes(encoder: MiniLM) -> dict[str, Floats]:
    """Return the factors of each change by name: `<map>.A` (rank, inputs) and `<map>.B` (outputs, rank)."""
    parts = {}
    for change in encoder.modules():
        if isinstance(change, Changed):
            parts[f"{change.name}.A"] = change.a.detach().numpy()
            parts[f"{change.name}.B"] = (SCALE * change.b).detach().numpy()
    return parts


def mean(learnt: list[dict[str, Floats]]) -> dict[str, Floats]:
    """Return factors whose products are the means of the given ones: the ranks add up."""
    return {
        name: np.concatenate([one[name] for one in learnt], axis=0)
        if name.endswith(".A")
        else np.concatenate([one[name] / len(learnt) for one in learnt], axis=1)
        for name in learnt[0]
    }


def save(parts: dict[str, Floats], path: Path) -> str:
    """Write the changes as float16; return the file's SHA-256."""
    np.savez_compressed(path, **{name: part.astype(np.float16) for name, part in parts.items()})
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Learn and save."""
    parser = argparse.ArgumentParser(prog="python -m training.tune_encoder", description=__doc__)
    parser.add_argument("--out", type=Path, default=TUNING, help="where to write the changes")
    options = parser.parse_args()
    lines = list(training_lines())
    texts, intents = [text for text, _ in lines], [intent for _, intent in lines]
    learnt = [changes(learn(texts, intents, seed)) for seed in SEEDS]
    sys.stdout.write(f"{options.out}: SHA-256 {save(mean(learnt), options.out)}\n")


if __name__ == "__main__":
    main()
