"""Masks what tells who somebody is."""
