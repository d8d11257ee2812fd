"""Where the graph is: at NEO4J_URI, or in the local Neo4j of the data folder."""

from __future__ import annotations

from graph_model.settings import Settings
from signpost.errors import NoNeo4j

NOT_THERE = (
    "No Neo4j runs with the data folder {home}. Start one with `signpost neo4j start`, "
    "or all of it with `signpost up`; or set NEO4J_URI to one elsewhere."
)
NO_PASSWORD = (
    "NEO4J_URI is set to {uri}, and NEO4J_PASSWORD is not set. Set it to the password "
    "of the user {user} at that server."
)


def with_graph_address(settings: Settings) -> Settings:
    """Return the settings with address and password of the Neo4j to use.

    Raises NoNeo4j where there is none.
    """
    if settings.neo4j_uri:
        if not settings.neo4j_password:
            raise NoNeo4j(
                NO_PASSWORD.format(uri=settings.neo4j_uri, user=settings.neo4j_user)
            )
        return settings
    # Imported late: a server's own installation has no local Neo4j.
    try:
        from signpost.local_neo4j.home import home_of
        from signpost.local_neo4j.server import running_server, settings_of
    except ImportError as error:
        raise NoNeo4j(NOT_THERE.format(home=settings.signpost_home)) from error
    home = home_of(settings)
    if running_server(home) is None:
        raise NoNeo4j(NOT_THERE.format(home=home.root))
    return settings_of(home, settings)
