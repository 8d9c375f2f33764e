"""Why the line cannot start, as the lines that a command prints."""

from ivr.files.problems import LineRefused
from ivr.settings import SettingsRefused
from ivr.speech import ManifestRefused

Refused = LineRefused | SettingsRefused | ManifestRefused
REFUSALS = (LineRefused, SettingsRefused, ManifestRefused)


def reasons(refused: Refused) -> list[str]:
    """Each problem in a line of its own."""
    if isinstance(refused, LineRefused):
        return [str(problem) for problem in refused.problems]
    return str(refused).splitlines()
