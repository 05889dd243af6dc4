"""What the trade knows: agencies, credits, names, datelines, bylines, dates and rights lines."""
