"""What content has to be before it is said: each module checks one thing and yields findings."""
