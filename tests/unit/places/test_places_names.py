"""Names in capitals, as people write them."""

import pytest

from app.places.names import presented


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("THE DENSHAM SURGERY", "The Densham Surgery"),
        ("ST. MARY'S MEDICAL CENTRE", "St. Mary's Medical Centre"),
        ("DR O'CONNELL & MCKENZIE", "Dr O'Connell & McKenzie"),
        ("MACKLIN STREET SURGERY", "Macklin Street Surgery"),
        ("DR DV SHAH'S PRACTICE", "Dr DV Shah's Practice"),
        ("DRS. E.A. SMITH AND PARTNERS", "Drs. E.A. Smith and Partners"),
        ("HEALTH CENTRE, LAWSON STREET, STOCKTON-ON-TEES", "Health Centre, Lawson Street, Stockton-on-Tees"),
        ("NHS GP ACCESS HUB (BNSSG)", "NHS GP Access Hub (BNSSG)"),
        ("CHADDERTON PCN", "Chadderton PCN"),
        ("4TH FLOOR, 1-3 THE PARADE", "4th Floor, 1-3 The Parade"),
        ("LEWIS' P'SHIP", "Lewis' P'ship"),
        ("  PARK   SURGERY ", "Park Surgery"),
        ("Beck Lane SURGERY (deVries)", "Beck Lane SURGERY (deVries)"),
        ("", ""),
    ],
)
def test_presented(source: str, shown: str) -> None:
    assert presented(source) == shown
