"""The old name of assistant.serve.train, for scripts that still call it."""

from assistant.serve.train import main

if __name__ == "__main__":
    main()
