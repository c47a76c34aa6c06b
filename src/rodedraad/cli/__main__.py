"""Lets ``python -m rodedraad.cli`` do what the command ``rodedraad`` does."""

from rodedraad.cli import main

if __name__ == "__main__":
    main()
