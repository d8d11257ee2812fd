"""Names of the types that refer to each other in circles, so that each can have its own file."""

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from api.graphql.types.contract import Alliance, Contract, ContractCommissioner
    from api.graphql.types.need import Need
    from api.graphql.types.organisation import Organisation
    from api.graphql.types.pathway import Pathway
    from api.graphql.types.programme import Programme
    from api.graphql.types.service import Service
    from api.graphql.types.site import ProgrammeSite
else:
    TYPES = "api.graphql.types"
    Alliance = Annotated["Alliance", strawberry.lazy(f"{TYPES}.contract")]
    Contract = Annotated["Contract", strawberry.lazy(f"{TYPES}.contract")]
    ContractCommissioner = Annotated[
        "ContractCommissioner", strawberry.lazy(f"{TYPES}.contract")
    ]
    Need = Annotated["Need", strawberry.lazy(f"{TYPES}.need")]
    Organisation = Annotated["Organisation", strawberry.lazy(f"{TYPES}.organisation")]
    Pathway = Annotated["Pathway", strawberry.lazy(f"{TYPES}.pathway")]
    Programme = Annotated["Programme", strawberry.lazy(f"{TYPES}.programme")]
    ProgrammeSite = Annotated["ProgrammeSite", strawberry.lazy(f"{TYPES}.site")]
    Service = Annotated["Service", strawberry.lazy(f"{TYPES}.service")]

__all__ = [
    "Alliance",
    "Contract",
    "ContractCommissioner",
    "Need",
    "Organisation",
    "Pathway",
    "Programme",
    "ProgrammeSite",
    "Service",
]
