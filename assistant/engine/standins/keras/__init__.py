"""Stands in for keras: see inert_tensorflow.py."""

from inert_tensorflow import stand_in  # type: ignore[import-untyped]  # found by its path, whichplan.pth

stand_in(__name__)
