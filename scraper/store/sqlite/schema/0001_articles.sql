-- What was found and is to be fetched. An address enters in the same transaction as the feed's validators, so a
-- feed that answers 304 next time has nothing to tell that is not here.
CREATE TABLE address (
    key        TEXT PRIMARY KEY,              -- the normalised address: one article, one key
    url        TEXT NOT NULL,                 -- as printed in the feed; what is asked for
    source     TEXT NOT NULL,
    title      TEXT,
    published  TEXT,                          -- all times are UTC, "2025-01-31T12:00:00Z"
    changed    TEXT,                          -- when it last changed, as its feed or sitemap says
    found      TEXT NOT NULL,
    asked      TEXT,                          -- when it was last fetched
    seen       TEXT NOT NULL,                 -- when a feed last listed it
    state      TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'kept', 'failed')),
    tries      INTEGER NOT NULL DEFAULT 0,    -- counted before the request goes out: a killed run leaves its count
    next_try   TEXT,
    cause      TEXT,                          -- one word: why the last try failed
    article_id INTEGER REFERENCES article (id) ON DELETE SET NULL
);
CREATE INDEX address_waiting ON address (source, tries, published DESC) WHERE state = 'waiting';
CREATE INDEX address_article ON address (article_id) WHERE article_id IS NOT NULL;

-- What a feed, sitemap or section page answered last, for the next conditional request.
CREATE TABLE validator (
    source        TEXT NOT NULL,
    url           TEXT NOT NULL,
    etag          TEXT,
    last_modified TEXT,
    checked       TEXT NOT NULL,
    PRIMARY KEY (source, url)
) WITHOUT ROWID;

CREATE TABLE page (
    id        INTEGER PRIMARY KEY,
    requested TEXT NOT NULL,
    url       TEXT NOT NULL,                  -- after redirects
    fetched   TEXT NOT NULL,
    status    INTEGER NOT NULL,
    headers   TEXT NOT NULL,                  -- JSON object, names in lower case
    size      INTEGER NOT NULL,               -- of the body before compression
    body      BLOB NOT NULL                   -- zstd
);

-- One row per article, holding what its newest version says.
CREATE TABLE article (
    id        INTEGER PRIMARY KEY,
    key       TEXT NOT NULL UNIQUE,           -- of the canonical address
    url       TEXT NOT NULL,
    source    TEXT NOT NULL,
    site      TEXT NOT NULL,
    title     TEXT,
    published TEXT,
    language  TEXT,
    agency    TEXT,
    words     INTEGER NOT NULL,
    fetched   TEXT NOT NULL,
    versions  INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX article_fetched ON article (fetched);
CREATE INDEX article_source ON article (source, fetched);
CREATE INDEX article_site ON article (site);

-- What the cleaner made of a page. A changed page is a new version; the old one stays.
CREATE TABLE version (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,              -- 1, 2, …
    page_id    INTEGER NOT NULL REFERENCES page (id),
    cleaner    TEXT NOT NULL,                 -- the cleaner's version
    cleaned    TEXT NOT NULL,
    json       TEXT NOT NULL,
    UNIQUE (article_id, number)
);
CREATE INDEX version_page ON version (page_id);

CREATE TABLE photo (
    version_id   INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL,
    caption      TEXT,
    credit       TEXT,
    photographer TEXT,
    agency       TEXT,
    url          TEXT,
    PRIMARY KEY (version_id, number)
) WITHOUT ROWID;

CREATE TABLE removed (
    version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    text       TEXT NOT NULL,
    label      TEXT NOT NULL,
    rule       TEXT NOT NULL,
    PRIMARY KEY (version_id, number)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE article_words USING fts5 (title, text, tokenize = "unicode61 remove_diacritics 2");

-- How often a site printed a line: see scraper/store/policy.py.
CREATE TABLE site (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    articles INTEGER NOT NULL DEFAULT 0       -- whose lines were counted
);
CREATE TABLE line (
    site_id INTEGER NOT NULL REFERENCES site (id) ON DELETE CASCADE,
    hash    INTEGER NOT NULL,                 -- of the normalised text
    count   INTEGER NOT NULL,                 -- articles that print it
    first   INTEGER NOT NULL,                 -- the site's n-th article …
    last    INTEGER NOT NULL,                 -- … to its m-th
    text    TEXT,                             -- normalised; only of lines met more than once
    PRIMARY KEY (site_id, hash)
) WITHOUT ROWID;
CREATE INDEX line_repeated ON line (site_id) WHERE count >= 3;

CREATE TABLE run (
    id       INTEGER PRIMARY KEY,
    started  TEXT NOT NULL,
    finished TEXT,                            -- NULL: running, or killed
    pid      INTEGER NOT NULL,
    outcome  TEXT                             -- done, failures, stopped
);
CREATE TABLE source_run (
    run_id    INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    source    TEXT NOT NULL,
    started   TEXT NOT NULL,
    finished  TEXT,
    ok        INTEGER,                        -- 1 yes, 0 no, NULL not finished
    found     INTEGER NOT NULL DEFAULT 0,     -- addresses new to the store
    new       INTEGER NOT NULL DEFAULT 0,
    changed   INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,     -- includes second addresses of an article already kept
    failed    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (run_id, source)
) WITHOUT ROWID;
CREATE INDEX source_run_source ON source_run (source, run_id);
CREATE TABLE failure (
    id     INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    url    TEXT NOT NULL,
    at     TEXT NOT NULL,
    cause  TEXT NOT NULL,                     -- one word
    detail TEXT NOT NULL
);
CREATE INDEX failure_run ON failure (run_id);
CREATE INDEX failure_source ON failure (source, cause);

-- What the polite client remembers between runs: hosts in trouble, robots.txt, addresses that moved for good.
CREATE TABLE host (
    host       TEXT PRIMARY KEY,
    failures   INTEGER NOT NULL,
    trips      INTEGER NOT NULL,
    open_until REAL NOT NULL,                 -- seconds since the epoch
    cause      TEXT NOT NULL
);
CREATE TABLE robots (
    origin  TEXT PRIMARY KEY,
    status  INTEGER NOT NULL,
    text    TEXT NOT NULL,
    fetched REAL NOT NULL                     -- seconds since the epoch
);
CREATE TABLE moved (
    url    TEXT PRIMARY KEY,
    target TEXT NOT NULL,
    seen   TEXT NOT NULL
);
