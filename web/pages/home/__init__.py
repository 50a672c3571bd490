"""Etusivu: what needs me today."""
