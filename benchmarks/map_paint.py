"""First paint of the process map of road_traffic_fines, beside a page of Streamlit that says one word.

`python -m benchmarks.map_paint [rounds]`. The server is warm: the map was opened before. Every measurement is a new
browser context, which has cached nothing; the clock runs from navigation until the first activity of the map (of the
other page: its word) is visible. The rounds alternate, so that what else the machine does hits both alike; the bare
page is what no page of Streamlit can beat, and the difference is what the map adds to it. On a busy machine the clock
says more of the others than of the page: the processor time of the browser's main thread stands beside it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page

from core.actor.values import local
from core.settings import Settings
from core.workspace import open_workspace
from ingest import import_log
from tests.app.dashboards import chromium, find_chromium, free_port, is_up, let_in, tandem_up

LOG = Path(__file__).parents[2] / "shared" / "logs" / "road_traffic_fines" / "road_fine.xes.gz"
ROUNDS = 7
WANTED_SECONDS = 2.0
_WORD = "bare"


def main() -> int:
    """Measure, print the medians; 0 when they were measured or there is nothing to measure them with."""
    if not LOG.exists() or not find_chromium():
        print(f"Skipped: this needs the event log {LOG.name} in ../shared/logs and Chromium.")
        return 0
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _import(home)
        with tandem_up(home, "--no-worker") as (address, _), _bare(Path(folder)) as bare, chromium() as browser:
            _measure(browser, f"{address}/process_map?log=road_traffic_fines", bare, rounds)
    return 0


def _measure(browser: Browser, page: str, bare: str, rounds: int) -> None:
    _seconds(browser, page, ".node")  # warms the server
    _seconds(browser, bare, f"text={_WORD}")
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(_seconds(browser, bare, f"text={_WORD}"))
        ours.append(_seconds(browser, page, ".node"))
    again = _again(browser, page, rounds)
    inside = _from_another_page(browser, page, rounds)
    busy, busy_bare = _processor_seconds(browser, page, ".node"), _processor_seconds(browser, bare, f"text={_WORD}")
    first, floor = statistics.median(ours), statistics.median(theirs)
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {rounds} rounds, medians (min to max)")
    print(f"map page, new browser      {first:.2f} s ({min(ours):.2f} to {max(ours):.2f})")
    print(f"map page, browser has it   {statistics.median(again):.2f} s ({min(again):.2f} to {max(again):.2f})")
    reached = statistics.median(inside)
    print(f"map page, from another page of Tandem  {reached:.2f} s ({min(inside):.2f} to {max(inside):.2f})")
    print(f"bare page, new browser     {floor:.2f} s ({min(theirs):.2f} to {max(theirs):.2f})")
    print(f"processor time of the main thread: map {busy:.2f} s, bare {busy_bare:.2f} s")
    print(f"ratio {first / floor:.2f}; the map adds {first - floor:.2f} s")
    for how, seconds in (("opened by its address in a new browser", first), ("reached from another page", reached)):
        print(f"under {WANTED_SECONDS:.0f} s, {how}: {'yes' if seconds < WANTED_SECONDS else 'no'}")


def _seconds(browser: Browser, address: str, what: str) -> float:
    context = _come_in(browser, address)
    try:
        return _until_visible(context.new_page(), address, what)
    finally:
        context.close()


def _again(browser: Browser, address: str, rounds: int) -> list[float]:
    """The same in a browser that has opened the page before."""
    context = _come_in(browser, address)
    try:
        return [_until_visible(context.new_page(), address, ".node") for _ in range(rounds + 1)][1:]
    finally:
        context.close()


def _from_another_page(browser: Browser, address: str, rounds: int) -> list[float]:
    """From the click in the navigation, in a session that is open already, until the map is seen."""
    context = _come_in(browser, address)
    page = context.new_page()
    page.goto(address)
    page.locator(".node").first.wait_for(timeout=120_000)
    found = []
    for _ in range(rounds):
        page.locator(".st-key-navigation").get_by_role("link", name="Event logs", exact=True).click()
        page.locator(".st-key-log").wait_for(timeout=120_000)
        page.wait_for_timeout(1500)
        began = time.perf_counter()
        page.locator(".st-key-navigation").get_by_role("link", name="Process map", exact=True).click()
        page.locator(".node").first.wait_for(timeout=120_000)
        found.append(time.perf_counter() - began)
    context.close()
    return found


def _processor_seconds(browser: Browser, address: str, what: str) -> float:
    """The processor time of the page's main thread until `what` is visible, the median of three."""
    found = []
    for _ in range(3):
        context = _come_in(browser, address)
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(address, wait_until="commit")
        page.locator(what).first.wait_for(timeout=120_000)
        metrics = {m["name"]: m["value"] for m in devtools.send("Performance.getMetrics")["metrics"]}
        found.append(float(metrics["TaskDuration"]))
        context.close()
    return statistics.median(found)


def _come_in(browser: Browser, address: str) -> BrowserContext:
    """A browser that was never here before and has been let in, where `address` is one of the dashboards."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    server = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    if is_up(server):
        let_in(context, server)
    return context


def _until_visible(page: Page, address: str, what: str) -> float:
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(what).first.wait_for(timeout=120_000)
    taken = time.perf_counter() - began
    page.close()
    return taken


def _import(home: Path) -> None:
    os.environ |= {"TANDEM_HOME": str(home), "TANDEM_USER": "Ada"}
    ws = open_workspace(Settings())
    import_log(ws, LOG, log="road_traffic_fines", by=local(ws.settings.user))
    ws.close()


@contextmanager
def _bare(folder: Path) -> Iterator[str]:
    """A page of Streamlit that says one word."""
    script, port = folder / "bare.py", free_port()
    script.write_text(f'import streamlit as st\n\nst.write("{_WORD}")\n', encoding="utf-8")
    options = ["--server.port", str(port), "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.address", "127.0.0.1", *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"No page at {address}.")


if __name__ == "__main__":
    sys.exit(main())
