"""A model's domain and archive are what Rasa itself would read and write."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

from rasa.shared.core.domain import Domain

from assistant.engine.quick_start import PlainArchive, domain_of
from assistant.settings import TOP


def test_a_domain_is_the_one_that_rasa_reads(tmp_path: Path) -> None:
    Domain.from_path(TOP / "domain.yml").persist(tmp_path / "domain.yml")
    theirs = Domain.from_path(tmp_path)
    ours = domain_of(tmp_path)
    assert ours.as_dict() == theirs.as_dict()
    assert ours.fingerprint() == theirs.fingerprint()


def test_no_and_on_are_words(tmp_path: Path) -> None:
    written = 'version: "3.1"\nintents: [no, on, yes]\nslots:\n  plan:\n    type: text\n    influence_conversation: false\n    mappings: [{type: custom}]\n'
    (tmp_path / "domain.yml").write_text(written)
    domain = domain_of(tmp_path)
    assert {"no", "on", "yes"} <= set(domain.intents)
    assert [slot.influence_conversation for slot in domain.slots if slot.name == "plan"] == [False]


def test_a_plain_archive_is_read_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/weights").write_bytes(b"0" * 100_000)
    with PlainArchive.open(tmp_path / "model.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "parts", arcname="")
    assert (tmp_path / "model.tar.gz").stat().st_size > 100_000, "it was packed"
    shutil.rmtree(tmp_path / "parts")
    with tarfile.open(tmp_path / "model.tar.gz", "r:gz") as archive:
        archive.extractall(tmp_path / "out", filter="data")
    assert (tmp_path / "out/weights").read_bytes() == b"0" * 100_000
    with PlainArchive.open(tmp_path / "model.tar.gz", mode="r:gz") as archive:
        assert "weights" in [Path(name).name for name in archive.getnames()]
