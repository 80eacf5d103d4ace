"""Replays conversation stories against the real model and the real actions, or against a running server.

`reader` turns a file into `story` cases, `player` plays them on a target (`inside` this process or `live`), `checks`
compares, `plugin` makes each a test, `report` and `coverage` show what came, `record` turns a talk into a story.
"""
