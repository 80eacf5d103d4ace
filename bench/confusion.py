"""The confusions as a picture."""

from __future__ import annotations

from collections import Counter
from pathlib import Path


def draw(confusions: Counter[tuple[str, str]], path: Path) -> None:
    """Draw which intents are taken for which, as a PNG."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import numpy as np

    rows = sorted({meant for meant, _ in confusions})
    columns = sorted({taken for _, taken in confusions})
    counts = np.array([[confusions[row, column] for column in columns] for row in rows])
    size = (4 + len(columns) * 0.28, 3 + len(rows) * 0.28)
    figure, axes = plt.subplots(figsize=size)
    axes.imshow(counts, cmap="Blues", aspect="auto")
    axes.set_xticks(
        range(len(columns)), [name.removeprefix("ask_") for name in columns], rotation=90, fontsize=8
    )
    axes.set_yticks(range(len(rows)), [name.removeprefix("ask_") for name in rows], fontsize=8)
    axes.set_xlabel("taken for")
    axes.set_ylabel("meant")
    for (row, column), count in np.ndenumerate(counts):
        if count:
            axes.text(column, row, str(count), ha="center", va="center", fontsize=7)
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)
