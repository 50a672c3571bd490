"""What the customers service can be told by its environment."""

from pydantic_settings import SettingsConfigDict

from chassis.settings import ServiceSettings


class CustomersSettings(ServiceSettings):
    """Variables begin with ``KUMPPANI_CUSTOMERS_``."""

    model_config = SettingsConfigDict(env_prefix="KUMPPANI_CUSTOMERS_")
