"""Who acts: principals with their roles, how it was proved who they are, and what they may do."""
