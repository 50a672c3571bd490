"""Passing requests on to the services that own the nouns: a reverse proxy with a session in front."""
