"""What the gateway can be told."""

from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict

from chassis.settings import Settings


class GatewaySettings(Settings):
    """Settings from ``KUMPPANI_GATEWAY_…``."""

    model_config = SettingsConfigDict(env_prefix="KUMPPANI_GATEWAY_")

    database_url: SecretStr
    """``postgresql://role:password@host:port/database`` of the gateway's own small database."""
    database_pool: int = 5
    """Connections that one process holds at most."""
    signing_key: SecretStr
    """The gateway's private Ed25519 JWK (JSON): signs sessions and actor tokens."""
    customers_url: str = "http://127.0.0.1:8101"
    """Address of the customers service, without ``/v1``."""
    contracts_url: str = "http://127.0.0.1:8102"
    feedback_url: str = "http://127.0.0.1:8103"
    session_hours: int = 8
    """How long a sign-in lasts."""
