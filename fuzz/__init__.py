"""Hostile input, made by a machine: what must hold for any bytes at all, and small inputs to begin with."""
