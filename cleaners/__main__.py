"""`python -m cleaners` is the `clean` command; Python wants a module of this name for it."""

import sys

from cleaners.cli import main

sys.exit(main())
