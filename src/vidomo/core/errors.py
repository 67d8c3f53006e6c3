"""The exception tree, grouped by what the caller can do about it.

VidomoError
    InputError            mend the data
    ConfigError           mend the options
    SourceUnavailable     ask later
    SourceRefused         stop asking
    ConflictError         reload
    DisclosureForbidden   do not retry
    MachineRefused        mend the machine: disk, permission, port, newer database
"""


class VidomoError(Exception):
    """Something that the caller can act on.

    Attributes:
        message: What was found, with the value.
        hint: What to do; empty when there is nothing to add.
        exit_code: What a command ends with.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputError(VidomoError):
    """The data cannot be taken as it is: mend the data."""

    exit_code = 5


class ConfigError(VidomoError):
    """An option cannot be followed: mend the options."""

    exit_code = 2


class NothingKnown(VidomoError):
    """The question is sound and there is nothing to answer it with."""

    exit_code = 3


class SourceUnavailable(VidomoError):
    """A source did not answer: ask later."""

    exit_code = 4


class SourceRefused(VidomoError):
    """A source said no: stop asking."""

    exit_code = 4


class ConflictError(VidomoError):
    """Somebody else changed it first: reload."""

    exit_code = 5


class DisclosureForbidden(VidomoError):
    """A rule forbids to show this: do not retry."""

    exit_code = 5


class MachineRefused(VidomoError):
    """The machine said no: disk, permission, port, a database of a newer version."""

    exit_code = 6
