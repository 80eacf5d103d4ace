"""Stands in for tensorflow: see inert_tensorflow.py."""

from inert_tensorflow import stand_in  # type: ignore[import-untyped]  # found by its path, whichplan.pth


def is_tensor(value: object) -> bool:
    """Say that nothing is a tensor: matplotlib asks this of each value it draws, where TensorFlow is imported."""
    return False


stand_in(__name__)
