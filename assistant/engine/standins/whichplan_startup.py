"""Runs when a Python of `.venv` starts: what holds for Rasa's own commands as well as for ours."""

import os

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
# Rasa pins SQLAlchemy 1.4; its notice about 2.0 on every start helps nobody who runs an assistant.
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
