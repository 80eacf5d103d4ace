"""The desk: what is open, held, booked, moved and cancelled, with the rows behind it."""
