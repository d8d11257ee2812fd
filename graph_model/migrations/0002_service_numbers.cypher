// Services are numbered, for systems that know a service by a number (graph_model/reach.py).
MATCH (service:Service)
WITH coalesce(max(service.number), 0) AS last
CALL () {
  MATCH (new:Service) WHERE new.number IS NULL
  WITH new ORDER BY new.slug
  RETURN collect(new) AS fresh
}
UNWIND range(0, size(fresh) - 1) AS position
WITH last + 1 + position AS number, fresh[position] AS service
SET service.number = number;
