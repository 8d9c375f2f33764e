"""A load run from the command line: to its end or to Ctrl-C, then its report."""

import asyncio
import json as json_format
import secrets
import signal
from typing import TextIO

import click

from ringback.commands.shared.load_report import load_summary, progress
from ringback.load import Load, LoadPlan, Report

INTERRUPTED = 130  # what a shell reports for Ctrl-C
_PROGRESS_SECONDS = 0.5

# How a load goes, and the exit status; both commands say so in their help.
LOAD_EPILOG = f"""A caller calls, presses the keys, listens until a number or a web address is
heard, hangs up, and calls again until time is up; calls then in progress have a few seconds to end.
Exit status: 0 when nobody was failed, 1 when a caller was (an error, or a call that ended by itself
without a number), 2 for options that make no sense, {INTERRUPTED} when stopped by Ctrl-C."""


def run_load(plan: LoadPlan, progress_to: TextIO) -> Report:
    """Runs the load to its end or to Ctrl-C; a terminal `progress_to` shows how it goes."""

    async def running() -> Report:
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

    return asyncio.run(running())


def report_of(report: Report, *, json: bool) -> int:
    """Prints the report, and gives the exit status."""
    shown = (
        json_format.dumps(report.as_json(), ensure_ascii=False) if json else load_summary(report)
    )
    click.echo(shown)
    if not report.went_well and not (report.interrupted and not report.tally.endings["failed"]):
        return 1
    return INTERRUPTED if report.interrupted else 0


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
