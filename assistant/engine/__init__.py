"""What knows Rasa 3.6: loading it, running actions inside the process, and our measured changes to it."""
