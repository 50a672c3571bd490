"""What the contracts service can be told by its environment."""

from pydantic_settings import SettingsConfigDict

from chassis.settings import ServiceSettings


class ContractsSettings(ServiceSettings):
    """Variables begin with ``KUMPPANI_CONTRACTS_``."""

    model_config = SettingsConfigDict(env_prefix="KUMPPANI_CONTRACTS_")

    customers_url: str = "http://127.0.0.1:8101"
    """Where the customers service answers; read by the worker only."""
    pages_url: str = "http://127.0.0.1:8000"
    """Where people open the pages; the events of calendar feeds link there."""
