"""A port that a test took is given to nobody else before the test's server has it."""

from __future__ import annotations

import socket

import pytest

from tests.ports import free_port


def test_a_taken_port_is_kept_from_others_and_open_to_our_server() -> None:
    port = free_port()
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))
    with socket.create_server(("127.0.0.1", port)):
        socket.create_connection(("127.0.0.1", port)).close()


def test_nobody_answers_at_a_taken_port_yet() -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", free_port()))
