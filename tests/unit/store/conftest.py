from tests.slack_fixtures import channel, model, settings, slack

__all__ = ["channel", "model", "settings", "slack"]
