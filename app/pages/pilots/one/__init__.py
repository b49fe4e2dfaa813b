"""One pilot: what is known of it, what it is linked to, what is found about it, and how that came about."""
