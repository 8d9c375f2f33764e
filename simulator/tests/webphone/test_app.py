"""The web phone's own web app: what it serves, to whom, and what it refuses."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from ringback.webphone import create_web_phone
from ringback.webphone.sessions import MOST, Sessions
from simulator.tests.webphone.exchange import MOBILE, NUMBER, Company, Reader, app, running


@pytest.fixture
def company() -> Iterator[Company]:
    with running(app()) as base:
        yield Company(base)


@pytest.fixture
def sessions(company: Company) -> Iterator[Sessions]:
    sessions = Sessions(company.service())
    yield sessions
    sessions.close()


@pytest.fixture
def client(company: Company, sessions: Sessions) -> FlaskClient:
    return create_web_phone(company.service(), sessions, frozenset({"localhost"})).test_client()


def installed(client: FlaskClient) -> str:
    return str(client.post("/telephones").get_json()["telephone"])


def test_the_page_may_load_nothing_from_elsewhere_and_nothing_inline(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    policy = dict(
        directive.strip().split(" ", 1)
        for directive in page.headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert b"style=" not in page.data
    assert b"http" not in page.data
    for part in ("main.js", "call.js", "look.css", "icon.svg"):
        assert client.get(f"/page/{part}").status_code == 200
    assert client.get("/page/../app.py").status_code == 404


def test_it_lists_what_can_be_dialled(client: FlaskClient) -> None:
    offered = client.get("/service.json").get_json()
    assert offered["dialled"][0] == {"number": NUMBER, "language": "ja"}
    assert offered["callers"] == [{"kind": "mobile", "number": MOBILE}]
    assert (offered["picture"], offered["zone"]) == (True, "UTC")
    picture = client.get("/pictures/ja.svg")
    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert client.get("/pictures/fr.svg").status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Host": "elsewhere.example"}, 403),
    ],
)
def test_another_sites_page_cannot_telephone(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    assert client.post("/telephones", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("what", "fields", "said"),
    [
        ("call", {"from": "09012345678", "to": NUMBER}, "from: expected"),
        ("call", {"from": MOBILE, "to": "me"}, "to: expected"),
        ("call", {"from": MOBILE, "to": NUMBER, "at": "noon"}, "at: expected a date"),
        ("key", {"key": "12"}, "one of 0-9 * #"),
        ("key", {}, "one of 0-9 * #"),
        ("text", {"from": "anonymous", "body": "hello"}, "can be texted back"),
        ("text", {"from": MOBILE, "body": " "}, "body: expected 1 to 1600"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_was_expected(
    client: FlaskClient, what: str, fields: dict[str, str], said: str
) -> None:
    answer = client.post(f"/telephones/{installed(client)}/{what}", json=fields)
    assert answer.status_code == 400
    assert said in answer.text


def test_what_is_no_json_is_refused_too(client: FlaskClient) -> None:
    answer = client.post(f"/telephones/{installed(client)}/key", data=b"[1")
    assert answer.status_code == 400


def test_a_call_goes_through_and_ends_when_the_page_is_left(
    client: FlaskClient, sessions: Sessions
) -> None:
    name = installed(client)
    telephone = sessions.find(name)
    assert telephone is not None
    page = Reader(telephone)
    fields = {"from": MOBILE, "to": NUMBER, "at": "2026-07-01T22:15"}
    assert client.post(f"/telephones/{name}/call", json=fields).status_code == 204
    assert client.post(f"/telephones/{name}/call", json=fields).status_code == 409
    clip = page.until("says")["sounds"][0]
    sound = client.get(f"/telephones/{name}/sounds/{clip['sound']}")
    assert (sound.status_code, sound.mimetype) == (200, "audio/wav")
    assert client.get(f"/telephones/{name}/sounds/99").status_code == 404
    assert client.post(f"/telephones/{name}/gone").status_code == 204
    assert page.until("over")["by"] == "caller"
    assert client.post(f"/telephones/{name}/key", json={"key": "1"}).status_code == 404


def test_the_feed_is_read_on_from_where_it_was_left(
    client: FlaskClient, sessions: Sessions
) -> None:
    name = installed(client)
    telephone = sessions.find(name)
    assert telephone is not None
    telephone.feed.put("key", key="1")
    telephone.feed.put("key", key="2")
    stream = client.get(f"/telephones/{name}/feed", headers={"Last-Event-ID": "1"}).response
    parts = iter(stream)
    assert [next(parts), next(parts)] == [
        b"retry: 1000\n\n",
        b'id: 2\ndata: {"kind": "key", "key": "2"}\n\n',
    ]


def test_telephones_are_bounded_and_those_left_alone_are_taken_away(company: Company) -> None:
    now = [0.0]
    sessions = Sessions(company.service(), lambda: now[0])
    names = [sessions.install() for _ in range(MOST)]
    assert len(set(names)) == MOST
    assert sessions.install() is None
    now[0] += 120
    assert sessions.install() is not None
    assert sessions.find(str(names[0])) is None
