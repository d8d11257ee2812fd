"""Whether people get on from the services on the way to an option."""

from collections.abc import Mapping

from graph_model.matching.area import judge_area
from graph_model.matching.case import Row, Setting
from graph_model.matching.criteria import judge_active, judge_opening
from graph_model.matching.verdicts import FAIL, PASS, all_of


class Gateways(dict[str, str]):
    """The verdict for each service by its slug, worked out when a route first asks for it.

    Most options of an answer lie behind the same few services.
    """

    def __init__(self, services: Mapping[str, Row], setting: Setting) -> None:
        super().__init__()
        self.services = services
        self.setting = setting

    def __missing__(self, slug: str) -> str:
        verdict = lets_through(self.services[slug], self.setting)
        self[slug] = verdict
        return verdict


def lets_through(gateway: Row, setting: Setting) -> str:
    """The verdict whether people get on from a service: it runs, is for this place, and is not closed.

    That its hours are not known is no doubt about the way: it would say the same of every way.
    """
    closed = judge_opening(gateway, setting)["verdict"] == FAIL
    return all_of(
        [
            judge_active(gateway, setting.as_of)["verdict"],
            judge_area(gateway, setting)["verdict"],
            FAIL if closed else PASS,
        ]
    )
