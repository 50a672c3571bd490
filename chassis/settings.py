"""Settings from the environment, secrets also from files, and the rules of demo mode."""

import os
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

LOOPBACK = {"127.0.0.1", "::1", "localhost", ""}


def told(variable: str) -> str | None:
    """Return what a variable says, or the text of the file that ``<variable>_FILE`` names."""
    path = os.environ.get(f"{variable}_FILE")
    return Path(path).read_text(encoding="utf-8").rstrip("\n") if path else os.environ.get(variable)


class SecretFiles(EnvSettingsSource):
    """Reads a field from the file that ``<PREFIX><FIELD>_FILE`` names (Docker and systemd secrets)."""

    def get_field_value(
        self, field: FieldInfo, field_name: str
    ) -> tuple[Any, str, bool]:  # Any: as inherited
        """Return the file's text without its last newline, or nothing when no file is named."""
        del field
        path = os.environ.get(f"{self.env_prefix}{field_name}_FILE".upper())
        value = Path(path).read_text(encoding="utf-8").rstrip("\n") if path else None
        return value, field_name, False


class Settings(BaseSettings):
    """What every deployable can be told. Subclasses set ``env_prefix``, e.g. ``KUMPPANI_WEB_``."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    demo: bool = False
    """Demo city: known people sign in without a password. Refused beside a URL that leaves this machine."""
    log_level: str = "INFO"
    metrics_token: SecretStr = SecretStr("")
    """Bearer token that opens ``/metrics``; without one nobody sees them."""
    places: int = Field(32, ge=1)
    """Requests that one process works on at once."""
    line: int = Field(160, ge=0)
    """Requests that wait for a place at most; beyond them somebody is told to come later."""
    public_url: str | None = None
    """The address callers use, when a proxy in front keeps their Host header or changes it."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Values given in code win over the environment, and that wins over secret files."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, SecretFiles(settings_cls)

    @model_validator(mode="after")
    def _demo_stays_on_this_machine(self) -> Self:
        if self.demo:
            for name in type(self).model_fields:
                if name.endswith("_url") and not _is_local(getattr(self, name)):
                    raise ValueError(f"demo mode refuses {name}: it points outside this machine")
        return self


class ServiceSettings(Settings):
    """What a service with a database needs besides."""

    database_url: SecretStr
    """``postgresql://role:password@host:port/database``; no default."""
    database_pool: int = 10
    """Connections that one process holds at most."""
    patience: float = Field(3.0, gt=0)
    """Seconds that a request waits at most for its place before it is told to come later."""
    trusted_keys: SecretStr
    """JWKS (JSON) with the public key of each issuer whose actor tokens are believed; ``kid`` = issuer."""
    signing_key: SecretStr
    """This deployable's own private Ed25519 JWK (JSON); it signs the tokens for reading others' feeds."""


def _is_local(value: object) -> bool:
    """Tell whether an address stays on this machine: each one of several, also where a query moves it."""
    text = value.get_secret_value() if isinstance(value, SecretStr) else str(value or "")
    return all(_stays(each.strip()) for each in text.split(",")) if "://" in text else not text.strip()


def _stays(address: str) -> bool:
    parts = urlsplit(address)
    moved = parse_qs(parts.query)
    # PostgreSQL's driver takes the host from the query before that of the address; a service names any.
    if "service" in moved or "servicefile" in moved:
        return False
    hosts = [parts.hostname or "", *moved.get("host", []), *moved.get("hostaddr", [])]
    return "://" in address and all(host in LOOPBACK or host.startswith("/") for host in hosts)
