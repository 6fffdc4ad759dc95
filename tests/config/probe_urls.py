"""Views that break or keep each rule of the middleware."""

from functools import partial, wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path
from django.views import View
from django.views.decorators.http import require_POST

from agencies.access import rule
from agencies.rights import Right
from config import urls as site


def plainly(request):
    return HttpResponse("served")


def named(name):
    @rule(name)
    def view(request):
        return HttpResponse("served")

    return view


def wrapped(view):
    @wraps(view)
    def inner(request):
        return view(request)

    return inner


@rule("signed_in")
class ClassBased(View):
    def get(self, request):
        return HttpResponse("served")


class WithoutRule(View):
    def get(self, request):
        return HttpResponse("served")


@rule("signed_in")
def with_parameter(request, word):
    return HttpResponse(word)


@rule("public")
def broken(request):
    raise RuntimeError("the inside of the site")


@rule("signed_in")
def refused(request):
    raise PermissionDenied("这一步由负责人办理")


@rule("public")
def cached(request):
    return HttpResponse("served", headers={"Cache-Control": "public, max-age=600"})


urlpatterns = [
    *site.urlpatterns,
    path("none/", plainly),
    path("none-class/", WithoutRule.as_view()),
    path("none-wrapped/", wrapped(plainly)),
    path("public/", named("public")),
    path("signed-in/", named("signed_in")),
    path("case/", named(f"case:{Right.INVESTIGATE}")),
    path("right/", named(Right.REGISTER)),
    path("typo/", named("regsiter")),
    path("class/", ClassBased.as_view()),
    path("wrapped/", wrapped(named("signed_in"))),
    path("partial/", partial(with_parameter, word="served")),
    path("post/", rule("public")(require_POST(plainly))),
    path("broken/", broken),
    path("refused/", refused),
    path("cached/", cached),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
