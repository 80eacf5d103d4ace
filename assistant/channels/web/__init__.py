"""The website: the HTTP contract, the page without script, the pages of a call."""
