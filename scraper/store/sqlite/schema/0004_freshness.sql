-- Until when a list need not be asked for again, as its server says, and whether it is gone for good (410).
ALTER TABLE validator ADD COLUMN fresh_until TEXT;
ALTER TABLE validator ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
