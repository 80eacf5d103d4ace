"""Slack: events in, messages and the booking form out."""
