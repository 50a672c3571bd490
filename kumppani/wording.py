"""Says in one sentence which settings are missing or wrong."""

from pydantic import ValidationError


def settings_fault(error: ValidationError) -> str:
    """The sentence for a settings class that refused its environment; values are never repeated."""
    part = error.title.removesuffix("Settings").upper()
    missing = [
        f"KUMPPANI_{part}_{str(fault['loc'][0]).upper()}"
        for fault in error.errors(include_url=False, include_input=False)
        if fault["type"] == "missing" and fault["loc"]
    ]
    wrong = [
        f"{'KUMPPANI_' + part + '_' + str(fault['loc'][0]).upper() + ': ' if fault['loc'] else ''}"
        f"{fault['msg'].removeprefix('Value error, ')}"
        for fault in error.errors(include_url=False, include_input=False)
        if fault["type"] != "missing"
    ]
    said = []
    if missing:
        said.append(f"set {', '.join(missing)} (or the same name with _FILE for a file)")
    if wrong:
        said.append(f"mend {'; '.join(wrong)}")
    return f"The settings of {part.lower()} do not do: {', and '.join(said)}."
