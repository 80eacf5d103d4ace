"""Start, training, supervision, migration: what puts the parts together and keeps them running."""
