"""Nothing typed is kept: a word that exists nowhere else is sent through every door and looked for afterwards."""

import io
import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.disk import on_disk

CANARY = "zyxcanaryqwv"


def everything_in(app: Flask) -> bytes:
    found = io.BytesIO()
    with app.extensions["database"].connect() as connection:
        from app.extensions import Base

        for table in Base.metadata.sorted_tables:
            for row in connection.execute(text(f'SELECT * FROM "{table.name}"')):
                found.write(repr(tuple(row)).encode())
    found.write(on_disk(app.config["DATA_DIR"]))
    return found.getvalue()


@pytest.mark.both
def test_a_canary_through_every_field_is_found_nowhere(app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    line = f"82F 2 falls {CANARY} lives alone"
    client.post("/api/assistant", json={"text": line, "earlier": [line], "answers": {CANARY: CANARY}, "near": CANARY})
    client.post("/api/assistant", json={"text": line, "earlier": [line], "flipped": {CANARY: "absent"}, "answers": {CANARY: CANARY}})
    client.post("/api/assistant", json={"text": line, CANARY: 1})
    client.post("/api/assistant", data=line)
    client.post("/ask", data={"text": line, "earlier": line, "flip": f"{CANARY}=absent", "answer": f"{CANARY}=x", "add": CANARY})
    client.post("/ask", data={"text": line, "council": CANARY})
    client.get("/search", query_string={"q": f"day centre {CANARY}"})
    client.get("/api/search", query_string={"q": f"day centre {CANARY}"})
    client.post("/practice", data={"text": CANARY})
    assert CANARY.encode() not in everything_in(app)
    assert CANARY not in caplog.text


@pytest.mark.both
def test_what_is_counted_is_ids_only(app: Flask, client: FlaskClient) -> None:
    client.post("/api/assistant", json={"text": "82F 2 falls, lives alone"})
    with app.extensions["database"].connect() as connection:
        rows = connection.execute(text("SELECT kind, facts FROM event")).all()
    assert len(rows) == 1 and rows[0].kind == "assistant_asked"
    assert "falls" in str(rows[0].facts) and "82F" not in str(rows[0].facts)
