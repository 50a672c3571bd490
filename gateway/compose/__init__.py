"""Answers made of parts from several services, each part declared required or optional."""
