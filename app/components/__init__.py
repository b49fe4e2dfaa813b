"""Parts of pages that Streamlit does not have, built from npm packages at set-up: `python -m app.components.build`."""
