"""A small load: processes that post one body again and again over kept-alive connections on loopback."""

import http.client
import multiprocessing as mp
import time
from statistics import median
from typing import Any


def _post(port: int, path: str, body: bytes, seconds: float, out: Any) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Content-Type": "application/json"}
    done, waits, end = 0, [], time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status not in (200, 201):
            raise SystemExit(f"{path}: {answer.status}")
        done += 1
        waits.append(time.perf_counter() - began)
    out.put((done, waits))


def requests_per_second(
    port: int, path: str, body: bytes, seconds: float, clients: int
) -> tuple[float, float]:
    """(requests a second, median milliseconds) over ``seconds`` with ``clients`` processes."""
    out: Any = mp.Queue()
    began = time.perf_counter()
    workers = [mp.Process(target=_post, args=(port, path, body, seconds, out)) for _ in range(clients)]
    for worker in workers:
        worker.start()
    results = [out.get() for _ in workers]
    for worker in workers:
        worker.join()
    waits = [wait for _done, some in results for wait in some]
    return sum(done for done, _waits in results) / (time.perf_counter() - began), median(waits) * 1000
