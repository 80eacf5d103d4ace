"""What is kept about talks: database, tracker, transcripts, feedback, limits, locks."""
