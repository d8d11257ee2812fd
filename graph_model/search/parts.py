"""What the searches share: ids, what counts as active, and how a text or a day is compared.

`<id of x>` is the id that a node has outside, at most 64 characters of FHIR's alphabet: its slug,
or where that is longer its beginning and end.
"""

import re
from typing import LiteralString, cast
from unicodedata import normalize

from graph_model.cards import compose

ID_LENGTH = 64
HEAD, TAIL = 49, 14  # of a longer slug
PATHWAY_HEAD = 44  # leaves room for a version
SUBJECT_HEAD = 22  # of a contract's or service's slug in the id of an affiliation

# Of the languages of these islands and their neighbours: grave, acute, circumflex, tilde, diaeresis, ring, caron, cedilla.
ACCENTS = "\u0300\u0301\u0302\u0303\u0308\u030a\u030c\u0327"

PARTS = {
    r"id of a version of (\w+)": rf"""CASE WHEN size(\1.slug) <= 58 THEN \1.slug
      ELSE left(\1.slug, {PATHWAY_HEAD}) + right(\1.slug, {TAIL}) END
      + '.' + toString(\1.version)""",
    r"short key of (\w+)": r"""coalesce(\1.ods_code, left(\1.slug, 8) + right(\1.slug, 4))""",
    r"id of affiliation": rf"""CASE WHEN size(subject.slug) <= 38 THEN subject.slug
      ELSE left(subject.slug, {SUBJECT_HEAD}) + '.' + right(subject.slug, 14) END
      + '.' + <short key of commissioner>
      + CASE WHEN holder IS NULL THEN '' ELSE '.' + <short key of holder> END""",
    r"id of (\w+)": rf"""CASE WHEN size(\1.slug) <= {ID_LENGTH} THEN \1.slug
      ELSE left(\1.slug, {HEAD}) + '.' + right(\1.slug, {TAIL}) END""",
    # When it last changed here: a load or an import moves the directory's own moment.
    r"updated of (\w+)": r"coalesce(\1.updated, directory.updated)",
    # What a source says of it holds on the day: it said so then, or less than three years before.
    r"(\w+) vouched for": r"""EXISTS {
      MATCH (\1)-[word:STATED_BY]->()
      WHERE as_of <= word.on + duration('P3Y')
        AND (word.on <= as_of OR \1.opened <= as_of)
    }""",
    r"active organisation": """CASE
      WHEN organisation.closed <= as_of OR as_of < organisation.opened THEN false
      WHEN organisation.closed IS NULL AND EXISTS {
        MATCH (organisation)-[left:SUCCEEDED_BY]->() WHERE left.on <= as_of
      } THEN false
      WHEN organisation.opened <= as_of AND as_of < organisation.closed THEN true
      WHEN <organisation vouched for> THEN true
    END""",
    # What decides on the status that a service or a contract had on a day, and by which name it went.
    r"dated (\w+)": r""".status, .opened, .opened_precision, .closed, .closed_precision,
      earlier: <earlier states of \1>, words: <words of \1>""",
    r"earlier states of (\w+)": r"""COLLECT {
        MATCH (\1)-[was:WAS]->(state)
        RETURN state {.name, .kind, .status, .telephone, from: was.from, to: was.to}
      }""",
    r"words of (\w+)": r"""COLLECT {
        MATCH (\1)-[word:STATED_BY]->() RETURN word {.on, .fields}
      }""",
    r"needs of (\w+)": r"""COLLECT {
        MATCH (\1)-[:MEETS|FOR_NEED]->(need:Need)
        RETURN need {.code, .name} ORDER BY need.code LIMIT 250
      }""",
    r"citations of (\w+)": r"""COLLECT {
        MATCH (\1)-[stated:STATED_BY]->(source:Source)
        RETURN DISTINCT source {.publisher, .title, .url, locator: stated.locator}
        LIMIT 50
      }""",
    r"active service": "<service runs from opened to closed>",
    # True, false or null: as `<status of …>` of cards.py has it, with one look at the neighbours. Neo4j plans that
    # in an eighth of the time.
    r"(\w+) runs from (\w+) to (\w+)": r"""[links IN [COLLECT {
        MATCH (\1)-[link:STATED_BY|WAS]->(other)
        RETURN [type(link), link.on, link.from, link.to, other.status]
      }] | [words IN [[link IN links WHERE link[0] = 'STATED_BY' | link[1]]] |
      [then IN [coalesce(head([link IN links
        WHERE link[0] = 'WAS' AND coalesce(link[2] <= as_of, true) AND as_of < link[3]
        | link[4]]), \1.status)] |
      [spoken_of IN [none(word IN words WHERE word IS NOT NULL) OR coalesce(
        any(word IN words WHERE word < date.truncate('month', as_of) + duration('P1M')),
        false)] | CASE
      WHEN as_of >= <after \1.\3> THEN false
      WHEN as_of >= \1.\3 THEN null
      WHEN NOT \1.status IN <running> THEN CASE then WHEN 'UNKNOWN' THEN null
        ELSE then IN <running> END
      WHEN as_of < \1.\2 THEN spoken_of AND then <> \1.status AND then IN <running>
      WHEN as_of < <after \1.\2> - duration('P1D')
        THEN CASE WHEN then = \1.status THEN null ELSE then IN <running> END
      WHEN \1.\2 IS NULL AND NOT spoken_of THEN null
      WHEN \1.\3 IS NULL AND size(words) > 0
        AND none(word IN words WHERE word IS NULL OR as_of <= word + duration('P3Y'))
        THEN null
      ELSE then IN <running>
    END][0]][0]][0]][0]""",
    r"running": "['ACTIVE', 'LIVE', 'VARIED']",
    # Open places only: a service that is surely running stands there.
    r"location is active": r"""EXISTS {
      MATCH (service:Service)-[:DELIVERED_AT]->(location)
      WHERE <active service>
    }""",
    # Who provides a service on the day, as everything else in the directory tells it.
    r"provider of service": r"""CALL (as_of, service) {
      MATCH (organisation:Organisation)-[provides:PROVIDES]->(service)
      WHERE coalesce(as_of < provides.to, true)
      RETURN organisation
      ORDER BY coalesce(provides.from <= as_of, true) DESC, provides.from,
        organisation.slug LIMIT 1
    }""",
    # Who holds a contract, or provides a service that is commissioned without one; null: not known.
    r"holders of (\w+)": r"""CALL (as_of, \1) {
        WITH as_of, \1 AS held
        CALL (as_of, held) {
          MATCH (one:Organisation)-[:HOLDS]->(held) RETURN one
        UNION
          MATCH (one:Organisation)-[provides:PROVIDES]->(held)
          WHERE coalesce(as_of < provides.to, true) RETURN one
        }
        RETURN collect(one) AS holders
      }
      UNWIND CASE holders WHEN [] THEN [null] ELSE holders END AS holder""",
    r"active affiliation": """CASE
      WHEN subject:Service THEN CASE
        WHEN commissions.to <= as_of OR as_of < commissions.from THEN false
        WHEN coalesce(commissions.from <= as_of, true)
          AND commissions.on <= as_of AND as_of <= commissions.on + duration('P3Y') THEN true
      END
      ELSE <subject runs from start to end>
    END""",
    # FHIR's comparison of days: `value` is the half-open period [low, high) that was given, and
    # `since` to `before` that which is compared, null where it has no bound.
    r"period fits": r"""CASE value.prefix
      WHEN 'eq' THEN value.low <= since AND before <= value.high
      WHEN 'ne' THEN NOT coalesce(value.low <= since AND before <= value.high, false)
      WHEN 'gt' THEN before IS NULL OR before > value.high
      WHEN 'lt' THEN since IS NULL OR since < value.low
      WHEN 'ge' THEN before IS NULL OR before > value.low
      WHEN 'le' THEN since IS NULL OR since < value.high
      WHEN 'sa' THEN since >= value.high
      WHEN 'eb' THEN before <= value.low
      ELSE (since IS NULL OR since < value.high) AND (before IS NULL OR before > value.low)
    END""",
    r"moment fits": r"""CASE value.prefix
      WHEN 'eq' THEN value.low <= moment AND moment < value.high
      WHEN 'ne' THEN moment < value.low OR moment >= value.high
      WHEN 'gt' THEN moment >= value.high
      WHEN 'lt' THEN moment < value.low
      WHEN 'ge' THEN moment >= value.low
      WHEN 'le' THEN moment < value.high
      WHEN 'sa' THEN moment >= value.high
      WHEN 'eb' THEN moment < value.low
      ELSE value.low <= moment AND moment < value.high
    END""",
    # FHIR's comparison of strings: it begins with what was given, in any case and whatever its accents, unless said
    # otherwise.
    r"(\w+) fits": r"""CASE value.how
      WHEN 'exact' THEN \1 = value.text
      WHEN 'contains' THEN <plain \1> CONTAINS value.text
      ELSE <plain \1> STARTS WITH value.text
    END""",
    # As `plain` below has it. Few names have an accent: only these are longer with it apart.
    r"plain (\w+)": r"""[apart IN [normalize(toLower(\1), NFD)] | CASE size(apart)
        WHEN size(\1) THEN apart
        ELSE reduce(kept = apart, accent IN <accents> | replace(kept, accent, ''))
      END][0]""",
    r"accents": f"[{', '.join(f'{each!a}' for each in ACCENTS)}]",
    r"(\w+) updated then": r"""any(value IN <given> WHERE any(moment IN [<updated of \1>]
      WHERE <moment fits>))""",
}
BY_ID = "any(value IN <given> WHERE <id of {0}> = value.id)"


