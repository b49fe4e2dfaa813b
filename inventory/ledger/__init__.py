"""The ledger: what was expected is frozen, scored later, and advice is corrected by it in the open."""
