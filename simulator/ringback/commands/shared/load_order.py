"""A load as the options of a command ask for it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import click

from ringback.commands.shared.account import LINE
from ringback.commands.shared.options import KEYS, F, together
from ringback.load import LoadPlan, is_loopback, matching, number_or_address
from ringback.load.plan import MOST_CALLERS, MOST_SECONDS
from ringback.media.listener import Captions, no_captions

HUMAN_SECONDS, FAST_SECONDS = 180.0, 10.0
_FILES_TO_SPARE = 256


class _Pattern(click.ParamType):
    name = "regex"

    def convert(
        self, value: str | re.Pattern[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> re.Pattern[str]:
        if isinstance(value, re.Pattern):
            return value
        try:
            return re.compile(value, re.IGNORECASE)
        except re.error as error:
            self.fail(
                f"{value!r} is not a regular expression ({error}); put a backslash before"
                " characters that mean themselves, such as \\+ or \\(.",
                param,
                ctx,
            )


def load_options(program: str, url: Callable[[F], F]) -> Callable[[F], F]:
    """The options of a load; `url` is the command's own, `program` is whose `call` is meant."""
    return together(
        url,
        click.option(
            "--callers",
            type=click.IntRange(1, MOST_CALLERS),
            default=100,
            show_default=True,
            help="Callers at once.",
        ),
        click.option(
            "--seconds",
            type=click.FloatRange(0, MOST_SECONDS, min_open=True),
            help=f"How long calls are placed; {HUMAN_SECONDS:g} unless given, {FAST_SECONDS:g} with"
            " --no-delays.",
        ),
        click.option(
            "--keys",
            type=KEYS,
            multiple=True,
            help=f'Keys to press, as for {program} call, such as "3 1"; given several times,'
            " callers take them in turn.",
        ),
        click.option(
            "--human/--no-delays",
            default=True,
            help="Callers listen as long as the speech lasts and think before they press (so it is"
            " unless set otherwise), or press as fast as answers come.",
        ),
        click.option(
            "--ramp",
            type=click.FloatRange(0, MOST_SECONDS),
            default=0.0,
            show_default=True,
            help="The first calls come evenly within so many seconds; 0 is all in the same"
            " instant.",
        ),
        click.option(
            "--reached",
            type=_Pattern(),
            help="What a caller has to hear to be content, as a regular expression; unless given,"
            " a telephone number, in digits or digit by digit in Japanese or English words, or a"
            " web address.",
        ),
        click.option(
            "--no-keep-alive",
            is_flag=True,
            help="A new connection for every request: the dearest way a carrier may come.",
        ),
        click.option(
            "--i-own-this-server",
            "is_owned",
            is_flag=True,
            help="Allows a --url on another machine.",
        ),
        click.option("--json", is_flag=True, help="One JSON object instead of the report."),
    )


@dataclass(frozen=True, kw_only=True)
class LoadTarget:
    """What is called, on whose account, with which keys where the options name none."""

    url: str
    account_sid: str
    auth_token: str
    scripts: tuple[str, ...] = ("-",)


@dataclass(frozen=True, kw_only=True)
class LoadOrder:
    """The options of a load but for its URL; see LoadPlan for what they mean."""

    callers: int
    seconds: float | None
    keys: tuple[str, ...]
    human: bool
    ramp: float
    reached: re.Pattern[str] | None
    no_keep_alive: bool
    is_owned: bool

    @property
    def length(self) -> float:
        """The seconds in which calls are placed."""
        return self.seconds or (HUMAN_SECONDS if self.human else FAST_SECONDS)

    def check(self, url: str | None) -> None:
        """Raises click.UsageError for what makes no sense; allows enough open files."""
        host = urlsplit(url).hostname or "" if url else "localhost"
        if not is_loopback(host) and not self.is_owned:
            raise click.UsageError(
                f"{host} is not this machine, and a load can take a server down: try it on"
                " 127.0.0.1, or give --i-own-this-server where it is yours."
            )
        if self.ramp >= self.length:
            raise click.UsageError(
                f"--ramp {self.ramp:g} leaves no time for calls: expected less than --seconds"
                f" {self.length:g}."
            )
        allow_files(self.callers + _FILES_TO_SPARE)

    def plan(self, target: LoadTarget, captions: Captions = no_captions) -> LoadPlan:
        """The load on this target; `captions` give the words of its sounds."""
        return LoadPlan(
            url=target.url,
            account_sid=target.account_sid,
            auth_token=target.auth_token,
            to=LINE,
            callers=self.callers,
            seconds=self.length,
            ramp=self.ramp,
            scripts=self.keys or target.scripts,
            human=self.human,
            keep_alive=not self.no_keep_alive,
            reached=number_or_address if self.reached is None else matching(self.reached),
            captions=captions,
            is_owned=self.is_owned,
        )


def allow_files(wanted: int) -> None:
    """Each connection is an open file; many shells allow 1,024 unless asked.

    Raises click.UsageError where so many are not to be had.
    """
    import resource  # where there is no such module (Windows), the other commands still run

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft >= wanted or soft == resource.RLIM_INFINITY:
        return
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise click.UsageError(
            f"so many callers need {wanted} open files and this shell allows {hard}: raise it with"
            f" `ulimit -n {wanted}`, or have fewer --callers."
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
