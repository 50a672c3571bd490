"""Producers: the own enterprise and the outside ones it coordinates."""
