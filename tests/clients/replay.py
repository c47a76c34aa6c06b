"""A small web server on the loopback that replays outside services and misbehaves when told."""

import gzip
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

RECORDED = Path(__file__).parent / "recorded"
MISSING = object()


@dataclass
class Fault:
    """What to do instead of the next whole answer to an address that contains ``at``."""

    at: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    drop_after: int | None = None
    truncate_to: int | None = None


class Replay:
    """Answers by path; keeps every request; ``faults`` are used up one by one."""

    def __init__(self) -> None:
        self.routes: dict[str, Callable[[dict[str, str]], Any]] = {}
        self.headers: dict[str, dict[str, str]] = {}
        self.faults: list[Fault] = []
        self.requests: list[str] = []
        self.agents: list[str] = []
        self.sent_headers: list[dict[str, str]] = []
        replay = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 65536

            def do_GET(self) -> None:
                replay.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.requests.append(handler.path)
        self.agents.append(handler.headers.get("User-Agent", ""))
        self.sent_headers.append({key.lower(): value for key, value in handler.headers.items()})
        parts = urlsplit(handler.path)
        fault = next((one for one in self.faults if one.at in handler.path), None)
        if fault:
            self.faults.remove(fault)
        status, headers = (fault.status, dict(fault.headers)) if fault else (200, {})
        if fault and fault.body is not None:
            body = fault.body
        else:
            route = self.routes.get(parts.path)
            asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
            found = route(asked) if route else MISSING
            status = 404 if found is MISSING else status
            body = found if isinstance(found, bytes) else _json(found)
            headers |= self.headers.get(parts.path, {})
            if (etag := headers.get("ETag")) and handler.headers.get("If-None-Match") == etag:
                status, body = 304, b""
        self._send(handler, status, headers, body, fault)

    def _send(
        self,
        handler: BaseHTTPRequestHandler,
        status: int,
        headers: dict[str, str],
        body: bytes,
        fault: Fault | None,
    ) -> None:
        if fault and fault.truncate_to is not None:
            body = body[: fault.truncate_to]
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if fault and fault.drop_after is not None:
            handler.wfile.write(body[: fault.drop_after])
            handler.wfile.flush()
            handler.close_connection = True
            return
        handler.wfile.write(body)

    def serve(self, path: str, payload: Any) -> None:
        self.routes[path] = lambda _: payload

    def asked(self, part: str) -> list[str]:
        return [request for request in self.requests if part in request]


def _json(found: Any) -> bytes:
    return json.dumps({"error": "not found"} if found is MISSING else found).encode()


def recorded_table() -> dict[str, list[dict[str, Any]]]:
    """The excerpt of 84799NED."""
    return json.loads(gzip.decompress((RECORDED / "84799NED.json.gz").read_bytes()))


def odata_rows(
    rows: list[dict[str, Any]], url: str, *, size: int, next_key: str = "odata.nextLink"
) -> Callable[[dict[str, str]], Any]:
    """An OData list in pages: knows ``startswith``, ``eq``, ``or``, ``and``, select and skip."""

    def answer(asked: dict[str, str]) -> Any:
        kept = [row for row in rows if _passes(row, asked.get("$filter", ""))]
        skip = int(asked.get("$skip", 0))
        page = kept[skip : skip + size]
        if select := asked.get("$select"):
            page = [{key: row[key] for key in select.split(",") if key in row} for row in page]
        payload: dict[str, Any] = {"value": page}
        if skip + size < len(kept):
            rest = "&".join(f"{k}={v}" for k, v in asked.items() if k != "$skip")
            payload[next_key] = f"{url}?{rest}&$skip={skip + size}".replace(" ", "%20")
        return payload

    return answer


_CLAUSE = re.compile(r"startswith\((\w+),'([^']*)'\)|(\w+) (eq) '([^']*)'")


