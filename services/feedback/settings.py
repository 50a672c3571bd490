"""What the feedback service can be told; environment names begin with ``KUMPPANI_FEEDBACK_``."""

from pathlib import Path

from pydantic_settings import SettingsConfigDict

from chassis.settings import ServiceSettings


class FeedbackSettings(ServiceSettings):
    """Settings of the feedback service and its worker."""

    model_config = SettingsConfigDict(env_prefix="KUMPPANI_FEEDBACK_")

    customers_url: str = "http://127.0.0.1:8101"
    """Where the customers service answers; read by the worker only."""
    contracts_url: str = "http://127.0.0.1:8102"
    """Where the contracts service answers; read by the worker only."""
    analyser_socket: Path | None = None
    """Where one analyser of words answers all processes that are told so; without it each starts its own."""
    default_handler_name: str = "Oulun Serviisi, asiakaspalvelu"
    """Who handles a word when no person has the role: nothing is ever unassigned."""
    default_handler_phone: str = ""
    default_handler_email: str = ""
