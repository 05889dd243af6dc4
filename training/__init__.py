"""The scorers' weights, made from a folder of corpora; and how well they do on sites that they have not seen."""
