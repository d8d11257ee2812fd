"""The sample's pathways: who adopted them, for which needs, their steps and what each calls for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bench.national.care import a_month, state
from bench.national.chance import Chance
from bench.national.eligibility import ADULT, CHILD, REFERRERS
from bench.national.files import Files
from bench.national.sample import PATHWAYS
from bench.national.words import Words
from seed.graph import Node

STAGES = ("Contact", "Assessment", "Treatment", "Follow-up")
WITHIN_MINUTES = (10, 30, 60, 120, 240, 480, 1440)
LEAST_STEPS, STEPS_ABOVE = 9, 7


def write_pathways(
    files: Files, words: Words, commissioners: Mapping[str, str], chance: Chance
) -> None:
    """Pathways of about twelve steps, each adopted by some commissioners."""
    organisations = sorted(set(commissioners.values()))
    needs = sorted(need.code for need in words.needs)
    for number in range(1, PATHWAYS + 1):
        slug = f"pathway-{number}"
        key = f"{slug}/1"
        node = Node("Pathway", key)
        values = {
            "slug": slug,
            "name": f"Pathway {number}",
            "version": 1,
            "status": "DRAFT" if chance.happens(0.05) else "PUBLISHED",
            "from": date(2014, 4, 1),
        }
        files.node("Pathway", key, values)
        state(files, node, a_month(chance))
        for need in chance.several(needs, 1 + chance.below(3)):
            files.link(node, "FOR_NEED", Node("Need", need))
        for organisation in chance.several(organisations, 1 + chance.below(8)):
            since = {"from": date(2014, 4, 1)}
            files.link(Node("Organisation", organisation), "ADOPTS", node, since)
        write_steps(files, node, words, chance)
        write_indicator(files, node)


def write_indicator(files: Files, pathway: Node) -> None:
    key = f"Pathway/{pathway.key}/Seen in time"
    values = {
        "key": key,
        "name": "Seen in time",
        "measure": "Share of people who reach each step in time",
        "target": "95 %",
    }
    files.node("Indicator", key, values)
    files.link(pathway, "MEASURED_BY", Node("Indicator", key))


def write_steps(files: Files, pathway: Node, words: Words, chance: Chance) -> None:
    """Steps one after the other, some with a way past the next."""
    count = LEAST_STEPS + chance.below(STEPS_ABOVE)
    codes = [each.code for each in words.types]
    nodes = [Node("Step", f"{pathway.key}/step-{step}") for step in range(1, count + 1)]
    for position, node in enumerate(nodes, start=1):
        values = {
            "key": node.key,
            "slug": f"step-{position}",
            "name": f"Step {position}",
            "stage": STAGES[(position - 1) * len(STAGES) // count],
            "exit": position == count,
        }
        files.node("Step", node.key, values)
        files.link(pathway, "HAS_STEP", node, {"position": position})
        called_for = Node("ServiceType", chance.pick(codes))
        files.link(node, "CALLS_FOR", called_for)
        for way, later in enumerate(nodes[position : position + 2], start=1):
            if way == 1 or chance.happens(0.3):
                then = {
                    "position": way,
                    "condition": None if way == 1 else "Not needed",
                    "within_minutes": chance.pick(WITHIN_MINUTES),
                }
                files.link(node, "THEN", later, then)
        if chance.happens(0.4):
            write_criterion(files, node, chance)


def write_criterion(files: Files, step: Node, chance: Chance) -> None:
    """Who may enter a step: by age, or by who refers."""
    key = f"{step.key}/1"
    by_age = [
        {"text": "Adults", "kind": "AGE", "min_age_days": ADULT},
        {"text": "Children", "kind": "AGE", "max_age_days": CHILD},
    ]
    role = chance.pick(REFERRERS)
    by_referrer = {"text": "Referred", "kind": "REFERRER", "referrers": [role]}
    values = chance.pick([*by_age, by_referrer])
    files.node("EntryCriterion", key, {"key": key, **values})
    entered = {"position": 1}
    files.link(step, "ENTERED_IF", Node("EntryCriterion", key), entered)
