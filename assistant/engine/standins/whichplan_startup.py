"""Runs when a Python of `.venv` starts: what holds for Rasa's own commands as well as for ours."""

import importlib
import os

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
# Rasa pins SQLAlchemy 1.4; its notice about 2.0 on every start helps nobody who runs an assistant.
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
importlib.import_module("left_out_packages").stand_in()  # found by its path, whichplan.pth