def texts(*names: str) -> str:
    """A filter of texts, any of which may fit."""
    listed = " + ".join(names)
    return (
        f"any(value IN <given> WHERE any(text IN {listed} WHERE text IS NOT NULL "
        "AND <text fits>))"
    )


TOKEN = re.compile(r"<(\w[\w. ]*\w)>")


def expanded(question: str) -> str:
    """Put these projections into a question; tokens of others stay."""
    aside: list[str] = []
    while token := TOKEN.search(question):
        found = part(token[1])
        if found is None:
            found = f"\0{len(aside)}\0"
            aside.append(token[0])
        question = question[: token.start()] + found + question[token.end() :]
    for position, token in enumerate(aside):
        question = question.replace(f"\0{position}\0", token)
    return question


def with_parts(question: str) -> LiteralString:
    """Put in these projections and those of graph_model/cards.py, which every question shares."""
    return compose(cast(LiteralString, expanded(question)))


def part(token: str) -> str | None:
    """The projection that a token stands for, None where it is none of these."""
    for pattern, cypher in PARTS.items():
        if match := re.fullmatch(pattern, token):
            return match.expand(cypher) if match.groups() else cypher
    return None


def plain(text: str) -> str:
    """A text in small letters without accents, as `<plain x>` of a node's."""
    apart = normalize("NFD", text.lower())
    return "".join(each for each in apart if each not in ACCENTS)


def id_of_slug(slug: str) -> str:
    """What `<id of x>` gives for a node with this slug."""
    if len(slug) <= ID_LENGTH:
        return slug
    return f"{slug[:HEAD]}.{slug[-TAIL:]}"
