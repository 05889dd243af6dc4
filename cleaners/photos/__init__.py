"""The photos of an article: from the caption and credit lines of a text, and from the figures and images of a page."""
