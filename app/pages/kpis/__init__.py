"""The page of KPIs."""
