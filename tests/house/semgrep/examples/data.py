"""What the rules of data.yaml refuse and let pass."""

import random
import secrets

# ruleid: call-to-another-host
import urllib.request

# ok: call-to-another-host
from urllib.parse import urlsplit

# ruleid: call-to-another-host
import requests
from sqlalchemy import text


def bad(connection, name, table):
    # ruleid: sql-put-together
    connection.execute(text(f"DELETE FROM service WHERE name = '{name}'"))
    # ruleid: sql-put-together
    connection.execute(text("VACUUM " + table))
    # ruleid: sql-put-together
    connection.exec_driver_sql("ANALYZE {}".format(table))
    # ruleid: chance-for-a-secret
    token = random.getrandbits(64)
    return token


def reset_code():
    # ruleid: chance-for-a-secret
    return "".join(random.choices("0123456789", k=6))


def good(connection, name, milliseconds):
    # ok: sql-put-together
    connection.execute(text("DELETE FROM service WHERE name = :name"), {"name": name})
    # ok: sql-put-together
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {milliseconds}")
    # ok: chance-for-a-secret
    token = secrets.token_urlsafe()
    # ok: chance-for-a-secret
    shown = random.choice([1, 2, 3])
    return urlsplit(token), shown
