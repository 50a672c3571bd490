"""What the gateway can be told."""

from pydantic import Field, SecretStr
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
    session_rate: float = Field(50.0, gt=0)
    """Requests a second that one session may go on making."""
    session_burst: int = Field(300, ge=1)
    """Requests that one session may make at once after a rest."""
    session_in_flight: int = Field(8, ge=1)
    """Requests of one session that are worked on at once; some more wait shortly for their turn."""
    session_waits: int = Field(2, ge=1)
    """Waits for news that one session may hold."""
    address_rate: float = Field(10.0, gt=0)
    """Requests a second that one address may go on making without a session."""
    address_burst: int = Field(150, ge=1)
    """Requests that one address may make at once without a session; thirty people sign in from one school."""
    address_in_flight: int = Field(16, ge=1)
    """Requests of one address without a session that are worked on at once."""
    trusted_proxies: str = "127.0.0.1, ::1"
    """Addresses and networks, separated by commas, whose ``X-Forwarded-For`` is believed: proxies and web."""
    traced_callers: str = ""
    """Addresses and networks, separated by commas, whose ``traceparent`` is believed: those of web."""
    patience: float = Field(1.1, gt=0)
    """Seconds a service has; with the resolving of the person before it the answer comes in under 1.5 s."""
    busy_patience: float = Field(4.0, gt=0)
    """Seconds for a read while the service answers others; half of it for a part of a composed answer."""
    write_patience: float = Field(4.0, gt=0)
    """Seconds for a request that changes something: better slow than told unavailable though it was done."""
