"""Where people talk to the assistant: a channel translates, nothing more."""
