"""Examples of what comes in, for the API document."""

from pydantic import ConfigDict
from pydantic.config import JsonDict


def example(values: JsonDict) -> ConfigDict:
    """Return a model configuration with one example."""
    return ConfigDict(json_schema_extra={"examples": [values]})
