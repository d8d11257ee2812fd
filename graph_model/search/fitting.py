"""Filters of services by whom they are for, when, where and by words, as Open Referral has them."""

from typing import Any

from graph_model.matching.hours import WEEKDAYS

# Years as api/open_referral/services.py shows them: whole ones where the bound is within a day of such.
LEAST_AGE = """any(days IN [coalesce(
          service.min_age_days, CASE service.ages WHEN 'ALL' THEN 0 END)]
        WHERE any(value IN <given> WHERE value <= CASE
          WHEN abs(round(days / 365.25) * 365.25 - days) < 1 THEN round(days / 365.25)
          ELSE days / 365.25 END))"""
# Who may come until the day before a birthday is at most a year younger than that.
MOST_AGE = """any(days IN [service.max_age_days + 1]
        WHERE any(value IN <given> WHERE value >= CASE
          WHEN abs(round(days / 365.25) * 365.25 - days) < 1 THEN round(days / 365.25) - 1
          ELSE (days - 1) / 365.25 END))"""

# A session of a day of the week that begins and ends within bounds: the same as graph_model/matching/week.py.
# A line may hold on the day (`since`, `before`), goes before another that began earlier, and counts where
# a source vouches for it.
HOURS = """any(lines IN [[line IN coalesce(service.opening, []) | {
          day: split(line, ' ')[0],
          sessions: split(substring(split(split(line, ' from ')[0], ' to ')[0],
            size(split(line, ' ')[0]) + 1), ', '),
          since: CASE WHEN line CONTAINS ' from '
            THEN date(left(split(line, ' from ')[1], 10)) END,
          before: CASE WHEN line ENDS WITH ' to OPEN' THEN date('9999-12-31')
            WHEN line CONTAINS ' to ' THEN date(split(line, ' to ')[1]) END
        }]]
        WHERE any(held IN [[line IN lines
            WHERE coalesce(line.since <= as_of, true) AND coalesce(as_of < line.before, true)]]
          WHERE any(words IN [COLLECT {
              MATCH (service)-[word:STATED_BY]->()
              WHERE word.on IS NOT NULL AND 'opening' IN coalesce(word.fields, ['opening'])
              RETURN word.on
            }]
            WHERE any(value IN <given> WHERE any(line IN held
              WHERE line.day IN value.days
                AND none(other IN held WHERE other.day IN value.days AND (
                  coalesce(other.since, date('0001-01-01'))
                    > coalesce(line.since, date('0001-01-01'))
                  OR other.day = 'OPEN_ALL_HOURS' AND line.day <> 'OPEN_ALL_HOURS'
                    AND coalesce(other.since, date('0001-01-01'))
                      = coalesce(line.since, date('0001-01-01'))))
                AND (line.since IS NOT NULL OR any(word IN words WHERE word <= as_of))
                AND (line.before IS NOT NULL
                  OR any(word IN words WHERE as_of <= word + duration('P3Y')))
                AND any(session IN CASE line.day
                    WHEN 'OPEN_ALL_HOURS' THEN ['00:00-23:59']
                    ELSE [each IN line.sessions | replace(each, '00:00-00:00', '00:00-23:59')]
                  END
                  WHERE session <> 'CLOSED' AND left(session, 5) >= value.opens
                    AND (value.closes IS NULL OR left(session, 5) < right(session, 5)
                      AND right(session, 5) <= value.closes)))))))"""

FITTING: dict[str, str] = {
    "least_age": LEAST_AGE,
    "most_age": MOST_AGE,
    "hours": HOURS,
    "located": "EXISTS { (service)-[:DELIVERED_AT]->(:Location) } IN <given>",
    # For whom no source says where it is for anybody, and whoever reads it is shown no area.
    "serves": """NOT EXISTS { (service)-[:SERVES]->(:Area) } OR EXISTS {
          MATCH (service)-[serves:SERVES]->(area:Area)
          WHERE area.code IN <given> AND serves.rule <> 'UNKNOWN'
        }""",
    "words": """any(text IN [toLower(reduce(text = <service.name then>, name IN COLLECT {
          MATCH (service)-[:OF_TYPE|MEETS]->(term:ServiceType|Need) RETURN term.name
        } | text + ' ' + name))]
        WHERE any(value IN <given> WHERE all(word IN value WHERE text CONTAINS word)))""",
    "has_need": "EXISTS { (service)-[:MEETS]->(:Need) } IN <given>",
    "has_type": "EXISTS { (service)-[:OF_TYPE]->(:ServiceType) } IN <given>",
}


def hours_on(weekday: int, opens: str, closes: str | None) -> dict[str, Any]:
    """A value of `hours`: sessions of this day (1 for Monday) from `opens` on and until `closes`, each as 18:30."""
    day = WEEKDAYS[weekday - 1]
    spans = [
        f"{first}-{last}"
        for start, first in enumerate(WEEKDAYS, 1)
        for end, last in enumerate(WEEKDAYS, 1)
        if start <= weekday <= end and start < end
    ]
    days = ["OPEN_ALL_HOURS", day, f"{day}-{day}", *spans]
    return {"days": days, "opens": opens, "closes": closes}
