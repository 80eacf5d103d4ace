"""Stands in for tensorflow_hub: see inert_tensorflow.py."""

from inert_tensorflow import stand_in

stand_in(__name__)
