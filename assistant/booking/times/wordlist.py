"""Word lists, written as running text."""


def words_in(text: str) -> list[str]:
    """Return the words of a text in their order."""
    return text.split()


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())
