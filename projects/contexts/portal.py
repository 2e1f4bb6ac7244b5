"""What the final report says of the seven steps: the grounds on which the province builds its portal (seed 003)."""

from dataclasses import dataclass

from projects.contexts.charts import Chart


@dataclass(frozen=True, kw_only=True)
class PortalStep:
    """How many of the products that take part have a step behind them."""

    number: int
    name: str
    done: int
    total: int


@dataclass(frozen=True, kw_only=True)
class RefusalRow:
    """A reason why products were not selected, and how many it kept out."""

    reason: str
    products: int


@dataclass(frozen=True, kw_only=True)
class PortalGroup:
    """Products of similar processes, with the module that the National Barcode Centre made for them."""

    name: str
    products: int
    process_on: str
    module: str
    module_on: str


@dataclass(frozen=True, kw_only=True)
class SupplyRow:
    """The stamps of one provider at the same shares of their cost."""

    provider: str
    products: int
    quantity: int
    received: int
    state_share: int
    producer_share: int


@dataclass(frozen=True, kw_only=True)
class PortalProduct:
    """A selected product and how it stands on the national portal."""

    name: str
    producer: str
    state: str


@dataclass(frozen=True, kw_only=True)
class PortalGrounds:
    """The section on the grounds for the province's portal, filled from steps 1 to 7 (SL-06)."""

    steps: tuple[PortalStep, ...]
    selected: int
    refused: int
    refusals: tuple[RefusalRow, ...]
    groups: tuple[PortalGroup, ...]
    supplies: tuple[SupplyRow, ...]
    stamps_supplied: int
    products: tuple[PortalProduct, ...]
    on_portal: int
    waived: int
    not_recorded: int
    steps_chart: Chart | None = None
