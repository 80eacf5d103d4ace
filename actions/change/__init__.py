"""Moving and cancelling a booked call."""
