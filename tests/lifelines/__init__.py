"""Curves compared with those of lifelines."""
