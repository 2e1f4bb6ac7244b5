"""What the papers about lots and stamps print: one frozen dataclass per kind of paper."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class StampRange:
    """A run of stamps handed over, and the lot it is activated on ("" while it is not)."""

    product: str
    first_serial: str
    last_serial: str
    quantity: int
    lot: str
    activated_on: str


@dataclass(frozen=True, kw_only=True)
class StampHandover:
    """Context of stamp_handover: minutes of handing over and activating stamps (GL-2.D3)."""

    project_title: str
    order_number: str
    held_on: str
    place: str
    giver_name: str
    giver_title: str
    giver_organisation: str
    receiver_name: str
    receiver_title: str
    receiver_organisation: str
    ranges: tuple[StampRange, ...]
    quantity: int
    activated: int


@dataclass(frozen=True, kw_only=True)
class SystemStage:
    """A stage of the chain in the electronic system, and what it has recorded."""

    name: str
    actor: str
    events: int


@dataclass(frozen=True, kw_only=True)
class SystemLot:
    """A lot followed through the system."""

    number: str
    product: str
    produced_on: str
    place: str
    events: int


@dataclass(frozen=True, kw_only=True)
class SystemStamps:
    """The stamps of a product: issued, activated."""

    product: str
    code: str
    issued: int
    activated: int


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """An item checked on the public page, and what was seen."""

    item: str
    result: str


@dataclass(frozen=True, kw_only=True)
class Attendant:
    """Someone who took part in the check."""

    name: str
    title: str
    organisation: str


@dataclass(frozen=True, kw_only=True)
class ElectronicSystem:
    """Context of electronic_system: minutes that confirm the working electronic system (GL-1.D4)."""

    project_title: str
    product_name: str
    held_on: str
    place: str
    attendants: tuple[Attendant, ...]
    stages: tuple[SystemStage, ...]
    lots: tuple[SystemLot, ...]
    stamps: tuple[SystemStamps, ...]
    scan_address: str  # of the stamp that was scanned
    checks: tuple[CheckRow, ...]
    portal_state: str  # never "connected" without the portal's own confirmation (GL-1.3)
    remarks: tuple[str, ...]
