"""The only code that knows the action server: each action reads the tracker, calls one function, speaks."""
