"""How fast: run by hand, never by the tests (`make bench`)."""
