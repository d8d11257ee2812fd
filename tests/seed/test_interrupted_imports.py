"""An import is there whole or not at all, and goes on where it was interrupted."""

import pytest
from small_files import CODE_POINT, Killed, generations, killed_after, place, silent

import seed.importers.areas
import seed.importers.generations
import seed.importers.postcodes
from seed.faults import ImportRefused
from seed.importers.areas import import_areas
from seed.importers.files import fingerprint_of
from seed.importers.generations import begun, switch, write_batch
from seed.importers.postcodes import CREATE_POSTCODES, import_postcodes

pytestmark = pytest.mark.anyio


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write two postcodes at a time, and switch without waiting."""
    monkeypatch.setattr(seed.importers.postcodes, "BATCH", 2)
    monkeypatch.setattr(seed.importers.areas, "BATCH", 2)
    monkeypatch.setattr(seed.importers.generations, "GRACE_SECONDS", 0)


async def test_an_import_that_is_broken_off_goes_on_where_it_stopped(
    areas, code_point, small_batches
):
    path = code_point(*CODE_POINT.values())
    with pytest.raises(Killed):
        await import_postcodes(areas, path, killed_after(2))
    assert await generations(areas) == [["LOADING", 4]]
    assert (await place(areas, "CV9 1AA"))["resolved_by"] == "SECTOR"

    report = await import_postcodes(areas, path, silent)

    assert (report.written, report.resumed) == (5, 4)
    assert report.remarks == {"without coordinates: the sector stands for it": 1}
    assert await generations(areas) == [["CURRENT", 5]]


async def test_the_old_postcodes_answer_until_the_new_ones_are_whole_and_then_go(
    areas, code_point, small_batches
):
    old = await import_postcodes(areas, code_point(CODE_POINT["CV9 1AA"]), silent)
    moved = CODE_POINT["CV9 1AA"].replace("430900", "440900")
    rows = [moved, *list(CODE_POINT.values())[1:]]
    new = code_point(*rows, name="newer.zip")

    with pytest.raises(Killed):
        await import_postcodes(areas, new, killed_after(1))
    during = await place(areas, "CV9 1AA")
    not_yet = await place(areas, "CV9 1AB")
    await import_postcodes(areas, new, silent)
    after = await place(areas, "CV9 1AA")

    assert old.written == 1
    assert during["longitude"] == pytest.approx(-1.5454, abs=0.0001)
    assert not_yet["resolved_by"] == "SECTOR"
    assert after["longitude"] == pytest.approx(-1.3978, abs=0.0001)
    assert await generations(areas) == [["CURRENT", 5]]


async def test_another_file_begins_anew_and_clears_away_what_was_broken_off(
    areas, code_point, small_batches
):
    with pytest.raises(Killed):
        await import_postcodes(areas, code_point(*CODE_POINT.values()), killed_after(1))

    report = await import_postcodes(
        areas, code_point(CODE_POINT["TR21 0AB"], name="another.zip"), silent
    )

    assert (report.written, report.resumed) == (1, 0)
    assert await generations(areas) == [["CURRENT", 1]]


async def test_of_two_imports_at_once_the_later_goes_on_and_the_earlier_is_refused(
    areas, code_point, small_batches
):
    path = code_point(*CODE_POINT.values())
    with pytest.raises(Killed):
        await import_postcodes(areas, path, killed_after(1))
    earlier = await begun(areas, "POSTCODES", fingerprint_of(path), [], None)
    with pytest.raises(Killed):
        await import_postcodes(areas, path, killed_after(1))
    row = ["CV9 1ZY", -1.5, 52.5, None, None, None, None, None]

    with pytest.raises(ImportRefused, match="Another import"):
        await write_batch(areas, CREATE_POSTCODES, earlier, 7, [row], [])
    with pytest.raises(ImportRefused, match="Another import"):
        await switch(areas, earlier)
    assert await generations(areas) == [["LOADING", 2]]

    await import_postcodes(areas, path, silent)
    with pytest.raises(ImportRefused, match="Another import"):
        await switch(areas, earlier)
    assert await generations(areas) == [["CURRENT", 5]]


async def test_areas_go_on_after_the_last_postcode_that_was_told_its_own(
    areas, code_point, tmp_path, small_batches
):
    await import_postcodes(areas, code_point(*CODE_POINT.values()), silent)
    lookup = tmp_path / "lookup.csv"
    lookup.write_text("pcds,ccg\nCV9 1AA,05H\nCV9 1ZZ,05P\nTR21 0AB,05P\n")
    with pytest.raises(Killed):
        await import_areas(areas, lookup, killed_after(3))
    assert await generations(areas) == [["CURRENT", 5], ["LOADING", 4]]
    assert (await place(areas, "CV9 1AA"))["commissioner"] is None

    report = await import_areas(areas, lookup, silent)

    assert (report.written, report.resumed) == (5, 4)
    assert await generations(areas) == [["CURRENT", 5]]
    assert (await place(areas, "CV9 1AA"))["commissioner"]["slug"] == "north"
    assert (await place(areas, "TR21 0AB"))["commissioner"]["slug"] == "south"
