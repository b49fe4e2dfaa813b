"""The script that Streamlit runs. It stands alone in its folder, which Streamlit puts first on sys.path."""

from app.pages.shell import run

run()
