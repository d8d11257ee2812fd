"""What a caller can do wrong, and what we say about it.

DirectoryError            shown to clients as it stands; anything else is masked
├── BadUserInput          the question cannot be asked like this
├── PlaceNotFound         no such postcode, place or point in the directory
├── PlaceNotLocated       a postcode that stands for no place, such as one for post only
├── PlaceNotCovered       a place outside the United Kingdom
├── NeedNotFound          no need in the vocabulary fits the words or code
├── ServiceNotFound       no service has that slug
├── PathwayNotFound       no pathway has that slug on the day
├── BadCursor             a cursor that this list did not give
└── DirectoryUnavailable  Neo4j does not answer, or holds no directory yet
"""


class DirectoryError(Exception):
    """An error whose message is written for the caller: what was given, what is allowed, what to do."""

    code = "BAD_USER_INPUT"


class BadUserInput(DirectoryError):
    """The question cannot be asked like this."""


class PlaceNotFound(DirectoryError):
    """The place is not in the directory."""

    code = "PLACE_NOT_FOUND"


class PlaceNotLocated(DirectoryError):
    """The postcode is one, but where it is nobody can say."""

    code = "PLACE_NOT_LOCATED"


class PlaceNotCovered(DirectoryError):
    """The place is outside the United Kingdom."""

    code = "PLACE_NOT_COVERED"


class NeedNotFound(DirectoryError):
    """No need in the vocabulary fits."""

    code = "NEED_NOT_FOUND"


class ServiceNotFound(DirectoryError):
    """No service has this slug."""

    code = "SERVICE_NOT_FOUND"


class PathwayNotFound(DirectoryError):
    """No pathway has this slug on the day asked for."""

    code = "PATHWAY_NOT_FOUND"


class BadCursor(DirectoryError):
    """The cursor belongs to another list, or to none."""

    code = "BAD_CURSOR"


class DirectoryUnavailable(DirectoryError):
    """The database does not answer, or holds no directory yet."""

    code = "DIRECTORY_UNAVAILABLE"
