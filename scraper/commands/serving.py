"""`scrape serve`: the store as pages, for a browser on this machine."""

from __future__ import annotations

import argparse
from pathlib import Path

from cleaners.errors import WrongUsage
from cleaners.own import NAME, find_rules
from cleaners.own.file import read_rules
from scraper.cli import DONE
from scraper.store import open_store
from scraper.terminal import say

#: The only address that is listened at: this machine's own.
LOOPBACK = "127.0.0.1"


def serve(options: argparse.Namespace) -> int:
    """Answer a browser until the command is interrupted. Raises StoreError and BadRules before that."""
    try:
        import uvicorn  # an extra, for this command

        from scraper.web.app import make_app  # likewise
    except ModuleNotFoundError:
        raise WrongUsage("serve needs more packages: pip install 'wireclean[web]'") from None
    if not 0 < options.port < 65536:
        raise WrongUsage(f"{options.port} is no port; 1 to 65535")
    open_store(options.db, look=True).close()
    rules = Path(options.config or find_rules() or NAME) if options.write else None
    if rules and rules.exists():
        read_rules(rules)
    say(f"scrape: http://localhost:{options.port}/ shows the store, to this machine alone; Ctrl-C ends")
    config = uvicorn.Config(
        make_app(options.db, rules),
        host=LOOPBACK,
        port=options.port,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        ws="none",
    )
    uvicorn.Server(config).run()
    return DONE
