"""The services' apps, connected to nothing: for what can be read of them without running them."""

from importlib import import_module

from fastapi import FastAPI

from tests.actors import private_jwk, trusted_keys


def service_app(name: str) -> FastAPI:
    """Return the app of a service that has no database; it is not to be started."""
    settings = getattr(import_module(f"services.{name}.settings"), f"{name.title()}Settings").model_validate(
        {
            "database_url": "postgresql://localhost/none",
            "signing_key": private_jwk(name),
            "trusted_keys": trusted_keys(),
        }
    )
    app: FastAPI = import_module(f"services.{name}.app").create_app(settings)
    return app
