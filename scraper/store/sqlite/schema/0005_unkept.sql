-- `scrape status` asks for each source what is not kept yet, and why: a small part of what was ever found.
CREATE INDEX address_unkept ON address (source, cause, url) WHERE state != 'kept';
