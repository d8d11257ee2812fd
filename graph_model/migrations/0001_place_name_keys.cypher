// A place had one key for its name; it has one for each of its names now.
MATCH (place:Place)
WHERE place.name_key IS NOT NULL
SET place.name_keys = coalesce(place.name_keys, [place.name_key])
REMOVE place.name_key;
