"""The scorer: what no rule claims is weighed here, by shape, place and words."""
