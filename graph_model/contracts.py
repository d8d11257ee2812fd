"""Questions about contracts and the alliances that bind them."""

from datetime import date

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.database import read_in_order
from graph_model.errors import BadUserInput
from graph_model.paging import Page, page_question, read_page, read_pages
from graph_model.rows import AllianceRow, ContractRow, LineageRow

CONTRACTS_BY_SLUGS = compose("""
<as of>
UNWIND range(0, size($asked.keys) - 1) AS position
MATCH (contract:Contract {slug: $asked.keys[position]})
RETURN [position, <full contract>] AS row
""")


async def contracts_by_slugs(
    driver: AsyncDriver, slugs: list[str], as_of: date | None
) -> list[ContractRow | None]:
    """The contracts with these slugs, in the order asked, None for each that is not there."""
    return await read_in_order(driver, CONTRACTS_BY_SLUGS, slugs, as_of=as_of)


CONTRACTS_PAGE = compose("""
<as of>
CALL (as_of) {
  MATCH (contract:Contract)
  WHERE <contract spoken of> OR contract.start <= as_of
  WITH as_of, contract, contract {<contract values>} AS values
  WHERE ($asked.status IS NULL OR values.status = $asked.status)
    AND ($asked.commissioner IS NULL OR EXISTS {
      MATCH (commissioner:Organisation)-[:COMMISSIONS]->(contract)
      WHERE $asked.commissioner IN [commissioner.slug, commissioner.ods_code]
    })
    AND ($asked.provider IS NULL OR EXISTS {
      MATCH (provider:Organisation)-[:HOLDS]->(contract)
      WHERE $asked.provider IN [provider.slug, provider.ods_code]
    })
    AND ($asked.service IS NULL OR EXISTS {
      (contract)-[:PROCURES]->(:Service {slug: $asked.service})
    })
    AND ($asked.ending_from IS NULL
      OR (contract.end >= $asked.ending_from OR <after contract.end> > $asked.ending_from)
        AND contract.end < date('9999-12-31'))
    AND ($asked.ending_before IS NULL OR contract.end < $asked.ending_before)
  RETURN contract
}
WITH as_of, contract ORDER BY contract.slug
WITH as_of, collect(contract) AS contracts
RETURN <page of contracts> AS row
""")


async def contracts_page(
    driver: AsyncDriver,
    *,
    commissioner: str | None = None,
    provider: str | None = None,
    service: str | None = None,
    status: str | None = None,
    ending_from: date | None = None,
    ending_before: date | None = None,
    as_of: date | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[ContractRow]:
    """Contracts by slug, ended ones too, each with its status on the day.

    `commissioner` and `provider` are slugs or ODS codes, `service` a slug. With `ending_from` or
    `ending_before`, those of which the end may lie in `[ending_from, ending_before)`: a month may be any day of it,
    and an end that no source states is none. Raises BadUserInput where no day lies between the two.
    """
    if ending_from and ending_before and ending_from >= ending_before:
        raise BadUserInput(
            f"No day lies from {ending_from} to before {ending_before}. Give an endingBefore that "
            "is later than endingFrom."
        )
    filters = [
        commissioner,
        provider,
        service,
        status,
        as_of,
        ending_from,
        ending_before,
    ]
    page = page_question("contracts", filters, first, after)
    return await read_page(
        driver,
        CONTRACTS_PAGE,
        page,
        commissioner=commissioner,
        provider=provider,
        service=service,
        status=status,
        ending_from=ending_from,
        ending_before=ending_before,
        as_of=as_of,
    )


# Each commissioner of a contract, walked through every merger, renaming and split to the day.
HEIRS_OF_CONTRACTS = compose("""
<as of>
UNWIND range(0, size($asked.keys) - 1) AS position
OPTIONAL MATCH (asked:Contract {slug: $asked.keys[position]})
WITH as_of, position, COLLECT {
  MATCH (first:Organisation)-[:COMMISSIONS]->(asked)
  MATCH way = (first)-[:SUCCEEDED_BY*0..8]->(organisation:Organisation)
  WHERE <way led to the day>
  WITH as_of, way, first, organisation ORDER BY first.slug, organisation.slug
  RETURN <lineage of way>
} AS row
RETURN [position, row] AS row
""")


async def heirs_of_contracts(
    driver: AsyncDriver, slugs: list[str], as_of: date | None
) -> list[list[LineageRow]]:
    """To whom each of these contracts has passed by the day, from each of its commissioners."""
    return await read_in_order(driver, HEIRS_OF_CONTRACTS, slugs, as_of=as_of)


CONTRACTS_COMMISSIONED_BY = compose("""
<as of>
UNWIND range(0, size($asked.keys) - 1) AS position
OPTIONAL MATCH (asked:Organisation {slug: $asked.keys[position]})
WITH as_of, position, COLLECT {
  MATCH (asked)-[:COMMISSIONS]->(contract:Contract)
  RETURN contract ORDER BY contract.slug
} AS contracts
RETURN [position, <page of contracts>] AS row
""")


async def contracts_commissioned_by(
    driver: AsyncDriver,
    slugs: list[str],
    as_of: date | None,
    first: int | None,
    after: str | None,
) -> list[Page[ContractRow]]:
    """A page of the contracts of each of these commissioners, in the order asked."""
    page = page_question("organisation.commissions", [as_of], first, after)
    return await read_pages(driver, CONTRACTS_COMMISSIONED_BY, slugs, page, as_of=as_of)


CONTRACTS_HELD_BY = compose("""
<as of>
UNWIND range(0, size($asked.keys) - 1) AS position
OPTIONAL MATCH (asked:Organisation {slug: $asked.keys[position]})
WITH as_of, position, COLLECT {
  MATCH (asked)-[:HOLDS]->(contract:Contract)
  RETURN contract ORDER BY contract.slug
} AS contracts
RETURN [position, <page of contracts>] AS row
""")


async def contracts_held_by(
    driver: AsyncDriver,
    slugs: list[str],
    as_of: date | None,
    first: int | None,
    after: str | None,
) -> list[Page[ContractRow]]:
    """A page of the contracts that each of these providers holds, in the order asked."""
    page = page_question("organisation.holds", [as_of], first, after)
    return await read_pages(driver, CONTRACTS_HELD_BY, slugs, page, as_of=as_of)


ALLIANCES_BY_SLUGS = compose("""
<as of>
UNWIND range(0, size($asked.keys) - 1) AS position
MATCH (alliance:Alliance {slug: $asked.keys[position]})
RETURN [position, <full alliance>] AS row
""")


async def alliances_by_slugs(
    driver: AsyncDriver, slugs: list[str], as_of: date | None
) -> list[AllianceRow | None]:
    """The alliances with these slugs, in the order asked, None for each that is not there."""
    return await read_in_order(driver, ALLIANCES_BY_SLUGS, slugs, as_of=as_of)


ALLIANCES_PAGE = compose("""
<as of>
WITH as_of, COLLECT {
  MATCH (alliance:Alliance) WHERE <alliance spoken of>
  RETURN alliance ORDER BY alliance.slug
} AS alliances
RETURN <page of alliances> AS row
""")


async def alliances_page(
    driver: AsyncDriver,
    *,
    as_of: date | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[AllianceRow]:
    """Alliances of providers, by slug, with their members on the day."""
    page = page_question("alliances", [as_of], first, after)
    return await read_page(driver, ALLIANCES_PAGE, page, as_of=as_of)
