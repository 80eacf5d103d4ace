"""The way of one message through the assistant, which every channel shares."""
