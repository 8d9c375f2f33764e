"""Renders clips, several at once: each phrase is spoken once, however many clips it stands in."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread

from ivr.speech.clips import Clip, render_clip
from ivr.speech.synthesizer import SynthesisFailed
from ivr.speech.takes import Cast, Phrase, Speaker


def render_all(clips: Iterable[Clip], cast: Cast, jobs: int = 1) -> Iterator[tuple[Clip, bytes]]:
    """Each clip with its file, as soon as all its phrases are spoken.

    With `jobs` above 1 that many processes speak. Raises what the first failing phrase raises;
    phrases that were not begun by then are not spoken.
    """
    users: dict[Phrase, list[Clip]] = {}
    unspoken: dict[str, int] = {}
    for clip in clips:
        phrases = set(clip.phrases)
        unspoken[clip.name] = len(phrases)
        for phrase in phrases:
            users.setdefault(phrase, []).append(clip)
        if not phrases:
            yield clip, render_clip(clip, {})
    takes: dict[Phrase, bytes] = {}
    for phrase, take in _spoken(list(users), cast, jobs):
        takes[phrase] = take
        for clip in users[phrase]:
            unspoken[clip.name] -= 1
            if not unspoken[clip.name]:
                yield clip, render_clip(clip, takes)


def _spoken(phrases: list[Phrase], cast: Cast, jobs: int) -> Iterator[tuple[Phrase, bytes]]:
    if jobs < 2 or len(phrases) < 2:
        for phrase in phrases:
            yield phrase, cast[phrase.language].take(phrase)
        return
    # Processes that start afresh: a copy of one with threads (a progress bar has one) may hang.
    fresh = get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(phrases)), fresh, _end_with_parent) as pool:
        begun: dict[Future[bytes], Phrase] = {
            pool.submit(_take, cast[phrase.language], phrase): phrase for phrase in phrases
        }
        try:
            for future in as_completed(begun):
                yield begun[future], future.result()
        except BrokenProcessPool:
            raise SynthesisFailed(
                "a process that was speaking ended unexpectedly, perhaps for lack of memory "
                "(Open JTalk takes 200 MB each); what was done is kept: try again with fewer jobs"
            ) from None
        finally:
            pool.shutdown(cancel_futures=True)


def _take(speaker: Speaker, phrase: Phrase) -> bytes:
    return speaker.take(phrase)


def _end_with_parent() -> None:
    """A builder that is killed leaves nobody waiting for more to say."""
    Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    builder = parent_process()
    if builder is not None:
        builder.join()
        os._exit(1)
