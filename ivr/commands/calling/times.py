"""The option `--at`: the time of the line, Japan's unless it says another zone."""

from datetime import datetime, timedelta, timezone

import click

JAPAN = timezone(timedelta(hours=9), "JST")


class _Time(click.ParamType):
    name = "time"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(
                f"{value!r} is not a time: expected a date and a time such as 2026-07-01T22:15, or"
                " with its zone 2026-07-01T22:15+09:00.",
                param,
                ctx,
            )
        return moment if moment.tzinfo else moment.replace(tzinfo=JAPAN)


AT = _Time()
WHEN = click.option(
    "--at",
    type=AT,
    metavar="ISO-TIME",
    help="The time of it, such as 2026-07-01T22:15 (Japan time unless it says).",
)


def refuse_time_of_url(at: datetime | None, url: str | None) -> None:
    """Raises click.UsageError for a time that nothing would read."""
    if at is not None and url is not None:
        raise click.UsageError(
            "--at sets the clock of the line that is started here; the app behind --url has a clock"
            " of its own, so leave one of the two out."
        )
