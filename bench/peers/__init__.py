"""What a team would build instead, for the same graph: see server.mjs, route.py and postgis.py."""
