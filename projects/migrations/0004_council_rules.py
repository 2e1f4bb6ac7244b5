"""The built-in rules of acceptance councils, so that a fresh installation can call one.

The pattern of TT 11/2014/TT-BKHCN: seven or nine members, two thirds of them present with one council
reviewer, three quarters for "excellent", two thirds for "passed", nothing passes six months late.
"""

from django.db import migrations

BUILT_IN = {
    "code": "mau-tt-11-2014",
    "name": "Theo mẫu Thông tư 11/2014/TT-BKHCN (7 hoặc 9 thành viên)",
    "sizes": [7, 9],
    "present_num": 2,
    "present_den": 3,
    "reviewers_present": 1,
    "excellent_num": 3,
    "excellent_den": 4,
    "pass_num": 2,
    "pass_den": 3,
    "late_months": 6,
}


def add_rules(apps, schema_editor):
    """Add the row; one that is there already, perhaps changed by the province, stays as it is."""
    rules = apps.get_model("projects", "CouncilRules")
    rules.objects.get_or_create(code=BUILT_IN["code"], defaults=BUILT_IN)


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_baselines_stay")]
    operations = [migrations.RunPython(add_rules, migrations.RunPython.noop, elidable=False)]
