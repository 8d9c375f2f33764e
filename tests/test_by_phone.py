"""The shipped line as another project would test it: by the pytest plugin alone, in process."""

import os
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from ivr.settings import Settings
from ivr.web import TEXTS, create_app
from ringback import Carrier
from ringback.testing import Handset

NIGHT = datetime.fromisoformat("2026-11-29T03:00:00+09:00")


@pytest.fixture
def twilio_now() -> datetime:
    return NIGHT


@pytest.fixture
def twilio_app(carrier: Carrier, tmp_path: Path) -> Flask:
    settings = Settings.from_environ(
        {
            **{name: value for name, value in os.environ.items() if name.startswith("TWILIO_")},
            "PUBLIC_URL": "http://app.test",
            "SMS_FROM": "+15005550006",
            "DATABASE_URL": f"sqlite:///{tmp_path}/texts.sqlite3",
        }
    )
    app = create_app(settings, clock=carrier.now)
    carrier.while_time_passes = app.extensions[TEXTS].worker.work_off
    return app


def test_who_is_in_danger_knows_whom_to_ring_within_eight_seconds(phone: Handset) -> None:
    phone.dials().hears("110番へ")
    assert phone.seconds < 8


def test_who_says_nothing_hears_a_number_all_the_same(phone: Handset) -> None:
    phone.dials().is_silent(1).hears("ゼロ イチ ニー ゼロ ニー ナナ キュウ サン サン ハチ")
    assert phone.seconds < 85  # both numbers were read, each twice


def test_advice_is_texted_only_when_it_is_asked_for(phone: Handset) -> None:
    phone.dials().hears("消すには サン").presses("3").hears("方法を、聞くには イチ").presses("1")
    phone.hears("SMSで受け取るには イチ").received_no_text()
    phone.presses("1").waits(5).received_text("https://www.ihaho.jp/")


def test_who_withholds_their_number_may_name_a_mobile(phone: Handset) -> None:
    phone.dials(from_="anonymous").presses("3").presses("1").hears("携帯にSMSで受け取るには イチ")
    phone.does_not_hear(phone.number).received_no_text()
