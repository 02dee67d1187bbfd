#!/usr/bin/env python3
"""Starts the server on a folder of its own and lets schemathesis look at it: as a stranger, then as a coordinator.

    run.py SERVER SCHEMATHESIS

The database is SQLite, or one made on the PostgreSQL that UNDERSIGNED_TEST_POSTGRES names, which takes less: no NUL in a text.
The server is the demo with the whole job played, one more statement that is open for signature and one that is being drafted,
so that a coordinator's requests reach something. Ends with 0 when neither finds anything and the server has logged no error.
"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).parent
COORDINATOR = "focalpoint@lfea-us.example"


class Server:
    def __init__(self, program, folder):
        self.log = folder / "log"
        where = ["--data", folder / "data"]
        if postgres := os.environ.get("UNDERSIGNED_TEST_POSTGRES"):
            name = f"undersigned_api_{os.getpid()}"
            subprocess.run(["psql", f"{postgres}/postgres", "-q", "-c", f"CREATE DATABASE {name}"], check=True)
            where += ["--database", f"{postgres}/{name}"]
        with open(self.log, "wb") as log:
            command = [program, "demo", "--finished", "--listen", "127.0.0.1:0", *where]
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        for line in self.process.stdout:
            if line.startswith("Listening on "):
                self.url = line.split()[-1]
                break
        else:
            sys.exit(self.log.read_text())
        port = self.url.rsplit(":", 1)[1]
        link = subprocess.run([program, "admin", "link", COORDINATOR, "--listen", f"127.0.0.1:{port}", *where],
                              check=True, capture_output=True, text=True)
        opener = urllib.request.build_opener(Stays())
        self.session = re.search("sid=([^;]+)", opener.open(link.stdout.strip(), data=b"").headers["set-cookie"])[1]

    def ask(self, method, path, body=None):
        """A coordinator's request."""
        headers = {"cookie": f"sid={self.session}", "content-type": "application/json"}
        request = urllib.request.Request(self.url + path, None if body is None else json.dumps(body).encode(), headers, method=method)
        try:
            return json.loads(urllib.request.urlopen(request).read() or "{}")
        except urllib.error.HTTPError as refused:
            sys.exit(f"{method} {path}: {refused.read().decode()}")

    def page(self, path):
        return urllib.request.urlopen(self.url + path).read().decode()

    def ends(self):
        self.process.terminate()
        ended = self.process.wait(timeout=60)
        return ended, [line for line in self.log.read_text().splitlines() if "ERROR" in line or "panicked" in line]


class Stays(urllib.request.HTTPRedirectHandler):
    """Follows no redirect, and calls none an error."""

    def http_error_303(self, request, answer, code, message, headers):
        return answer


def things(server):
    """What is there, by the name of the parameter that asks for it."""
    organisations = [one["id"] for one in server.ask("GET", "/api/organisations")["organisations"]]
    words = [{"type": "text", "text": "Books are for everybody."}]

    def drafted(title):
        statement = server.ask("POST", "/api/statements", {"title": title, "language": "en"})["id"]
        seen = server.ask("GET", f"/api/statements/{statement}/drafters")["seen"]
        server.ask("PUT", f"/api/statements/{statement}/drafters", {"organisations": [{"id": one, "may": "edit"} for one in organisations[:2]], "seen": seen})
        heading = {"type": "heading", "level": 1, "content": [{"type": "text", "text": title}]}
        text = {"v": "text/v1", "language": "en", "blocks": [heading, {"type": "paragraph", "content": words}]}
        server.ask("POST", f"/api/statements/{statement}/draft", {"text": text})
        return statement

    drafting, opened = drafted("Keep the bridge open"), drafted("Keep the library open")
    server.ask("POST", f"/api/statements/{opened}/freeze", {"seen": server.ask("GET", f"/api/statements/{opened}/freeze")["seen"]})
    closes_at = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=30)).isoformat()
    terms = {"organisations": organisations[:20], "closes_at": closes_at}
    seen = server.ask("POST", f"/api/statements/{opened}/rounds/preview", terms)["seen"]
    server.ask("POST", f"/api/statements/{opened}/rounds", {**terms, "seen": seen})
    statements = server.ask("GET", "/api/statements")["statements"]
    tokens = []
    while not tokens:
        # Letters are written a moment after the round has opened.
        tokens = re.findall(r'href="[^"]*/sign/([0-9a-z]+)"', server.page("/letters"))
    return {
        "statements": [one["id"] for one in statements],
        "editions": [one["edition"]["id"] for one in statements if one["edition"]],
        "rounds": [one["round"]["id"] for one in statements if one["round"]],
        "organisations": organisations[:5],
        "tokens": tokens[:20],
    }


def looks(program, server, folder, who, more):
    """One run; what it found stands on standard output."""
    config = folder / f"{who}.toml"
    config.write_text((HERE / "schemathesis.toml").read_text() + more)
    command = [program, "--config-file", config, "run", f"{server.url}/api/openapi.json", "--no-color"]
    return subprocess.Popen(command, cwd=folder, env={**os.environ, "UNDERSIGNED_SESSION": server.session},
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def with_things(found):
    """Parameters that often name something that is there."""
    lists = "\n".join(f"[dictionaries.{name}]\nvalues = {json.dumps(values)}\n" for name, values in found.items())
    places = [("/api/organisations", "id", "organisations"), ("/api/statements", "id", "statements"), ("/api/editions", "id", "editions"),
              ("/api/rounds", "id", "rounds"), ("/s/", "id", "statements"), ("/sign/", "token", "tokens")]
    bound = "\n".join(
        f'[[operations]]\ninclude-path-regex = "^{path}.*[{{]"\nparameters = {{ "path.{name}" = {{ dictionary = "{values}", probability = 0.8 }} }}\n'
        for path, name, values in places
    )
    # Signing out would make everything after it a stranger's.
    signed_in = '[auth.openapi.session]\napi_key = "${UNDERSIGNED_SESSION}"\n\n[[operations]]\ninclude-operation-id = "signOut"\nenabled = false\n'
    return f"\n{lists}\n{bound}\n{signed_in}"


def main():
    program, schemathesis = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    with tempfile.TemporaryDirectory(prefix="undersigned-api-") as folder:
        folder = pathlib.Path(folder)
        server = Server(program, folder)
        try:
            found = things(server)
            runs = {"stranger": "", "coordinator": with_things(found)}
            runs = {who: looks(schemathesis, server, folder, who, more) for who, more in runs.items()}
            said = {who: (run.communicate()[0], run.returncode) for who, run in runs.items()}
        finally:
            ended, errors = server.ends()
        for who, (text, code) in said.items():
            print(f"As a {who}: " + (text.strip().splitlines()[-1].strip("= ") if code == 0 else f"\n{text}"))
        for line in errors:
            print(line)
        print(f"The server ended with {ended} and logged {len(errors)} errors.")
        sys.exit(any(code for _, code in said.values()) or ended != 0 or bool(errors))


main()
