"""A sheet left half-way is taken up again, and nobody can tell from the file."""

import hashlib
import io
import json

import pypdfium2
import pytest

from stamps.printing.layouts import A4_24, A4_65, roll
from stamps.printing.sheets import SheetWriter
from tests.stamps.samples import decoded, make_face, make_stamps, picture, write

TITLE = "Tem chôm chôm"


def begun(layout, count, face=None):
    """Return what was written of a file, and its state after `count` labels, through JSON as a job keeps it."""
    output = io.BytesIO()
    writer = SheetWriter(output, face or make_face(), layout, title=TITLE)
    writer.write(make_stamps(count))
    return output.getvalue(), json.loads(json.dumps(writer.state()))


@pytest.mark.parametrize(
    ("layout", "first", "total"),
    [(A4_65, 65, 200), (A4_65, 0, 10), (A4_24, 48, 48), (roll(40, 22), 127, 300), (roll(40, 22), 128, 300)],
)
def test_a_resumed_file_is_the_file_of_one_run(layout, first, total):
    whole, count = write(total, layout)
    start, state = begun(layout, first)

    rest = io.BytesIO()
    writer = SheetWriter.resume(rest, make_face(), layout, title=TITLE, state=state, done=[start])
    writer.write(make_stamps(total - first, start=first))

    assert writer.close() == count
    assert start + rest.getvalue() == whole
    assert hashlib.sha256(whole).hexdigest() == count.sha256


def test_it_can_be_left_after_every_chunk_and_parts_may_lie_in_many_files():
    whole, count = write(300, roll(40, 22))
    parts, state = [], None
    for start in range(0, 300, 50):
        output = io.BytesIO()
        if state is None:
            writer = SheetWriter(output, make_face(), roll(40, 22), title=TITLE)
        else:
            writer = SheetWriter.resume(output, make_face(), roll(40, 22), title=TITLE, state=state, done=parts)
        assert (state or {}).get("labels", 0) == start
        writer.write(make_stamps(50, start=start))
        state = writer.state()
        parts.append(output.getvalue())
    output = io.BytesIO()
    last = SheetWriter.resume(output, make_face(), roll(40, 22), title=TITLE, state=state, done=iter(parts))

    assert last.close() == count
    assert b"".join([*parts, output.getvalue()]) == whole


def test_bytes_written_after_the_state_are_ignored():
    whole, count = write(130)
    start, state = begun(A4_65, 65)
    torn = start + b"17 0 obj\n<</Filter"

    rest = io.BytesIO()
    writer = SheetWriter.resume(rest, make_face(), A4_65, title=TITLE, state=state, done=[torn[:1000], torn[1000:]])
    writer.write(make_stamps(65, start=65))

    assert writer.close() == count
    assert torn[: state["position"]] + rest.getvalue() == whole


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"done": [b""]}, "damaged", id="nothing_there"),
        pytest.param({"done": [b"x" * 10**6]}, "damaged", id="other_bytes"),
        pytest.param({"face": make_face(product="Cà phê")}, "have changed", id="renamed_product"),
        pytest.param({"title": "Tem khác"}, "have changed", id="other_title"),
        pytest.param({"layout": A4_24}, "have changed|has changed", id="other_layout"),
    ],
)
def test_what_has_changed_meanwhile_is_not_continued(change, reason):
    start, state = begun(A4_65, 65)
    asked = {"face": make_face(), "layout": A4_65, "title": TITLE, "state": state, "done": [start]} | change

    with pytest.raises(ValueError, match=reason):
        SheetWriter.resume(io.BytesIO(), asked.pop("face"), asked.pop("layout"), **asked)


def test_the_state_stays_small():
    _, state = begun(A4_65, 65 * 300)

    assert len(json.dumps(state)) < 300 * 12


def test_nothing_may_follow_a_short_page():
    writer = SheetWriter(io.BytesIO(), make_face(), A4_65, title=TITLE)
    writer.write(make_stamps(66))

    with pytest.raises(ValueError, match="a short page ends the file"):
        writer.write(make_stamps(65, start=66))


def test_a_file_of_many_pages_opens_at_its_last():
    data, count = write(385, roll(40, 22))

    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == count.pages == 385
    assert decoded(picture(data, 384)) != decoded(picture(data, 383))
