"""manage.py verify_audit: prove that nobody changed the audit log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people import audit
from people.models import AuditLink


class Command(BaseCommand):
    """Seals what is pending, walks every chain, and fails when a row or link is not as written."""

    help = "Verify the hash chains of the audit log."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each fault; exit with an error when there is one."""
        audit.seal()
        faults = [str(fault) for fault in audit.verify()]
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(f"audit log: {AuditLink.objects.count()} events in order, nothing changed")
