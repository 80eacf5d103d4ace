"""When an advocate is busy, read from their own calendar."""
