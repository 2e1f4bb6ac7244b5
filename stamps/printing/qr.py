"""QR symbols of stamps: the one door to `qrcode`.

Source: ISO/IEC 18004 (QR code); module sizes: GS1 General Specifications, "Symbol specification tables".
"""

from collections.abc import Iterator
from functools import lru_cache
from html import escape

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import ALPHA_NUM, MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData, lost_point

from stamps.errors import NotPrintable

Matrix = tuple[tuple[bool, ...], ...]
Modules = NDArray[np.uint8]

QUIET_MODULES = 4
MAX_LENGTH = 90  # characters of a version 4 symbol at level M; longer addresses make stamps too fine
# Trying all eight masks is 87 % of the work of `qrcode`. Over samples of our addresses mask 3 has
# the lowest mean penalty, 1 to 10 % before the next ones, and at the limit of what a camera reads
# it decoded as often as the best mask of each symbol.
MASK = 3

# In the order of their values: a pair of them is 11 bits, a single one at the end 6.
CHARACTERS: str = ALPHA_NUM.decode("ascii")
_CHARACTERS = frozenset(CHARACTERS)


def matrix(uri: str) -> Matrix:
    """Return the modules of the smallest symbol of `uri`, row by row, True is dark, without quiet zone.

    Error correction M, alphanumeric mode, fixed mask. Raises NotPrintable.
    """
    return tuple(tuple(bool(module) for module in row) for row in _drawn(uri, version_of(uri), MASK))


def reference(text: str, *, version: int, mask: int) -> Modules:
    """Return the symbol as `qrcode` draws it, 1 is dark: alphanumeric mode if it can be, else bytes; level M."""
    return np.array(_drawn(text, version, mask), np.uint8)


def _drawn(text: str, version: int, mask: int) -> list[list[bool]]:
    code = QRCode(version=version, error_correction=ERROR_CORRECT_M, border=0, mask_pattern=mask)
    code.add_data(_data(text))
    code.make(fit=False)
    modules: list[list[bool]] = code.modules
    return modules


def penalty(symbol: Modules) -> int:
    """Return the penalty of a finished symbol (ISO/IEC 18004, "Evaluation of data masking results"): less is better."""
    return int(lost_point(symbol.astype(bool).tolist()))


def is_compact(text: str) -> bool:
    """Say whether the text can be in alphanumeric mode."""
    return _CHARACTERS.issuperset(text)


def version_of(uri: str) -> int:
    """Return the version of the smallest symbol of `uri`, 1 to 4. Raises NotPrintable."""
    foreign = "".join(sorted(set(uri) - _CHARACTERS))
    if foreign:
        raise NotPrintable(
            _("“%(uri)s” cannot be a compact code because of “%(foreign)s”. Write the address in capitals.")
            % {"uri": uri, "foreign": foreign}
        )
    if len(uri) > MAX_LENGTH:
        raise NotPrintable(
            _("“%(uri)s” has %(length)s characters, a stamp carries %(most)s. Choose a shorter host name.")
            % {"uri": uri, "length": len(uri), "most": MAX_LENGTH}
        )
    return version_for(len(uri))


def modules_of(uri: str) -> int:
    """Return how many modules wide the symbol of `uri` is, without quiet zone."""
    return 17 + 4 * version_of(uri)


@lru_cache(maxsize=256)
def version_for(length: int, *, compact: bool = True) -> int:
    """Return the version of the smallest symbol of so many characters, in alphanumeric mode or as bytes."""
    code = QRCode(error_correction=ERROR_CORRECT_M)
    code.add_data(_data(("0" if compact else "a") * length))
    return int(code.best_fit())


def _data(text: str) -> QRData:
    mode = MODE_ALPHA_NUM if is_compact(text) else MODE_8BIT_BYTE
    return QRData(text.encode("ascii"), mode=mode, check_data=False)


def runs(symbol: Matrix) -> Iterator[tuple[int, int, int]]:
    """Yield row, first column and length of every run of dark modules."""
    for row, modules in enumerate(symbol):
        start = None
        for column, dark in enumerate((*modules, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield row, start, column - start
                start = None


def svg(uri: str, module_mm: float) -> str:
    """Return the symbol with its quiet zone as one inline SVG element, `module_mm` mm per module.

    No style attribute and no script, so a strict content security policy allows it.
    """
    symbol = matrix(uri)
    side = len(symbol) + 2 * QUIET_MODULES
    path = "".join(
        f"M{column + QUIET_MODULES} {row + QUIET_MODULES}h{length}v1h-{length}z" for row, column, length in runs(symbol)
    )
    title = escape(_("QR code of %(uri)s") % {"uri": uri})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" viewBox="0 0 {side} {side}"'
        f' width="{side * module_mm:.3f}mm" height="{side * module_mm:.3f}mm" shape-rendering="crispEdges">'
        f'<title>{title}</title><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>'
    )