def _passes(row: dict[str, Any], text: str) -> bool:
    """Whether the row passes; keys are compared as stored, with their padding."""
    parts = re.split(r" and (?![^()]*\) or)", text) if text else []
    return all(any(_clause(row, one) for one in part.split(" or ")) for part in parts)


def _clause(row: dict[str, Any], text: str) -> bool:
    found = _CLAUSE.search(text)
    if found is None:
        raise ValueError(f"the replay does not know the filter {text}")
    if found[4]:
        return row[found[3]] == found[5]
    return str(row[found[1]]).startswith(found[2])


def serve_v3(replay: Replay, *, size: int = 100) -> dict[str, list[dict[str, Any]]]:
    """Serve the recorded table as OData v3 does, in pages of ``size`` rows."""
    table = recorded_table()
    feed = "/ODataFeed/odata/84799NED"
    for entity in ("TableInfos", "DataProperties", "WijkenEnBuurten"):
        replay.serve(f"{feed}/{entity}", {"value": table[entity]})
    url = f"{replay.base}{feed}/TypedDataSet"
    replay.routes[f"{feed}/TypedDataSet"] = odata_rows(table["TypedDataSet"], url, size=size)
    return table


V4_MEASURES = {
    "M000352": "AantalInwoners_5",
    "M000100": "PersonenPerSoortUitkeringBijstand_83",
    "M000201": "GemiddeldeHuishoudensgrootte_32",
    "M000300": "GeboorteTotaal_24",
    "M000400": "SoortRegio_2",
}


def serve_v4(replay: Replay, *, size: int = 400, groups: bool = True) -> None:
    """Serve five columns of the recorded table as OData v4 does: one observation per figure."""
    table = recorded_table()
    base = "/v4/84799NED"
    titles = {one["Key"]: one for one in table["DataProperties"]}
    measures, rows = [], []
    for index, (measure, key) in enumerate(V4_MEASURES.items()):
        kind = titles[key]["Datatype"]
        measures.append(
            {"Identifier": measure, "Index": index, "Title": titles[key]["Title"], "Unit": "aantal",
             "DataType": kind, "Decimals": titles[key]["Decimals"], "Description": "",
             "MeasureGroupId": "Bevolking" if groups and index == 0 else None}
        )  # fmt: skip
        for row in table["TypedDataSet"]:
            text = row[key].strip() if kind == "String" else None
            if row[key] is None:
                continue
            rows.append(
                {"Id": len(rows), "Measure": measure, "ValueAttribute": "None",
                 "Value": None if text else float(row[key]), "StringValue": text,
                 "WijkenEnBuurten": row["WijkenEnBuurten"].strip()}
            )  # fmt: skip
    secret = next(one for one in rows if one["WijkenEnBuurten"] == "GM1680")
    secret |= {"Value": None, "ValueAttribute": "Confidential"}
    properties = json.loads((RECORDED / "81075ned_properties_v4.json").read_text("utf-8"))
    replay.serve(f"{base}/Properties", properties | {"Identifier": "84799NED"})
    dimension = {
        "Identifier": "WijkenEnBuurten",
        "Title": "Wijken en buurten",
        "Kind": "GeoDimension",
    }
    replay.serve(f"{base}/Dimensions", {"value": [dimension]})
    replay.serve(f"{base}/MeasureCodes", {"value": measures})
    if groups:
        nested = [{"Id": "Mensen", "Title": "Mensen", "ParentId": None}]
        nested.append({"Id": "Bevolking", "Title": "Bevolking", "ParentId": "Mensen"})
        replay.serve(f"{base}/MeasureGroups", {"value": nested})
    codes = [
        {"Identifier": one["Key"].strip(), "Index": index, "Title": one["Title"]}
        for index, one in enumerate(table["WijkenEnBuurten"])
    ]
    replay.serve(f"{base}/WijkenEnBuurtenCodes", {"value": codes})
    url = f"{replay.base}{base}/Observations"
    replay.routes[f"{base}/Observations"] = odata_rows(
        rows, url, size=size, next_key="@odata.nextLink"
    )
