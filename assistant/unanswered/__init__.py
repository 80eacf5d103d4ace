"""What was not answered well, and how it becomes a wording, a point or a decision (docs/write/unanswered.md)."""
