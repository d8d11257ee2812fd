"""The directory in Neo4j: its questions, its changes, and the matching of need and place."""
