"""What the assistant says to a turn of the talk: plain functions over knowledge and memory, without Rasa."""
