"""PREMIS XML keeps the rules of the published schema."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from archive_viewer.exporting import premis
from archive_viewer.exporting.premis import Entity, File
from archive_viewer.model import Event
from premis_rules import NS, require_valid

SHA256, SHA512 = "a" * 64, "b" * 128


def written(
    objects: Iterable[File | Entity],
    events: Iterable[Event] = (),
    agents: Iterable[str] = (),
    persons: Iterable[str] = (),
) -> bytes:
    stream = BytesIO()
    premis.write(objects, events, agents, persons, stream)
    return stream.getvalue()


def test_a_document_keeps_the_rules() -> None:
    page, agent = "0b0c", "Archive Viewer 0.1.0"
    document = written(
        [
            Entity("1d1e", "intellectualEntity", "Ärchive 😀"),
            Entity(page, "representation", "Tïtle <😀> & more.html", (SHA256,)),
            File(SHA256, "Tïtle 😀.html", 12, "text/html", SHA512),
            File("c" * 64),
        ],
        [
            Event("e1", "fixity check", "2026-11-30T10:00:00Z", SHA256, agent, "failure", "altered:\n\x00\x1f gone"),
            Event("e2", "ingestion", "2026-11-30T10:00:00Z", page, agent, "success", "", "höst"),
        ],
        [agent],
        ["höst"],
    )
    root = require_valid(document)
    digests = [node.text for node in root.iter(f"{{{NS}}}messageDigest")]
    assert digests == [SHA256, SHA512, "c" * 64]
    types = [node.text for node in root.iter(f"{{{NS}}}objectIdentifierType")]
    assert types == ["UUID", "UUID", "SHA-256", "SHA-256"]
    assert [node.text for node in root.iter(f"{{{NS}}}eventDetail")] == ["altered:\n�� gone"]
    assert [node.text for node in root.iter(f"{{{NS}}}agentVersion")] == ["0.1.0"]
    assert [node.text for node in root.iter(f"{{{NS}}}agentType")] == ["software", "person"]
    checked, came = root.iter(f"{{{NS}}}event")
    for event, linked in (
        (checked, [(agent, "executing program")]),
        (came, [(agent, "executing program"), ("höst", "implementer")]),
    ):
        values = event.iter(f"{{{NS}}}linkingAgentIdentifierValue")
        roles = event.iter(f"{{{NS}}}linkingAgentRole")
        assert [(value.text, role.text) for value, role in zip(values, roles, strict=True)] == linked
