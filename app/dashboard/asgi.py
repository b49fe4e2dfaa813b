"""The server of the dashboards: Streamlit's, and beside it the address that files are sent to."""

from pathlib import Path

import streamlit as st
from starlette.routing import Route

from app.receiving import ROUTE, receive

app = st.App(Path(__file__).with_name("entry.py"), routes=[Route(ROUTE, receive, methods=["PUT"])])
