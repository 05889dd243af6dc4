"""`python -m scraper` is the `scrape` command; Python wants a module of this name for it."""

import sys

from scraper.cli import main

if __name__ == "__main__":
    sys.exit(main())
