"""An OpenID provider that can misbehave on request: `python provider.py` prints its port. Each first part of a path is an issuer.

PUT to `/<issuer>/orders` says how: "claims" and "userinfo" (what it says of somebody; None takes a claim away), "header", "key"
("other": one that it does not publish), "alg" ("none", "HS256"), "metadata", "answer" (parameters that it sends back), "slow"
(seconds before a token), "elsewhere" (its token endpoint redirects), "assertion_key" (the client's public key).
"""

import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

ALGORITHMS = ["RS256", "RS512", "none"]
orders: dict[str, dict[str, Any]] = {}
codes: dict[str, dict[str, str]] = {}
keys = [RSAKey.generate_key(2048, auto_kid=True)]
other = RSAKey.generate_key(2048)


def without_none(*many: dict[str, Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for one in many:
        merged |= one
    return {name: value for name, value in merged.items() if value is not None}


def signed(claims: dict[str, Any], order: dict[str, Any]) -> str:
    alg, kid = order.get("alg", "RS256"), keys[-1].kid
    header = {"alg": alg, "kid": kid, **order.get("header", {})}
    if alg == "HS256":  # The classic attack, by hand since joserfc refuses: the public key, which everybody has, as a shared secret.
        parts = b".".join(encoded(json.dumps(part).encode()) for part in (header, claims))
        digest = hmac.new(keys[-1].as_pem(private=False), parts, hashlib.sha256).digest()
        return (parts + b"." + encoded(digest)).decode()
    return jwt.encode(header, claims, other if order.get("key") == "other" else keys[-1], algorithms=ALGORITHMS)


def encoded(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


class Provider(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.answer_to({})

    def do_POST(self) -> None:
        self.answer_to(dict(parse_qsl(self.body())))

    def do_PUT(self) -> None:
        orders[self.path.split("/")[1]] = json.loads(self.body())
        self.say({})

    def body(self) -> str:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()

    def answer_to(self, form: dict[str, str]) -> None:
        path = urlsplit(self.path)
        _, self.name, what = path.path.split("/", 2)
        self.order = orders.get(self.name, {})
        self.base = f"http://{self.headers['Host']}/{self.name}"
        getattr(self, what.rpartition("/")[2].replace("-", "_"))(dict(parse_qsl(path.query)) | form)

    def openid_configuration(self, _asked: dict[str, str]) -> None:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        ends |= {"userinfo_endpoint": "userinfo", "end_session_endpoint": "end"}
        found: dict[str, Any] = {"issuer": self.base, "token_endpoint_auth_signing_alg_values_supported": ["RS256", "RS512"]}
        found |= {end: f"{self.base}/{path}" for end, path in ends.items()}
        self.say(without_none(found, self.order.get("metadata", {})))

    def authorize(self, asked: dict[str, str]) -> None:
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        code = secrets.token_urlsafe(8)
        codes[code] = asked
        sent = without_none({"code": code, "state": asked["state"]}, self.order.get("answer", {}))
        self.send(302, b"", Location=f"{asked['redirect_uri']}?{urlencode(sent)}")

    def token(self, asked: dict[str, str]) -> None:
        time.sleep(self.order.get("slow", 0))
        if elsewhere := self.order.get("elsewhere"):
            return self.send(307, b"", Location=elsewhere)
        begun = codes.pop(asked["code"], None)
        if begun is None or not self.right_verifier(asked, begun) or not self.right_client(asked, begun["client_id"]):
            return self.say({"error": "invalid_grant"}, 400)
        now = int(time.time())
        said = {"iss": self.base, "sub": "s-1", "aud": begun["client_id"], "iat": now, "exp": now + 60, "nonce": begun["nonce"]}
        id_token = signed(without_none(said, self.order.get("claims", {})), self.order)
        return self.say(without_none({"access_token": "a", "token_type": "Bearer", "id_token": id_token}, self.order.get("tokens", {})))

    def right_verifier(self, asked: dict[str, str], begun: dict[str, str]) -> bool:
        digest = hashlib.sha256(asked["code_verifier"].encode()).digest()
        return encoded(digest).decode() == begun["code_challenge"]

    def right_client(self, asked: dict[str, str], client: str) -> bool:
        if not self.order.get("assertion_key"):
            return self.headers["Authorization"] == "Basic " + base64.b64encode(f"{client}:for tests only".encode()).decode()
        try:
            key = RSAKey.import_key(self.order["assertion_key"])
            token = jwt.decode(asked["client_assertion"], key, algorithms=["RS512"])
        except JoseError:
            return False
        claims, lasts = token.claims, token.claims["exp"] - token.claims["iat"]
        who = (claims["iss"], claims["sub"], claims["aud"], token.header["kid"])
        return who == (client, client, f"{self.base}/token", key.thumbprint()) and lasts <= 300

    def userinfo(self, _asked: dict[str, str]) -> None:
        self.say(without_none({"sub": "s-1"}, self.order.get("userinfo", {})))

    def jwks(self, _asked: dict[str, str]) -> None:
        self.say(dict(KeySet(keys).as_dict(private=False)))

    def rotate(self, _asked: dict[str, str]) -> None:
        keys[:] = [RSAKey.generate_key(2048, auto_kid=True)]
        self.say({})

    def logout_token(self, _asked: dict[str, str]) -> None:
        now = int(time.time())
        events = {"http://schemas.openid.net/event/backchannel-logout": {}}
        said = {"iss": self.base, "sub": "s-1", "aud": self.name, "iat": now, "exp": now + 60, "jti": "j-1", "events": events}
        token = signed(without_none(said, self.order.get("claims", {})), {"header": {"typ": "logout+jwt"}} | self.order)
        self.say({"logout_token": token})

    def say(self, answer: dict[str, Any], status: int = 200) -> None:
        self.send(status, json.dumps(answer).encode(), **{"Content-Type": "application/json"})

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


if __name__ == "__main__":
    with ThreadingHTTPServer(("127.0.0.1", 0), Provider) as server:
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()
