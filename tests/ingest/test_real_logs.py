"""Every shared real log is imported with the counts that its README gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.actor.values import local
from core.workspace import Workspace
from ingest import import_log

# file: cases, rows, activity instances, activities, performers
COUNTS: dict[str, tuple[int, int, int, int, int]] = {
    "running_example/running-example.xes.gz": (6, 42, 42, 8, 6),
    "running_example/running-example.csv.gz": (6, 42, 42, 8, 6),
    "receipt_coselog/08_receipt.xes.gz": (1434, 8577, 8577, 27, 48),
    # 71,373 starts are paired, 3 starts never end, 26,306 rows only schedule (12 more are all there is of an activity)
    "bpic2012/BPI_Challenge_2012.xes.gz": (13087, 262200, 164518, 24, 68),
    "bpic2013_incidents/BPIC13_incidents.xes.gz": (7554, 65533, 65533, 4, 1440),
    "bpic2015_1/BPIC15_1.xes.gz": (1199, 52217, 52217, 398, 23),
    "bpic2017_w_start_end/BPIC_2017_W.csv.gz": (30276, 240854, 240854, 8, 148),
    "bpic2020_DomesticDeclarations_cleaned/DomesticDeclarations.xes.gz": (10357, 55628, 55628, 14, 2),
    "road_traffic_fines/road_fine.xes.gz": (150370, 561470, 561470, 11, 148),
    "production_manufacturing/Production.xes.gz": (225, 9906, 4953, 26, 48),
    "production_manufacturing/Production_start_end.csv.gz": (225, 4953, 4953, 26, 48),
    "consulta_data_mining/ConsultaDataMining201618.csv.gz": (954, 6870, 6870, 18, 561),
    "purchasing_example/PurchasingExample.csv.gz": (608, 9119, 9119, 21, 27),
    "interval_event_log/interval_event_log.xes.gz": (1266, 8109, 8109, 8, 0),
    "synthetic_procure_to_pay/Procure_to_Pay.csv.gz": (1000, 13290, 13290, 24, 21),
    "synthetic_insurance_claims/Insurance_Claims.csv.gz": (1000, 5443, 5443, 7, 130),
    "synthetic_loanapp_with_costs/LoanApp_simplified.csv.gz": (500, 3620, 3620, 10, 19),
}

SharedLog = Callable[[str], Path]


@pytest.mark.parametrize("name", COUNTS)
def test_a_real_log_has_its_published_counts(name: str, ws: Workspace, shared_log: SharedLog) -> None:
    done = import_log(ws, shared_log(name), missing_words=False, by=local("Ada"))
    assert (done.cases, done.event_rows, done.events, done.activities, done.performers) == COUNTS[name]
    assert done.quality["sample"]["expectations"]
    assert done.start < done.end


def test_no_shared_log_is_left_out(shared_log: SharedLog) -> None:
    folder = shared_log("README.md").parent
    files = {p.relative_to(folder).as_posix() for pattern in ("*/*.xes*", "*/*.csv*") for p in folder.glob(pattern)}
    assert files == set(COUNTS)


def test_it_is_known_who_did_it_where_the_log_says_so(ws: Workspace, shared_log: SharedLog) -> None:
    name = "bpic2020_DomesticDeclarations_cleaned/DomesticDeclarations.xes.gz"
    import_log(ws, shared_log(name), log="declarations", by=local("Ada"))
    with ws.logs.read(ws.logs.get("declarations")) as connection:
        kinds = dict(connection.execute("SELECT name, kind FROM performer").fetchall())
    assert kinds == {"STAFF MEMBER": "human", "SYSTEM": "system"}


def test_offsets_of_the_source_are_kept(ws: Workspace, shared_log: SharedLog) -> None:
    import_log(ws, shared_log("receipt_coselog/08_receipt.xes.gz"), log="receipt", by=local("Ada"))
    with ws.logs.read(ws.logs.get("receipt")) as connection:
        offsets = connection.execute("SELECT DISTINCT ended_offset FROM event ORDER BY 1").fetchall()
        first = connection.execute("SELECT ended, ended_offset FROM event ORDER BY source_row LIMIT 1").fetchone()
    assert offsets == [(60,), (120,)]
    assert first is not None
    assert (first[0].isoformat(), first[1]) == ("2011-10-11T11:45:40.276000", 120)
