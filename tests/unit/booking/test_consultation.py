"""What is known of the consultation once it is read."""

from __future__ import annotations

import pytest

from assistant.booking import Consultation
from assistant.booking.consultation import is_reserved


def test_addresses_that_reach_nobody_are_named(consultation: Consultation) -> None:
    assert consultation.placeholders == ("office@example.org", "ann@example.org")


def test_an_advocate_is_found_by_the_id_and_none_by_another(consultation: Consultation) -> None:
    ann = consultation.advocate("ann")
    assert ann is not None and ann.name == "Ann"
    assert consultation.advocate("bea") is None
    assert consultation.minutes == 30


@pytest.mark.parametrize(
    ("host", "reserved"),
    [("example.org", True), ("a@Mail.Example.com", True), ("school.test", True), ("myexample.org", False)],
)
def test_only_the_domains_for_examples_are_reserved(host: str, reserved: bool) -> None:
    assert is_reserved(host) is reserved
