"""A message in nearly the words of a training line means what that line means; else the nearest lines count for little."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from assistant.nlu.nearest import NEIGHBOURS, NearestLines


def lines() -> NearestLines:
    """Twelve lines of two topics in a plane: six of points 0 and 1, five degrees apart, and six of a topic without any, far away."""
    angles = np.deg2rad([0, 5, 10, 15, 20, 25, 90, 95, 100, 105, 110, 115])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    return NearestLines(
        vectors,
        np.array([0] * 6 + [1] * 6, np.int32),
        np.array([0] * 3 + [1] * 3 + [-1] * 6, np.int32),
    )


def test_the_nearest_lines_are_found() -> None:
    near = lines().near(np.array([1, 0], np.float32))
    assert sorted(near.lines.tolist()) == list(range(NEIGHBOURS))
    assert lines().topic_shares(near, 2).tolist() == [0.6, 0.4]


def test_a_line_in_the_same_words_decides() -> None:
    found = lines().among_points(lines().near(np.array([1, 0], np.float32)), np.array([0.1, 0.9]), 0.1)
    assert found.argmax() == 0, "the point of the very line, whatever the regressions say"


@pytest.mark.parametrize("cosine, least, most", [(0.84, 0.88, 0.92), (0.99, 0.0, 0.2)])
def test_what_lies_farther_counts_for_little(cosine: float, least: float, most: float) -> None:
    one = NearestLines(np.array([[1, 0]], np.float32), np.zeros(1, np.int32), np.zeros(1, np.int32))
    message = np.array([cosine, np.sqrt(1 - cosine**2)], np.float32)
    found = one.among_points(one.near(message), np.array([0.0, 1.0]), 0.1)
    assert least <= found[1] <= most
    assert found.sum() == pytest.approx(1)


def test_a_line_without_a_point_takes_nothing_from_one() -> None:
    found = lines().among_points(lines().near(np.array([0, 1], np.float32) * 0.5), np.array([0.2, 0.8]), 0.1)
    assert found.argmax() == 1


def test_of_many_lines_those_are_found_that_a_look_at_all_finds() -> None:
    random = np.random.default_rng(0)
    middles = random.standard_normal((300, 384)).astype(np.float32)
    vectors = np.repeat(middles, 20, axis=0) + 0.4 * random.standard_normal((6000, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    many = NearestLines(vectors, np.zeros(6000, np.int32), np.zeros(6000, np.int32))
    same = 0
    for asked in range(0, 6000, 100):
        near = many.near(vectors[asked])
        cosines = vectors @ vectors[asked]
        same += len(set(near.lines.tolist()) & set(np.argsort(-cosines)[:NEIGHBOURS].tolist()))
        assert near.cosines == pytest.approx(cosines[near.lines], abs=2e-3)
    assert same >= 0.95 * 60 * NEIGHBOURS


def test_it_is_kept_in_half_the_bytes() -> None:
    vectors = np.eye(2000, 384, dtype=np.float32)
    whole = NearestLines(vectors, np.zeros(2000, np.int32), np.arange(2000, dtype=np.int32))
    file = pickle.dumps(whole)
    assert len(file) < 0.75 * vectors.nbytes + 384 * 384 * 4
    kept = pickle.loads(file)
    assert kept.points.tolist() == whole.points.tolist()
    one = np.array([1.0, *[0.0] * 383], np.float32)
    assert sorted(kept.near(one).lines) == sorted(whole.near(one).lines)
