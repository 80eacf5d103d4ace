"""Steps from one form of the booking database to the next, run when it is opened."""
