-- Photos and removed lines, for whoever asks in SQL: read from the version's article, where they stand.
DROP TABLE photo;
CREATE VIEW photo AS
SELECT version.id AS version_id,
       photo.key AS number,
       json_extract(photo.value, '$.caption') AS caption,
       json_extract(photo.value, '$.credit') AS credit,
       json_extract(photo.value, '$.photographer') AS photographer,
       json_extract(photo.value, '$.agency') AS agency,
       json_extract(photo.value, '$.url') AS url
FROM version JOIN json_each(version.json, '$.photos') AS photo;

DROP TABLE removed;
CREATE VIEW removed AS
SELECT version.id AS version_id,
       removed.key AS number,
       json_extract(removed.value, '$.line') AS line,
       json_extract(removed.value, '$.text') AS text,
       json_extract(removed.value, '$.label') AS label,
       json_extract(removed.value, '$.rule') AS rule
FROM version JOIN json_each(version.json, '$.removed') AS removed;
