"""The page on which somebody says that they want no mail; it has no account and no name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from rodedraad.fieldwork.opting_out import contact_of_token, contact_opt_out


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the token is the secret
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def opt_out(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button, which changes nothing; posting it stops mail of every study."""
    contact = contact_of_token(token)
    done = request.method == "POST" and contact is not None
    if contact is not None and done:
        contact_opt_out(contact)
    context = {"known": contact is not None, "done": done}
    return render(request, "fieldwork/opt_out.html", context)
