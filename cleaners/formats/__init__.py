"""One writer for each output format: article in, text out, with a line end at its end."""
