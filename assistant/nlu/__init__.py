"""The pipeline's own components: what turns a parent's message into an intent and entities."""
