"""A maintainer's tools: what is learnt once and kept as a file. They need torch, which users never install."""
