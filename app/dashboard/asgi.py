"""The server of the dashboards: Streamlit's, and beside it the addresses that files are sent to and fetched from."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from app.browser import WithScript
from app.components.bundles import ROUTE as BUNDLES
from app.components.bundles import EarlyBundles, send_bundle
from app.door import Door
from app.receiving import ROUTE as UPLOADS
from app.receiving import receive
from core.settings import load_settings

app = st.App(
    Path(__file__).with_name("entry.py"),
    routes=[Route(UPLOADS, receive, methods=["PUT"]), Route(BUNDLES, send_bundle)],
    middleware=[Middleware(Door, home=load_settings().home), Middleware(EarlyBundles), Middleware(WithScript)],
)
