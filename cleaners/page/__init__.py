"""Pages: what a page says of itself (metadata), its blocks, and its photos."""
