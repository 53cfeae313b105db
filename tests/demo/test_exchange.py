"""Calls that come in and are dialled while it runs, and rows that are odd."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.demo.conftest import NOW
from voipdesk.core.call_log import Source
from voipdesk.demo.server import DemoServer


def rows(client, operation="get-user-calls", version="v1", **query):
    return client.get(f"/{version}/{operation}", params={"limit": 10_000, **query}).json()["data"]


def test_a_dialled_call_rings_is_answered_and_ends_in_the_log(demo, client):
    known = rows(client)
    client.post("/v1/call-to-number", data={"user_number": "7042", "number_to_call": "+442079460958"})
    ringing, *rest = rows(client)
    assert rest == known
    assert ringing["user_name"] == "Tom Okafor"
    assert (ringing["to_number"], ringing["is_inbound"]) == ("442079460958", 0)
    assert (ringing["call_finished_at"], ringing["call_duration"], ringing["conversation_duration"]) == (None, 0, 0)
    demo.tick(8)
    talking = rows(client)[0]
    assert talking["call_finished_at"] is None
    assert talking["call_duration"] == 8
    assert talking["conversation_duration"] > 0
    demo.tick(60)
    over = rows(client)[0]
    assert over["call_finished_at"] > over["call_start_at"] == ringing["call_start_at"]
    assert 6 <= over["conversation_duration"] < over["call_duration"]


def test_a_dialled_call_enters_version_2_when_it_is_over(demo, client):
    known = len(rows(client, version="v2"))
    dialled = client.post("/v2/call-to-number", data={"user_number": "7042", "number_to_call": "7041"}).json()["data"]
    assert len(rows(client, version="v2")) == known
    demo.tick(60)
    assert rows(client, version="v2")[0]["unique_call_id"] == dialled["unique_call_id"]


def test_a_user_who_does_not_answer_ends_a_dial_without_talk(demo, client):
    demo.switch(user_answers=False)
    client.post("/v1/call-to-number", data={"user_number": "7042", "number_to_call": "7041"})
    demo.tick(60)
    assert rows(client)[0]["conversation_duration"] == 0


def test_calls_arrive_as_time_goes_by_and_stand_consistently_in_both_logs():
    with DemoServer(calls=2_000, now=NOW, frozen=True, calls_per_hour=120) as server:
        before = server.state().rows
        server.tick(3600)
        after = server.state().rows
        assert 60 < sum(after.values()) - sum(before.values()) < 260
        with httpx.Client(
            base_url=f"{server.base_url}/api/integration", headers={"token": server.api_key}, trust_env=False
        ) as client:
            users = Counter((row["from_number"], row["user_name"], row["call_finished_at"]) for row in rows(client))
            answered = [row for row in rows(client, "get-queue-calls") if row["status"] == "answered"]
    assert after["queue"] > before["queue"]
    assert all(users[row["callerid"], row["answered_by_user_name"], row["call_finished_at"]] == 1 for row in answered)


def test_a_queue_call_enters_the_log_when_it_is_over_in_its_place_by_start():
    with DemoServer(calls=0, now=NOW, frozen=True) as server:
        server.arrive(Source.QUEUE)
        waiting = server.on_server(server._tenant.exchange._live.pop)
        server.on_server(lambda: server._tenant.exchange.place(replace(waiting, answered_after=40)))
        server.tick(10)
        server.arrive(Source.QUEUE)
        assert server.state().rows["queue"] == 1
        server.tick(30)
        assert server.state().rows["queue"] == 2
        headers = {"token": server.api_key}
        found = httpx.get(
            f"{server.base_url}/api/integration/v1/get-queue-calls", headers=headers, trust_env=False
        ).json()["data"]
        assert [row["call_start_at"][-14:-6] for row in found] == ["15:00:10", "15:00:00"]


def test_a_page_shifts_when_calls_arrive_between_two_requests(demo, client):
    whole = rows(client)
    demo.switch(arrivals_per_request=3)
    first = rows(client, limit=50)
    second = rows(client, limit=50, offset=50)
    assert first == whole[:50]
    assert second == whole[47:97]


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_two_equal_calls_can_straddle_a_page(demo, client, version):
    demo.double(Source.USER, 99)
    first = rows(client, version=version, limit=100)
    second = rows(client, version=version, limit=100, offset=100)
    last, twin = first[-1], second[0]
    assert (last.pop("unique_call_id", 1) == twin.pop("unique_call_id", 2)) is False
    assert last == twin
    assert demo.state().rows["user"] == len(rows(client))


@pytest.mark.parametrize(
    ("stamps", "endings"),
    [("z", {"Z"}), ("offset", {"+00:00", "+01:00"}), ("none", {""}), ("mixed", {"Z", "+00:00", "+01:00", ""})],
)
@pytest.mark.parametrize("version", ["v1", "v2"])
def test_stamps_are_the_same_moments_however_written(demo, client, version, stamps, endings):
    plain = rows(client, version=version)
    demo.switch(stamps=stamps)
    odd = rows(client, version=version)
    assert {row["call_start_at"].partition(".000")[2] or row["call_start_at"][19:] for row in odd} <= endings | {".000"}
    for before, after in zip(plain, odd, strict=True):
        moment = datetime.fromisoformat(after["call_start_at"])
        if moment.tzinfo is not None:
            assert moment == datetime.fromisoformat(before["call_start_at"])


def test_rows_may_have_nulls_numbers_as_text_and_be_unreadable(demo, client):
    demo.switch(nulls=True, numeric_strings=True, unreadable_every=9)
    odd = rows(client)
    assert any(row is None or not isinstance(row, dict) for row in odd)
    read = [row for row in odd if isinstance(row, dict)]
    assert any(row["user_name"] is None for row in read)
    assert {type(row["call_duration"]) for row in read} == {str, type(None)}
    assert any("call_start_at" not in row for row in read)
    assert any(row.get("call_start_at", "").startswith("yesterday") for row in read)
    demo.switch(nulls=False, numeric_strings=False, unreadable_every=0)
    assert all(isinstance(row["call_duration"], int) for row in rows(client))


@pytest.mark.parametrize(("version", "key"), [("v1", "answered_by_user_name"), ("v2", "user_name")])
def test_who_answered_may_be_filled_in_later(demo, client, version, key):
    demo.switch(answered_by_missing=20)
    early = rows(client, "get-queue-calls", version)
    assert all(row[key] is None for row in early[:20])
    demo.switch(answered_by_missing=0)
    late = rows(client, "get-queue-calls", version)
    assert any(row[key] for row in late[:20])
    assert early[20:] == late[20:]


def test_the_clock_runs_unless_it_is_told_to_stand(demo):
    now = demo.state().now
    assert demo.state().now == now == NOW.isoformat()
    demo.tick(timedelta(minutes=1))
    assert demo.state().now == (NOW + timedelta(minutes=1)).isoformat()
    with DemoServer(calls=0) as running:
        assert abs(datetime.fromisoformat(running.state().now) - datetime.now(UTC)) < timedelta(seconds=30)
