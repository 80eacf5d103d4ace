"""All points are one choice: what one of the two readings is sure not to be, the message is not."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from assistant.nlu.class_model import ClassModel
from assistant.nlu.features import Row

POINTS = ["ask_aide/taken_away", "ask_bus/late", "ask_cost/who_pays"]


def learnt() -> ClassModel:
    """Learn three points; the first two have the same sentence vector and other words."""
    corners = np.array([[1, 0], [1, 0], [0, 1]], np.float32)
    model = ClassModel()
    model.train(
        np.repeat(corners, 30, axis=0),
        sparse.csr_matrix(np.repeat(np.eye(3, dtype=np.float32), 30, axis=0)),
        3,
        np.repeat(POINTS, 30).tolist(),
    )
    return model


def test_words_tell_apart_what_the_vector_cannot() -> None:
    model = learnt()
    for place, point in enumerate(POINTS[:2]):
        row = Row(np.array([1, 0], np.float32), np.array([place]), np.ones(1, np.float32))
        shares = model.shares(row.vector, model.fold(row))
        assert model.classes[int(shares.argmax())] == point
        assert abs(shares.sum() - 1) < 1e-5
