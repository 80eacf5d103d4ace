"""The talk as Rasa needs it to go on: events in a database, personal data only while a form needs it."""
