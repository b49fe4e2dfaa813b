"""In the browser: an act of somebody who may not is refused in words, where the button stands, and recorded."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from core.workspace import open_workspace
from governance import Ruling, audit_records, get_principal
from tests.app.acts import WITHOUT, prepare_home
from tests.app.dashboards import Visit, pick_row, press
from tests.app.seeded import settings_of


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with people who may and people who may not."""
    folder = tmp_path_factory.mktemp("refused")
    (folder / "files").mkdir()
    with settings_of(folder / "home") as settings:
        prepare_home(settings, folder / "files")
    return folder / "home"


def test_who_is_no_administrator_stops_nobody(visit: Visit, home: Path) -> None:
    visit.to("Governance")
    visit.act_as(WITHOUT)
    visit.page.get_by_role("tab", name="People and agents").click()
    visit.settle()
    pick_row(visit)
    visit.page.get_by_role("textbox", name="Reason").fill("because")
    press(visit, "Stop Drafting agent")
    said = visit.page.get_by_test_id("stAlertContentError")
    expect(said).to_contain_text(f"{WITHOUT} may not change principals")
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        try:
            assert get_principal(ws, "Drafting agent").active
            (record,) = audit_records(ws, limit=1)
        finally:
            ws.close()
    assert (record.action, record.effect, record.principal_name) == ("principal.stop", Ruling.DENY, WITHOUT)
    visit.to("Overview")  # the page ends sound
