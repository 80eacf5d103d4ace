from tests.booking_fixtures import clock, consultation, content, desk, settings

__all__ = ["clock", "consultation", "content", "desk", "settings"]
