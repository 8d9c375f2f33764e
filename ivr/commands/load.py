"""`ivr load`: thousands of virtual callers at once, on the line or on any Twilio app."""

import asyncio
import json as json_format
import os
import re
import secrets
import signal
import sys
from typing import TextIO
from urllib.parse import urlsplit

import click

from ivr.commands.calling.connecting import LINE
from ivr.commands.calling.hosted_line import captions
from ivr.commands.calling.load_report import progress, written
from ivr.commands.calling.load_target import allow_files, target
from ivr.commands.calling.options import KEYS, url_option
from ivr.commands.calling.web_process import NotServed
from ivr.files.problems import LineRefused
from ivr.settings import SettingsRefused
from ivr.speech import ManifestRefused
from ringback.load import Load, Plan, Reached, Report, is_loopback, matching, number_or_address
from ringback.load.plan import MOST_CALLERS, MOST_SECONDS

_HUMAN_SECONDS, _FAST_SECONDS = 180.0, 10.0
_PROGRESS_SECONDS = 0.5
_INTERRUPTED = 130  # what a shell reports for Ctrl-C
_FILES_TO_SPARE = 256

_EPILOG = f"""Without --url it serves the line itself as the Procfile does, on 127.0.0.1, and rings
every referral in every language. A caller rings, presses the keys, listens until a number or a web
address is heard, hangs up, and rings again until time is up; calls then under way have a few
seconds to end. Exit status: 0 when nobody was failed, 1 when a caller was (an error, or a call that
ended by itself without a number), 2 for options that make no sense, {_INTERRUPTED} when stopped by
Ctrl-C."""


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


@click.command(epilog=_EPILOG)
@url_option("Ring")
@click.option(
    "--callers",
    type=click.IntRange(1, MOST_CALLERS),
    default=100,
    show_default=True,
    help="Callers at once.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0, MOST_SECONDS, min_open=True),
    help=f"How long calls are placed; {_HUMAN_SECONDS:g} unless given, {_FAST_SECONDS:g} with"
    " --no-delays.",
)
@click.option(
    "--keys",
    type=KEYS,
    multiple=True,
    help='Keys to press, as for ivr call, such as "3 1"; given several times, callers take them'
    " in turn.",
)
@click.option(
    "--human/--no-delays",
    default=True,
    help="Callers listen as long as the speech lasts and think before they press (so it is unless"
    " told otherwise), or press as fast as answers come.",
)
@click.option(
    "--ramp",
    type=click.FloatRange(0, MOST_SECONDS),
    default=0.0,
    show_default=True,
    help="The first calls come evenly within so many seconds; 0 is all in the same instant.",
)
@click.option(
    "--reached",
    type=_Pattern(),
    help="What a caller has to hear to be content, as a regular expression; unless given, a"
    " telephone number, in digits or digit by digit in Japanese or English words, or a web"
    " address.",
)
@click.option(
    "--no-keep-alive",
    is_flag=True,
    help="A new connection for every request: the dearest way a carrier may come.",
)
@click.option(
    "--i-own-this-server", "is_owned", is_flag=True, help="Allows a --url on another machine."
)
@click.option("--json", is_flag=True, help="One JSON object instead of the report.")
def load(
    url: str | None,
    callers: int,
    seconds: float | None,
    keys: tuple[str, ...],
    human: bool,
    ramp: float,
    reached: re.Pattern[str] | None,
    no_keep_alive: bool,
    is_owned: bool,
    json: bool,
) -> None:
    """Has many callers ring at once and tells how they fared."""
    host = urlsplit(url).hostname or "" if url else "localhost"
    if not is_loopback(host) and not is_owned:
        raise click.UsageError(
            f"{host} is not this machine, and a load can take a server down: try it on 127.0.0.1,"
            " or give --i-own-this-server where it is yours."
        )
    seconds = seconds or (_HUMAN_SECONDS if human else _FAST_SECONDS)
    if ramp >= seconds:
        raise click.UsageError(
            f"--ramp {ramp:g} leaves no time for calls: expected less than --seconds {seconds:g}."
        )
    allow_files(callers + _FILES_TO_SPARE)
    try:
        with target(url, os.environ) as rung:
            plan = Plan(
                url=rung.url,
                account_sid=rung.account_sid,
                auth_token=rung.auth_token,
                to=LINE,
                callers=callers,
                seconds=seconds,
                ramp=ramp,
                scripts=keys or rung.scripts,
                human=human,
                keep_alive=not no_keep_alive,
                reached=_judge(reached),
                captions=captions(os.environ),
                is_owned=is_owned,
            )
            report = run(plan, sys.stderr)
    except (LineRefused, SettingsRefused, ManifestRefused, NotServed) as refused:
        click.echo(str(refused), err=True)
        raise SystemExit(1) from None
    click.echo(json_format.dumps(report.as_json(), ensure_ascii=False) if json else written(report))
    if not report.went_well and not (report.interrupted and not report.tally.endings["failed"]):
        raise SystemExit(1)
    raise SystemExit(_INTERRUPTED if report.interrupted else 0)


def run(plan: Plan, progress_to: TextIO) -> Report:
    """Runs the load to its end or to Ctrl-C; on a terminal `progress_to` has a line that lives."""

    async def under_way() -> Report:
        load = Load(plan, seed=secrets.randbits(32))
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, load.stop)
        showing = asyncio.create_task(_show(load, progress_to))
        try:
            return await load.run()
        finally:
            showing.cancel()
            for name in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(name)

    return asyncio.run(under_way())


async def _show(load: Load, out: TextIO) -> None:
    if not out.isatty():
        return
    try:
        while True:
            await asyncio.sleep(_PROGRESS_SECONDS)
            out.write(f"\r\x1b[2K{progress(load.tally, load.seconds)}")
            out.flush()
    finally:
        out.write("\r\x1b[2K")
        out.flush()


def _judge(wanted: re.Pattern[str] | None) -> Reached:
    return number_or_address if wanted is None else matching(wanted)
