"""What is shown of each noun: Cypher map projections that the questions share.

A question is written with tokens such as `<service>`, and `compose` puts the projection in. Each projects the
variable of its own name (`service`, `contract`, …) as it was on the variable `as_of`. Only constants
are put together here: values travel as parameters, never in the text.
"""

import re
from typing import LiteralString, cast

PARTS = {
    # Most questions begin with the day that they are for: the one asked for, or else the
    # directory's own, or else, in a live directory, today in England.
    r"as of": r"""OPTIONAL MATCH (directory:Directory)
WITH directory,
     coalesce($asked.as_of, directory.as_of, date({timezone: 'Europe/London'})) AS as_of""",
    # What a reader must know before anything else (graph_model/directory.py).
    r"about the directory": """head(COLLECT {
      MATCH (about:Directory)
      RETURN about {.as_of, historical: coalesce(about.historical, false)}
    })""",
    # One page of the nodes in a list that is in order of `slug`: one row more than `first`
    # tells whether another page follows.
    r"page of (\w+)s": r"""{
  total: size(\1s),
  rows: COLLECT {
    UNWIND \1s AS \1
    WITH as_of, \1
    WHERE $asked.after IS NULL OR \1.slug > $asked.after
    LIMIT $asked.first + 1
    RETURN <full \1>
  }
}""",
    # A value as it was on the day: an earlier state's, or else the node's own.
    r"(\w+)\.(\w+) then": r"""coalesce(
    [(\1)-[was:WAS]->(state)
      WHERE coalesce(was.from <= as_of, true) AND as_of < was.to | state.\2][0],
    \1.\2)""",
    # True unless the relationship is known not to hold on the day.
    r"(\w+) in force": r"""(coalesce(\1.from <= as_of, true)
    AND coalesce(as_of < \1.to, true))""",
    r"sources of (\w+)": r"""COLLECT {
    MATCH (\1)-[stated:STATED_BY]->(source:Source)
    RETURN source {
      .slug, .title, .publisher, .url, .published, .retrieved,
      locator: stated.locator, certainty: stated.certainty,
      derived_from: stated.derived_from, fields: stated.fields, on: stated.on
    } ORDER BY source.slug, coalesce(stated.locator, ''), stated.certainty,
      coalesce(stated.derived_from, ''), coalesce(head(stated.fields), '') LIMIT 50
  }""",
    # A relationship carries its citation in properties of its own; null where it has none.
    r"source of (\w+)": r"""head(COLLECT {
    MATCH (source:Source {slug: \1.source})
    RETURN source {
      .slug, .title, .publisher, .url, .published, .retrieved,
      locator: \1.locator, certainty: coalesce(\1.certainty, 'STATED'),
      derived_from: \1.derived_from, fields: null, on: \1.on
    }
  })""",
    r"need": """need {
    .code, .name, .synonyms, emergency: coalesce(need.emergency, false)
  }""",
    r"full need": """need {
    .code, .name, .synonyms, emergency: coalesce(need.emergency, false),
    broader: head(COLLECT {
      MATCH (need)-[:NARROWER_THAN]->(broader:Need)
      RETURN broader {
        .code, .name, .synonyms, emergency: coalesce(broader.emergency, false)
      } ORDER BY broader.code
    }),
    narrower: COLLECT {
      MATCH (need)<-[:NARROWER_THAN]-(narrower:Need)
      RETURN narrower {
        .code, .name, .synonyms, emergency: coalesce(narrower.emergency, false)
      } ORDER BY narrower.code LIMIT 250
    }
  }""",
    r"service_type": "service_type {.code, .name, .rank}",
    # How a commissioner ranks the types of service for its people (the DoS's own ranking).
    r"ranks of (\w+)": r"""COLLECT {
    MATCH (\1)-[gives:RANKS]->(kind_of:ServiceType)
    RETURN [kind_of.code, gives.rank]
  }""",
    r"location": """location {
    .slug, .name, .postcode, address: coalesce(location.address, []),
    latitude: location.point.latitude, longitude: location.point.longitude
  }""",
    r"sourced indicator": """indicator {
        .name, .measure, .target, sources: <sources of indicator>
      }""",
    r"care_model": """care_model {
    .slug, .name, .abbreviation, aims: coalesce(care_model.aims, [])
  }""",
    r"area": "area {.code, .name, .kind}",
    r"alliance": "alliance {.slug, .name}",
    r"pathway": """pathway {
    .slug, .name, .version, .status,
    effective_from: pathway.from, effective_to: pathway.to
  }""",
    r"organisation": "<organisation as organisation>",
    # Inside a subquery a variable cannot be used twice: a neighbour gets a name of its own.
    r"organisation as (\w+)": r"""\1 {<\1 values of an organisation>}""",
    r"(\w+) values of an organisation": r""".slug, .ods_code, .opened, .closed,
    aliases: coalesce(\1.aliases, []),
    name: <\1.name then>,
    kind: <\1.kind then>""",
    # Whether an organisation was no longer there on the day: closed, or, where no source says when
    # it closed, succeeded.
    r"(\w+) gone": r"""coalesce(\1.closed <= as_of, EXISTS {
      MATCH (\1)-[left:SUCCEEDED_BY]->() WHERE left.on <= as_of
    })""",
    # Whether a way of SUCCEEDED_BY is one that was walked by the day: everybody on it is gone
    # but the last. One that split off from who went on took nothing of what it had left behind.
    r"(\w+) led to the day": r"""(
      all(step IN relationships(\1) WHERE step.on <= as_of)
      AND all(former IN nodes(\1)[..-1] WHERE <former gone>)
      AND none(latest IN nodes(\1)[-1..] WHERE <latest gone>))""",
    # Whether it is known that everything went this way: nobody on it had another successor too.
    r"(\w+) is the only one": r"""all(former IN nodes(\1)[..-1] WHERE COUNT {
      MATCH (former)-[left:SUCCEEDED_BY]->() WHERE left.on <= as_of
    } = 1)""",
    # A way of successions from `first` to `organisation`: its steps, and whether all went this way.
    r"lineage of (\w+)": r"""{
    first: <organisation as first>,
    organisation: <organisation>,
    certain: <\1 is the only one>,
    steps: COLLECT {
      UNWIND relationships(\1) AS step
      WITH as_of, step, startNode(step) AS former, endNode(step) AS heir
      RETURN {
        former: <organisation as former>, heir: <organisation as heir>,
        on: step.on, kind: step.kind, source: <citation of step>
      } ORDER BY step.on
    }
  }""",
    # Who states a succession: its `on` is the day of it, not the day of a source.
    r"citation of (\w+)": r"""head(COLLECT {
    MATCH (source:Source {slug: \1.source})
    RETURN source {
      .slug, .title, .publisher, .url, .published, .retrieved,
      locator: \1.locator, certainty: coalesce(\1.certainty, 'STATED'),
      derived_from: \1.derived_from, fields: null, on: null
    }
  })""",
    # The first day after a bound, for a day the day itself; and the days on which sources vouch.
    r"after (\w+)\.(\w+)": r"""CASE coalesce(\1.\2_precision, 'DAY')
      WHEN 'MONTH' THEN \1.\2 + duration('P1M')
      WHEN 'YEAR' THEN \1.\2 + duration('P1Y')
      ELSE \1.\2
    END""",
    r"words of (\w+)": r"""COLLECT {
      MATCH (\1)-[word:STATED_BY]->() RETURN word.on ORDER BY word.on
    }""",
    # Whether anybody spoke of it by the end of that month: before, it is not in the directory.
    # (Where no source has a date, nobody can tell.)
    r"(\w+) spoken of": r"""(EXISTS {
      MATCH (\1)-[word:STATED_BY]->()
      WHERE word.on < date.truncate('month', as_of) + duration('P1M')
    } OR NOT EXISTS {
      MATCH (\1)-[word:STATED_BY]->() WHERE word.on IS NOT NULL
    })""",
    # What a running service or a live contract was on the day, as graph_model/matching/periods.py
    # judges it: what has not begun is planned, unless an earlier state says more; inside
    # the month of a bound, before the first source and three years after the last it is unknown.
    r"status of (\w+) from (\w+) to (\w+) as (\w+)": r"""CASE
      WHEN as_of >= <after \1.\3> THEN '\4'
      WHEN as_of >= \1.\3 THEN 'UNKNOWN'
      WHEN NOT \1.status IN ['ACTIVE', 'LIVE', 'VARIED'] THEN <\1.status then>
      WHEN as_of < \1.\2 AND <\1 spoken of> THEN coalesce(
        [(\1)-[was:WAS]->(state)
          WHERE coalesce(was.from <= as_of, true) AND as_of < was.to | state.status][0],
        'PLANNED')
      WHEN as_of < \1.\2 THEN 'PLANNED'
      WHEN as_of < <after \1.\2> - duration('P1D')
        THEN CASE <\1.status then> WHEN \1.status THEN 'UNKNOWN'
          ELSE <\1.status then> END
      WHEN \1.\2 IS NULL AND NOT <\1 spoken of> THEN 'UNKNOWN'
      WHEN \1.\3 IS NULL AND as_of > last(<words of \1>) + duration('P3Y')
        THEN 'UNKNOWN'
      ELSE <\1.status then>
    END""",
    r"service values": """.slug, .ods_code, .reach, .clinician_telephone, .website,
    .ages, .min_age_days, .max_age_days, .sexes, .accepts, .gp_registration,
    .eligibility_notes, .how_to_refer, .last_verified,
    .opened, .opened_precision, .closed,
    .capacity, .capacity_updated_at, .capacity_resets_at,
    gp_practices: coalesce(service.gp_practices, []),
    opening: coalesce(service.opening, []),
    accepts_from: COLLECT {
      MATCH (service)-[:ACCEPTS_FROM]->(role:ReferrerRole)
      RETURN role.code ORDER BY role.code
    },
    identifiers: [i IN range(0, size(coalesce(service.identifier_values, [])) - 1) | {
      system: service.identifier_systems[i], value: service.identifier_values[i]
    }],
    name: <service.name then>,
    telephone: <service.telephone then>,
    status: <status of service from opened to closed as CLOSED>""",
    r"service": "service {<service values>}",
    r"service place and provider": """
    type: head(COLLECT {
      MATCH (service)-[:OF_TYPE]->(service_type:ServiceType) RETURN <service_type>
    }),
    location: head(COLLECT {
      MATCH (service)-[:DELIVERED_AT]->(location:Location) RETURN <location>
    }),
    provider: head(COLLECT {
      MATCH (organisation:Organisation)-[provides:PROVIDES]->(service)
      WHERE coalesce(as_of < provides.to, true)
      RETURN <organisation>
      ORDER BY coalesce(provides.from <= as_of, true) DESC, provides.from,
        organisation.slug
    })""",
    r"full service": """service {
    <service values>,
    <service place and provider>,
    needs: COLLECT {
      MATCH (service)-[:MEETS]->(need:Need) RETURN <need> ORDER BY need.code
    },
    serves: COLLECT {
      MATCH (service)-[serves:SERVES]->(area:Area)
      RETURN area {.code, .name, .kind, rule: serves.rule, source: <source of serves>}
      ORDER BY area.code LIMIT 250
    },
    commissioners: COLLECT {
      MATCH (organisation:Organisation)-[commissions:COMMISSIONS]->(service)
      RETURN {
        organisation: <organisation>,
        lead: coalesce(commissions.lead, false),
        source: <source of commissions>
      } ORDER BY organisation.slug
    },
    contracts: COLLECT {
      MATCH (contract:Contract)-[:PROCURES]->(service)
      WHERE coalesce(as_of < contract.end, true)
        OR coalesce(contract.end_precision, 'DAY') <> 'DAY'
      RETURN <contract with parties> ORDER BY contract.start DESC, contract.slug
    },
    pathways: COLLECT {
      MATCH (service)-[:OF_TYPE]->()<-[:CALLS_FOR]-()<-[:HAS_STEP]-(pathway:Pathway)
      WHERE pathway.status <> 'RETIRED' AND <pathway in force>
      RETURN DISTINCT <pathway> ORDER BY pathway.slug, pathway.version LIMIT 20
    },
    sources: <sources of service>
  }""",
    r"contract values": """.slug, .title, .area, .start, .end, .value_gbp,
    start_precision: CASE WHEN contract.start IS NOT NULL
      THEN coalesce(contract.start_precision, 'DAY') END,
    end_precision: CASE WHEN contract.end IS NOT NULL
      THEN coalesce(contract.end_precision, 'DAY') END,
    status: <status of contract from start to end as ENDED>""",
    r"contract": "contract {<contract values>}",
    r"contract parties": """
    commissioners: COLLECT {
      MATCH (organisation:Organisation)-[commissions:COMMISSIONS]->(contract)
      RETURN {
        organisation: <organisation>,
        lead: coalesce(commissions.lead, false),
        source: <source of commissions>
      } ORDER BY coalesce(commissions.lead, false) DESC, organisation.slug
    },
    providers: COLLECT {
      MATCH (organisation:Organisation)-[:HOLDS]->(contract)
      RETURN <organisation> ORDER BY organisation.slug
    },
    alliance: head(COLLECT {
      MATCH (contract)-[:BOUND_BY]->(bound_by:Alliance) RETURN bound_by {.slug, .name}
    }),
    sources: <sources of contract>""",
    r"contract with parties": "contract {<contract values>, <contract parties>}",
    r"full contract": """contract {
    <contract values>,
    <contract parties>,
    services: COLLECT {
      MATCH (contract)-[:PROCURES]->(service:Service)
      RETURN service {<service values>, <service place and provider>}
      ORDER BY service.slug LIMIT 250
    }
  }""",
    r"full alliance": """alliance {
    .slug, .name,
    members: COLLECT {
      MATCH (organisation:Organisation)-[member:MEMBER_OF]->(alliance)
      WHERE <member in force>
      RETURN <organisation> ORDER BY organisation.slug
    },
    contracts: COLLECT {
      MATCH (contract:Contract)-[:BOUND_BY]->(alliance)
      RETURN contract {
        <contract values>, <contract parties>,
        services: COLLECT {
          MATCH (contract)-[:PROCURES]->(service:Service)
          RETURN service {<service values>, <service place and provider>}
          ORDER BY service.slug LIMIT 250
        }
      } ORDER BY contract.slug LIMIT 250
    },
    sources: <sources of alliance>
  }""",
    r"site": """site {
    .slug, .name, .number, aliases: coalesce(site.aliases, []),
    programme: head(COLLECT {
      MATCH (site)<-[:HAS_SITE]-(parent:Programme) RETURN <programme as parent>
    }),
    care_model: head(COLLECT {
      MATCH (site)-[:FOLLOWS]->(care_model:CareModel) RETURN <care_model>
    }),
    organisations: COLLECT {
      MATCH (site)-[:INVOLVES]->(involved:Organisation)
      RETURN <organisation as involved> ORDER BY involved.slug
    },
    sources: <sources of site>
  }""",
    r"programme as (\w+)": r"""\1 {
    .slug, .name, .description, .funding_gbp, .population,
    aims: coalesce(\1.aims, []), serves: coalesce(\1.serves, [])
  }""",
    r"full programme": """programme {
    .slug, .name, .description, .funding_gbp, .population,
    aims: coalesce(programme.aims, []), serves: coalesce(programme.serves, []),
    care_models: COLLECT {
      MATCH (programme)-[:HAS_MODEL]->(care_model:CareModel)
      RETURN <care_model> ORDER BY care_model.slug
    },
    sites: COLLECT {
      MATCH (programme)-[:HAS_SITE]->(site:Site)
      RETURN <site> ORDER BY coalesce(site.number, 1000), site.slug LIMIT 250
    },
    milestones: COLLECT {
      MATCH (programme)-[reached:REACHED]->(milestone:Milestone)
      RETURN milestone {
        .slug, .name, .when,
        organisations: COLLECT {
          MATCH (milestone)-[:INVOLVES]->(organisation:Organisation)
          RETURN <organisation> ORDER BY organisation.slug
        },
        sources: <sources of milestone>
      } ORDER BY milestone.when, reached.position LIMIT 100
    },
    partners: COLLECT {
      MATCH (programme)-[involves:INVOLVES]->(organisation:Organisation)
      RETURN {
        organisation: <organisation>, role: involves.role,
        source: <source of involves>
      } ORDER BY involves.role, organisation.slug LIMIT 250
    },
    posts: COLLECT {
      MATCH (programme)-[:HAS_POST]->(post:Post)
      RETURN post {.title, organisation: head(COLLECT {
        MATCH (post)-[:AT]->(organisation:Organisation) RETURN <organisation>
      })} ORDER BY post.title
    },
    services: COLLECT {
      MATCH (programme)-[:COVERS]->(service:Service)
      RETURN service {<service values>, <service place and provider>}
      ORDER BY service.slug LIMIT 250
    },
    contracts: COLLECT {
      MATCH (programme)-[:COVERS]->(contract:Contract)
      RETURN <contract with parties> ORDER BY contract.slug LIMIT 250
    },
    alliances: COLLECT {
      MATCH (programme)-[:COVERS]->(alliance:Alliance)
      RETURN <alliance> ORDER BY alliance.slug
    },
    areas: COLLECT {
      MATCH (programme)-[:COVERS]->(area:Area) RETURN <area> ORDER BY area.code
    },
    indicators: COLLECT {
      MATCH (programme)-[:MEASURED_BY]->(indicator:Indicator)
      RETURN <sourced indicator> ORDER BY indicator.name
    },
    sources: <sources of programme>
  }""",
    # What a commissioner, by slug or ODS code in `adopter`, runs otherwise; null: nobody is asked for.
    r"localised pathway": """{
    pathway: <full pathway>,
    localised_for: head(COLLECT {
      MATCH (organisation:Organisation)-[adopts:ADOPTS]->(pathway)
      WHERE adopter IN [organisation.slug, organisation.ods_code] AND <adopts in force>
      RETURN <organisation>
    }),
    local_steps: COLLECT {
      MATCH (pathway)-[:HAS_STEP]->(instead:Step)<-[:INSTEAD_OF]-(step:LocalStep)
        <-[localises:LOCALISES]-(own:Organisation)
      WHERE adopter IN [own.slug, own.ods_code] AND <localises in force>
      RETURN step {
        .name, .exit, .replaces, slug: instead.slug, <parts of a step>
      } ORDER BY step.key
    }
  }""",
    r"parts of a step": """service_type: head(COLLECT {
          MATCH (step)-[:CALLS_FOR]->(service_type:ServiceType) RETURN <service_type>
        }),
        needs: COLLECT {
          MATCH (step)-[:FOR_NEED]->(need:Need) RETURN <need> ORDER BY need.code
        },
        entry_criteria: COLLECT {
          MATCH (step)-[entered:ENTERED_IF]->(criterion:EntryCriterion)
          RETURN criterion {
            .text, .kind, .min_age_days, .max_age_days,
            sexes: coalesce(criterion.sexes, []),
            referrers: coalesce(criterion.referrers, []),
            needs: COLLECT {
              MATCH (criterion)-[:FOR_NEED]->(need:Need)
              RETURN <need> ORDER BY need.code
            },
            areas: COLLECT {
              MATCH (criterion)-[:IN_AREA]->(area:Area)
              RETURN <area> ORDER BY area.code
            },
            registered_with: COLLECT {
              MATCH (criterion)-[:REGISTERED_WITH]->(organisation:Organisation)
              RETURN <organisation> ORDER BY organisation.slug
            }
          } ORDER BY entered.position
        },
        next: COLLECT {
          MATCH (step)-[then:THEN]->(following:Step)
          RETURN {
            to: following.slug, condition: then.condition, urgency: then.urgency,
            within_minutes: then.within_minutes, source: <source of then>
          } ORDER BY then.position, following.slug
        },
        sources: <sources of step>""",
    r"full pathway": """pathway {
    .slug, .name, .version, .status,
    effective_from: pathway.from, effective_to: pathway.to,
    needs: COLLECT {
      MATCH (pathway)-[:FOR_NEED]->(need:Need) RETURN <need> ORDER BY need.code
    },
    commissioners: COLLECT {
      MATCH (organisation:Organisation)-[adopts:ADOPTS]->(pathway)
      WHERE <adopts in force>
      RETURN <organisation> ORDER BY organisation.slug
    },
    owners: COLLECT {
      MATCH (organisation:Organisation)-[:OWNS]->(pathway)
      RETURN <organisation> ORDER BY organisation.slug
    },
    steps: COLLECT {
      MATCH (pathway)-[has_step:HAS_STEP]->(step:Step)
      RETURN step {.slug, .name, .stage, .exit, <parts of a step>}
      ORDER BY has_step.position
    },
    localised_for: null,
    directory: <about the directory>,
    indicators: COLLECT {
      MATCH (pathway)-[:MEASURED_BY]->(indicator:Indicator)
      RETURN <sourced indicator> ORDER BY indicator.name
    },
    sources: <sources of pathway>
  }""",
    r"full organisation": """organisation {
    <organisation values of an organisation>,
    successors: COLLECT {
      MATCH (organisation)-[:SUCCEEDED_BY]->(successor:Organisation)
      RETURN <organisation as successor> ORDER BY successor.opened, successor.slug
    },
    predecessors: COLLECT {
      MATCH (organisation)<-[:SUCCEEDED_BY]-(predecessor:Organisation)
      RETURN <organisation as predecessor>
      ORDER BY predecessor.opened, predecessor.slug
    },
    alliances: COLLECT {
      MATCH (organisation)-[member:MEMBER_OF]->(alliance:Alliance)
      WHERE <member in force>
      RETURN <alliance> ORDER BY alliance.slug
    },
    sites: COLLECT {
      MATCH (organisation)<-[:INVOLVES]-(site:Site)
      RETURN <site> ORDER BY site.number, site.slug
    },
    sources: <sources of organisation>
  }""",
}

TOKEN = re.compile(r"<(\w[\w. ]*\w)>")


INDENTATION = re.compile(r"\s*\n\s*")


def compose(question: LiteralString) -> LiteralString:
    """Put the shared projections into a question, in place of its `<tokens>`; without indentation.

    Neo4j keeps no plan of a question of more than 65,536 characters: it would plan the pathways' anew each time.
    Raises LookupError for a token that no part answers to.
    """
    text: str = question
    while token := TOKEN.search(text):
        text = text[: token.start()] + part(token[1]) + text[token.end() :]
    # Constants of this module and of its callers.
    return cast(LiteralString, INDENTATION.sub("\n", text))


def part(token: str) -> str:
    """The projection that a token stands for."""
    for pattern, cypher in PARTS.items():
        if match := re.fullmatch(pattern, token):
            return match.expand(cypher) if match.groups() else cypher
    raise LookupError(f"<{token}> is no part of a question; see PARTS in cards.py.")
