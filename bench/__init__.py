"""What `make bench` and `make bench-nlu` measure, and how."""
