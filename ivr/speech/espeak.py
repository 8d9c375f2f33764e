"""eSpeak NG: many languages, offline, by espeakng-loader. Good enough to preview, not for callers.

eSpeak NG is GPL-3 software; it is loaded from its own package and no part of it stands here. Its C
interface is documented in its `speak_lib.h`.
"""

import ctypes
from array import array
from dataclasses import dataclass
from functools import cache
from typing import Any

from ivr.speech.extra import need
from ivr.speech.samples import Floats, Samples
from ivr.speech.synthesizer import SynthesisFailed

_VOICES = {
    "en": "en-us", "zh": "cmn", "ko": "ko", "pt": "pt-br", "vi": "vi",
    "es": "es", "ne": "ne", "id": "id", "th": "th",
}  # fmt: skip
_SYNCHRONOUS, _RATE, _UTF8, _BY_CHARACTER = 2, 1, 1, 1
_WORDS_A_MINUTE = 150  # its own default, 175, hurries
_FULL_SCALE = 32768
_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


@dataclass(frozen=True)
class ESpeak:
    """eSpeak NG's formant voice."""

    name: str = "espeak-1"

    @property
    def languages(self) -> frozenset[str]:
        """Those of the line's languages that it has a voice for; Tagalog it has not."""
        return frozenset(_VOICES)

    def speak(self, text: str, language: str) -> Samples:
        """The sentence; see Synthesizer."""
        if language not in _VOICES:
            raise SynthesisFailed(f"eSpeak NG has no voice for `{language}`: `{text}`")
        library, hertz = _library()
        heard: Floats = array("f")

        def take(waves: Any, count: int, _events: object) -> int:
            if waves and count > 0:
                heard.extend(step / _FULL_SCALE for step in waves[:count])
            return 0  # go on

        callback = _CALLBACK(take)
        library.espeak_SetSynthCallback(callback)
        if library.espeak_SetVoiceByName(_VOICES[language].encode()):
            raise SynthesisFailed(f"eSpeak NG did not find its voice for `{language}`")
        library.espeak_SetParameter(_RATE, _WORDS_A_MINUTE, 0)
        said = text.encode()
        failed = library.espeak_Synth(said, len(said) + 1, 0, _BY_CHARACTER, 0, _UTF8, None, None)
        if failed or not heard:
            raise SynthesisFailed(f"eSpeak NG did not speak `{text}` (its error {failed})")
        return Samples(heard, hertz)


@cache
def _library() -> tuple[ctypes.CDLL, int]:
    """The library, with the path of its data set, and the rate of its voices in hertz."""
    loader = need("espeakng_loader", "previewing other languages offline")
    library = ctypes.CDLL(loader.get_library_path())
    data = str(loader.get_data_path()).encode()
    hertz = library.espeak_Initialize(_SYNCHRONOUS, 0, data, 0)
    if hertz <= 0:
        raise SynthesisFailed("eSpeak NG did not start; reinstall the package espeakng-loader")
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int,
        ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p,
    ]  # fmt: skip
    return library, hertz
