"""make bench: print every ratio and write benchmarks/latest.json ({name: ratio})."""

import json
import os
from importlib import import_module
from pathlib import Path

MODULES = ("stamps", "scans", "documents", "desk", "imports")


def main() -> None:
    """Measure module after module; a name may be given only once."""
    os.environ.setdefault("TXNG_DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    ratios: dict[str, float] = {}
    for name in MODULES:
        for ratio, value in import_module(f"benchmarks.{name}").measure().items():
            if ratio in ratios:
                raise ValueError(f"ratio {ratio} is measured twice")
            ratios[ratio] = round(value, 2)
            print(f"{ratio:40} {value:10.2f}")
    Path(__file__).with_name("latest.json").write_text(json.dumps(ratios, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
