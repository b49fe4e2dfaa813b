"""The rules that come with Tandem, as TOML files; see inventory/risk/reading.py for what they may say."""
