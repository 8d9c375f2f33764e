"""What a voice must be able to do, whatever speaks: one phrase in, its sound out."""

from typing import Protocol

from ivr.speech.samples import Samples


class SynthesisFailed(RuntimeError):
    """A phrase could not be spoken; the message says which, why, and what to do."""


class Synthesizer(Protocol):
    """An engine that speaks. It holds no open file or socket, so another process can receive it.

    `name` goes into the names of the clips it makes: one engine with another voice or another
    speed has another name.
    """

    @property
    def name(self) -> str:
        """What the setting SPEECH_ENGINES and the manifest call it, and its version."""

    @property
    def languages(self) -> frozenset[str]:
        """The languages it speaks, as this project writes them: ja, en, zh."""

    def speak(self, text: str, language: str) -> Samples:
        """One sentence, spoken words only: the lexicon has been applied.

        The sound may have any rate and any silence around it. Raises SynthesisFailed, and
        MissingExtra where the engine's package is not installed.
        """
