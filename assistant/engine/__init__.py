"""The price of running Rasa Open Source 3.6 on a supported Python: all of it is in this package."""
