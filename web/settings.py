"""What the web front end can be told from outside."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from chassis.settings import Settings


class WebSettings(Settings):
    """Settings of the web front end; the environment names them ``KUMPPANI_WEB_GATEWAY_URL`` and so on."""

    model_config = SettingsConfigDict(env_prefix="KUMPPANI_WEB_")

    gateway_url: str = "http://127.0.0.1:8100"
    """Where the gateway answers; its paths begin with ``/api/v1``."""
    gateway_timeout: Annotated[float, Field(gt=0)] = 5.0
    """Seconds a page waits for one answer of the gateway."""
    session_hours: Annotated[int, Field(ge=1, le=24)] = 8
    """How long the session cookie lives; the gateway's session token ends at the same time."""
