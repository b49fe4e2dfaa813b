"""The pages of the dashboards: a `page()` each, which parses the URL, calls service verbs and shows what comes back."""
