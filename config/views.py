"""Pages for what goes wrong. They say nothing of the inside."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.template.exceptions import TemplateDoesNotExist

log = logging.getLogger("huxin.errors")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself makes no sense."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the refused act in words where the refusal names it."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same page for what does not exist and for what is not the reader's to see."""
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 after a form without its token: usually a page left open over a new sign-in."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a number under which the log knows more. Needs neither the database nor the rest of the frame."""
    incident = getattr(request, "request_id", "")
    try:
        body = loader.get_template("500.html").render({"incident": incident})
    except TemplateDoesNotExist:
        body = f"<!doctype html><title>500</title><p>500 {incident}</p>"
    return HttpResponse(body, status=500)
