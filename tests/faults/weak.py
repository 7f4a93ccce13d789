"""The product with a defect, to see that the fault tests find it: SHOUNUO_WEAK names which.

`early`: the acknowledgement goes out before the commit. `unsynced`: commits do not wait for the disk.
Nothing of the product serves this: start-up checks would refuse the second.
"""

import os
import threading
import time
from itertools import count

from shounuo.site import config

WEAK = os.environ["SHOUNUO_WEAK"]
LATER = 0.5
numbers = count(9_000_000 + os.getpid() % 1000 * 1000)

if WEAK == "unsynced":
    strong = config.postgresql
    config.SQLITE_AT_CONNECT = config.SQLITE_AT_CONNECT.replace("synchronous=FULL", "synchronous=OFF")

    def weaker(url):
        found = strong(url)
        found["OPTIONS"]["options"] = found["OPTIONS"]["options"].replace("_commit=on", "_commit=off")
        return found

    config.postgresql = weaker

from shounuo.site.wsgi import application  # noqa: E402, F401 - what granian serves

if WEAK == "early":
    from django.db import connection

    from shounuo.cases.actions import intake
    from shounuo.cases.intake_rows import Row

    really = intake.insert_all

    def insert_later(_connection, rows):
        number = next(numbers)
        case, *others = rows

        def later():
            time.sleep(LATER)
            really(connection, [Row(case.table, {**case.values, "id": number}), *others])

        threading.Thread(target=later).start()
        return number

    intake.insert_all = insert_later
