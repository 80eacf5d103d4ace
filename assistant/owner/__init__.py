"""The owner's commands: backup and restore, another database, another secret, a family's data, is everything ready."""
