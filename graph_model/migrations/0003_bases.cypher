// Where what comes to people has a place of its own, for searches around a point (graph_model/reach.py).
MATCH (service:Service {reach: 'AREA'})-[:DELIVERED_AT]->(location:Location)
WHERE location.point IS NOT NULL
WITH service, head(collect(location.point)) AS there
MATCH (service)-[met:MEETS|OF_TYPE]->(what)
WHERE what.number IS NOT NULL
SET met.based = point({x: there.longitude, y: there.latitude, z: what.number});
