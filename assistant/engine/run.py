"""The old name of assistant.serve.run, for scripts that still call it."""

from assistant.serve.run import main

if __name__ == "__main__":
    main()
