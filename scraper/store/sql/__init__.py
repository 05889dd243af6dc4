"""The tables that every SQL database keeps alike; what a kind of database says in words of its own is in its folder."""
