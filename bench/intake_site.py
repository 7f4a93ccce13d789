"""The pages of the intake measurement: a bare one-INSERT view beside the whole intake, on one server."""

import json
import uuid
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

application = get_wsgi_application()

from shounuo.cases.actions import Asking, take_in  # noqa: E402
from shounuo.organisation.actions import Stamp  # noqa: E402
from shounuo.organisation.models import Unit  # noqa: E402

_places: dict[str, Any] = {}


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    """Parse a body, insert one row, answer."""
    said = json.loads(request.body)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_bare (stream, words, at) VALUES (%s, %s, %s)",
            [uuid.uuid4().hex, said["words"], str(timezone.now())],
        )
    return JsonResponse({"ok": True})


@csrf_exempt
def whole(request: HttpRequest) -> HttpResponse:
    """Parse a body, take the matter in with case, party, words, facts, clocks and key, answer with the receipt."""
    said = json.loads(request.body)
    if not _places:
        _places["house"] = Unit.objects.organisations().get(code="qingxi")
        _places["section"] = Unit.objects.get(code="metrology")
    now = timezone.now()
    asking = Asking(kind="application", channel="window", words=said["words"], key=uuid.uuid4().hex,
                    service="weighing-instrument-verification", section=_places["section"], name=said["name"],
                    phone=said["phone"], staff="0" * 32, visit="v1")  # fmt: skip
    receipt = take_in(_places["house"], asking, Stamp("0" * 32, now, now), "bench")
    return JsonResponse({"number": receipt.number, "secret": receipt.secret}, status=201)


urlpatterns = [path("bare/", bare), path("whole/", whole)]
