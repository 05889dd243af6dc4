"""From bytes to a document: decoded, parsed, walked once, a block for each line of a text or element of a page."""
