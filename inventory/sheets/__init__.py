"""Any sheet of pilots, read: its bytes, its header, its columns, and what its cells mean."""
