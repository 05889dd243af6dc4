"""The store as pages, for a browser on the same machine: `scrape serve`.

After Datasette: a database becomes pages. `guard` decides who may ask and what a browser may do with an answer, `pages`
makes the answers, from what every store can do.
"""
