"""A town that is made up, for tests that write: two commissioners, a practice, and what meets one need."""

from neo4j import AsyncDriver

from graph_model.database import DATABASE
from graph_model.reach import refresh_reach

TOWN = """
CREATE (:Directory {key: 'directory', as_of: date('2016-11-30'), historical: true}),
  (country:Area {code: 'E92000001', name: 'England', kind: 'COUNTRY'}),
  (here:Area {code: 'E38000001', name: 'NHS Here CCG', kind: 'CCG',
    point: point({longitude: -1.26, latitude: 52.37})})
    -[:WITHIN {share: 1.0}]->(country),
  (there:Area {code: 'E38000002', name: 'NHS There CCG', kind: 'CCG',
    point: point({longitude: -1.50, latitude: 52.40})})
    -[:WITHIN {share: 1.0}]->(country),
  (:Area {code: 'CV21', name: 'CV21', kind: 'DISTRICT', postcodes: 1000,
    point: point({longitude: -1.26, latitude: 52.37})})
    -[:WITHIN {share: 1.0}]->(here),
  (ccg:Organisation {slug: 'nhs-here-ccg', name: 'NHS Here CCG', kind: 'CCG'})
    -[:RESPONSIBLE_FOR]->(here),
  (other:Organisation {slug: 'nhs-there-ccg', name: 'NHS There CCG', kind: 'CCG'})
    -[:RESPONSIBLE_FOR]->(there),
  (:Organisation {slug: 'a-practice', ods_code: 'M84001', name: 'A Practice',
    kind: 'GP_PRACTICE'})-[:COMMISSIONED_BY]->(other),
  (source:Source {slug: 'a-source', title: 'A source', publisher: 'A publisher'}),
  (sprain:Need {code: 'sprain', name: 'A sprain', synonyms: ['twisted ankle'],
    emergency: false}),
  (walk_in:ServiceType {code: '46', name: 'Urgent Care'}),
  (clinic:ServiceType {code: '8', name: 'Clinic'}),
  (visiting:ServiceType {code: '20', name: 'Visiting'})
WITH *
UNWIND [
  ['near-clinic', 'Near clinic', 'PLACE', clinic, -1.25, null, null],
  ['far-centre', 'Far centre', 'PLACE', walk_in, -1.00, null, null],
  ['visiting-nurses', 'Visiting nurses', 'AREA', visiting, null, here, 'LIMITED'],
  ['there-only', 'Clinic of elsewhere', 'PLACE', clinic, -1.30, there, 'LIMITED']
] AS row
CREATE (service:Service {
  slug: row[0], name: row[1], reach: row[2], status: 'ACTIVE', ages: 'ALL',
  sexes: ['FEMALE', 'MALE', 'INDETERMINATE'], accepts: 'ANYONE',
  opening: ['OPEN_ALL_HOURS']
})-[:MEETS]->(sprain)
CREATE (service)-[:STATED_BY {certainty: 'STATED', on: date('2016-10-31')}]->(source)
WITH *, row[3] AS type, coalesce(row[5], country) AS area
CREATE (service)-[:OF_TYPE]->(type)
CREATE (service)-[:SERVES {rule: coalesce(row[6], 'OPEN')}]->(area)
FOREACH (longitude IN CASE WHEN row[4] IS NULL THEN [] ELSE [row[4]] END |
  CREATE (service)-[:DELIVERED_AT]->(:Location {
    slug: row[0], point: point({longitude: longitude, latitude: 52.37})
  }))
"""


async def build_town(driver: AsyncDriver) -> None:
    """Write the town into an empty graph, as a loader would."""
    async with driver.session(database=DATABASE) as session:
        await (await session.run(TOWN)).consume()
        await session.execute_write(refresh_reach)
