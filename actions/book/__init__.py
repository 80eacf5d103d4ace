"""The booking form: what it reads, asks, offers and books."""
