-- What a fault of this program left on its way: for `scrape show --failure`.
ALTER TABLE failure ADD COLUMN trace TEXT;

-- The addresses of what was taken out, so that it stays away whenever a feed names it again: a 64-bit hash of the key.
CREATE TABLE pruned (hash INTEGER PRIMARY KEY);

-- What came in of a source on a day (UTC), which outlives the articles: a site that changes is known by it.
CREATE TABLE source_day (
    source   TEXT NOT NULL,
    day      TEXT NOT NULL,                   -- "2025-01-31"
    articles INTEGER NOT NULL DEFAULT 0,
    lines    INTEGER NOT NULL DEFAULT 0,      -- of the articles' bodies
    removed  INTEGER NOT NULL DEFAULT 0,      -- lines that were taken away
    captions INTEGER NOT NULL DEFAULT 0,      -- photos that have one
    PRIMARY KEY (source, day)
) WITHOUT ROWID;
INSERT INTO source_day (source, day, articles)
SELECT source, substr(fetched, 1, 10), count(*) FROM article GROUP BY source, substr(fetched, 1, 10);

-- What somebody was last told of each source, so that only changes are told.
CREATE TABLE told (
    source TEXT NOT NULL,
    what   TEXT NOT NULL,
    PRIMARY KEY (source, what)
) WITHOUT ROWID;
