"""From bytes to a document: decoding, reading texts and pages, and what a page says of itself."""
