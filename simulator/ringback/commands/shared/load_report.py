"""A load as a person reads it: the line that lives while it runs, and the report in the end."""

from ringback.load import Report, Trouble
from ringback.load.figures import Tally
from ringback.transcript.rows import plain

_SHOWN = 10


def progress(tally: Tally, seconds: float) -> str:
    """One line: how long, how many, how fast, and what goes wrong."""
    ended = tally.placed - tally.at_once
    p95 = tally.latencies.percentile(95) * 1000
    return (
        f"{seconds:5.0f} s  {tally.at_once:,} on the line, {ended:,} calls over"
        f" ({ended / seconds if seconds else 0:.1f}/s), {tally.latencies.count:,} requests,"
        f" p95 {p95:.0f} ms, {tally.endings['failed']:,} failed"
    )


def load_summary(report: Report) -> str:
    """The report in a few lines."""
    tally, said = report.tally, report.as_json()
    requests, calls, endings = said["requests"], said["calls"], tally.endings
    manner = "who listen and think" if report.human else "who never wait"
    others = [
        f"{many:,} {words}"
        for many, words in (
            (endings["gave_up"], "hung up by their keys"),
            (endings["unfinished"], "unfinished in the end"),
        )
        if many
    ]
    lines = [
        f"{report.url}: {report.callers:,} callers {manner}, {report.seconds:.1f} s"
        + (", interrupted" if report.interrupted else ""),
        f"callers   {tally.most_at_once:,} at once, {len(tally.satisfied):,} reached a number",
        f"calls     {tally.placed:,} placed, {calls['a_second']:g} a second: "
        + ", ".join(
            [f"{endings['reached']:,} reached a number", f"{endings['failed']:,} failed", *others]
        ),
        f"requests  {requests['answered']:,}, {requests['a_second']:g} a second",
        f"latency   {_spread(requests['milliseconds'])}",
        f"lateness  {_spread(said['lateness_milliseconds'])} (the callers' own, part of latency)",
    ]
    troubles = sorted(tally.troubles.values(), key=lambda one: -one.count)
    lines += [f"{_kind(one):<10}{one.count:,} × {_said(one)}" for one in troubles[:_SHOWN]]
    if not troubles:
        lines.append("errors    none")
    if len(troubles) > _SHOWN:
        lines.append(f"          and {len(troubles) - _SHOWN} more kinds: see --json")
    if not endings["failed"] and not endings["reached"]:
        lines.append("nobody reached a number yet: give the calls more --seconds, or see --reached")
    return "\n".join(lines)


def _spread(milliseconds: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in milliseconds.items()) + " ms"


def _kind(trouble: Trouble) -> str:
    return f"{trouble.level if trouble.code is None else trouble.code}"


def _said(trouble: Trouble) -> str:
    return f'{plain(trouble.text)}, first with the keys "{trouble.keys}"'
