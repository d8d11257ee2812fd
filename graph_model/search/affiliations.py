"""Who commissions what from whom: one affiliation for each commissioner, contract and holder."""

from graph_model.search.noun import Include, Noun
from graph_model.search.standing import affiliation_on

COMMISSIONED = """(commissioner:Organisation)-[commissions:COMMISSIONS]->(subject)
        <holders of subject>"""

AFFILIATION_KEY = (
    "(subject.slug + ' ' + commissioner.slug + ' ' + coalesce(holder.slug, ''))"
)

AFFILIATION = Noun(
    name="affiliation",
    variables=("subject", "commissions", "commissioner", "holder"),
    match="""MATCH (subject:Contract|Service)
        WHERE subject.slug >= split($asked.after, ' ')[0]
        MATCH """
    + COMMISSIONED,
    key=AFFILIATION_KEY,
    keyed="""WITH as_of, directory, key, split(key, ' ') AS slugs
        MATCH (subject:Contract|Service WHERE subject.slug = slugs[0])
        MATCH (commissioner:Organisation {slug: slugs[1]})
        MATCH (commissioner)-[commissions:COMMISSIONS]->(subject)
        OPTIONAL MATCH (holder:Organisation {slug: slugs[2]})""",
    row="""{
      id: <id of affiliation>, updated: <updated of subject>,
      commissioner: {id: <id of commissioner>, name: <commissioner.name then>},
      holder: CASE WHEN holder IS NOT NULL
        THEN {id: <id of holder>, name: <holder.name then>} END,
      lead: commissions.lead,
      contract: CASE WHEN subject:Contract THEN subject {
        .slug, .title, .status, .start, .end, .start_precision, .end_precision,
        earlier: <earlier states of subject>, words: <words of subject>
      } END,
      commissioned: {from: commissions.from, to: commissions.to, on: commissions.on},
      services: COLLECT {
        MATCH (subject)-[:PROCURES*0..1]->(service:Service)
        RETURN {id: <id of service>, name: <service.name then>}
        ORDER BY service.slug LIMIT 250
      }
    }""",
    on_the_day=affiliation_on,
    entries={
        "id": """UNWIND <given> AS value
        MATCH (subject:Contract|Service) WHERE subject.slug STARTS WITH value.head
        MATCH """
        + COMMISSIONED,
        "commissioner": """UNWIND <given> AS value
        MATCH (commissioner:Organisation) WHERE commissioner.slug STARTS WITH value.head
        MATCH (commissioner)-[commissions:COMMISSIONS]->(subject:Contract|Service)
        <holders of subject>""",
        "commissioner_ods_code": """MATCH (commissioner:Organisation)
        WHERE commissioner.ods_code IN <given>
        MATCH (commissioner)-[commissions:COMMISSIONS]->(subject:Contract|Service)
        <holders of subject>""",
    },
    filters={
        "id": "any(value IN <given> WHERE <id of affiliation> = value.id)",
        "updated": "<subject updated then>",
        "active": "<active affiliation> IN <given>",
        "identifier": """subject:Contract AND subject.slug IN <given>""",
        "commissioner": "any(value IN <given> WHERE <id of commissioner> = value.id)",
        "commissioner_ods_code": "commissioner.ods_code IN <given>",
        "holder": "any(value IN <given> WHERE <id of holder> = value.id)",
        "holder_ods_code": "holder.ods_code IN <given>",
        "service": """EXISTS {
          MATCH (subject)-[:PROCURES*0..1]->(service:Service)
          WHERE any(value IN <given> WHERE <id of service> = value.id)
        }""",
        "date": """any(value IN <given> WHERE any(period IN [{
          since: CASE WHEN subject:Contract THEN subject.start ELSE commissions.from END,
          before: CASE WHEN subject:Contract THEN <after subject.end>
            ELSE commissions.to END
        }] WHERE any(since IN [period.since] WHERE any(before IN [period.before]
          WHERE <period fits>))))""",
        "lead": "coalesce(commissions.lead, false) IN <given>",
        "nothing": "false",
    },
    includes={
        "OrganizationAffiliation:primary-organization": Include(
            "organisation", "WITH *, commissioner AS organisation"
        ),
        "OrganizationAffiliation:participating-organization": Include(
            "organisation",
            "WITH *, holder AS organisation WHERE organisation IS NOT NULL",
        ),
        "OrganizationAffiliation:service": Include(
            "service", "MATCH (subject)-[:PROCURES*0..1]->(service:Service)"
        ),
    },
    head=22,
)
