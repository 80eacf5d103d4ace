"""Reads and checks content/."""
