"""Independent oracles: the same questions answered a second way."""
