"""QR symbols of stamps: the one door to `qrcode`.

Source: ISO/IEC 18004 (QR code); module sizes: GS1 General Specifications, "Symbol specification tables".
"""

from collections.abc import Iterator
from functools import lru_cache
from html import escape

from django.utils.translation import gettext as _
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import ALPHA_NUM, MODE_ALPHA_NUM, QRData

from stamps.errors import NotPrintable

Matrix = tuple[tuple[bool, ...], ...]

QUIET_MODULES = 4
MAX_LENGTH = 90  # characters of a version 4 symbol at level M; longer addresses make stamps too fine
# Trying all eight masks is 87 % of the work of `qrcode`. Over samples of our addresses mask 3 has
# the lowest mean penalty, 1 to 10 % before the next ones, and at the limit of what a camera reads
# it decoded as often as the best mask of each symbol.
MASK = 3

_CHARACTERS = frozenset(ALPHA_NUM.decode("ascii"))


def matrix(uri: str) -> Matrix:
    """Return the modules of the smallest symbol of `uri`, row by row, True is dark, without quiet zone.

    Error correction M, alphanumeric mode, fixed mask. Raises NotPrintable.
    """
    code = QRCode(version=version_of(uri), error_correction=ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    code.add_data(_data(uri))
    code.make(fit=False)
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


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
    return _version_for(len(uri))


def modules_of(uri: str) -> int:
    """Return how many modules wide the symbol of `uri` is, without quiet zone."""
    return 17 + 4 * version_of(uri)


@lru_cache(maxsize=MAX_LENGTH)
def _version_for(length: int) -> int:
    code = QRCode(error_correction=ERROR_CORRECT_M)
    code.add_data(_data("0" * length))
    return int(code.best_fit())


def _data(uri: str) -> QRData:
    return QRData(uri.encode("ascii"), mode=MODE_ALPHA_NUM, check_data=False)


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
