"""Pages of the links that a product's code resolves to."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lots.policies import can_record
from lots.views import show_at_field
from people.errors import Refusal
from people.frame import PersonRequest, layout_for, refusals_said
from registry.models import Product
from stamps import actions
from stamps.forms.links import LINK_NAMES, LinkForm
from stamps.hosts import host_of, is_trusted
from stamps.models import ProductLink


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: PersonRequest, pk: int) -> HttpResponse:
    """The links of a product: those that its code resolves to, those that were removed, and a new one."""
    product = get_object_or_404(Product.objects.visible_to(request.user).select_related("producer"), pk=pk)
    may_link = can_record(request.user, product.producer)
    if request.method == "POST" and not may_link:
        raise PermissionDenied
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_link(product, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            show_at_field(form, refusal)
        else:
            messages.success(request, _("The code now also leads to %(host)s.") % {"host": host_of(made.href)})
            return redirect("product_links", pk)
    kept = list(ProductLink.objects.filter(product=product).select_related("added_by").order_by("link_type", "pk"))
    context = {
        "product": product,
        "form": form if may_link else None,
        "links": [_row(link) for link in kept if link.removed_at is None],
        "removed": [_row(link) for link in kept if link.removed_at],
        "layout": layout_for(request.user),
        "parent_label": product.name,
        "parent_url": product.get_absolute_url(),
    }
    return render(request, "stamps/links.html", context)


@login_required
@require_POST
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a link away; it stays on record."""
    link = get_object_or_404(ProductLink.objects.visible_to(request.user), pk=pk)
    with refusals_said(request):
        actions.remove_link(link, by=request.user)
        messages.success(request, _("The link is removed; scans no longer lead there."))
    return redirect("product_links", link.product_id)


def _row(link: ProductLink) -> dict[str, object]:
    name = LINK_NAMES.get(link.link_type, link.link_type)
    return {"link": link, "name": name, "host": host_of(link.href), "is_trusted": is_trusted(link.href)}
