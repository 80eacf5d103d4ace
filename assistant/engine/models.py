"""The old name of assistant.serve.models, for scripts that still import it."""

from assistant.serve.models import current_model

__all__ = ["current_model"]
