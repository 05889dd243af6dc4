"""`python -m cleaners` is the `clean` command; Python wants a module of this name for it."""

import sys

from cleaners.cli import main

if __name__ == "__main__":
    sys.exit(main())
