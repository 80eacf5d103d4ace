"""What the assistant knows and does, in plain Python."""
