"""Events as PREMIS 3 XML: for other archives, and for whoever audits this one.

Objects, events and agents in, one document out (PREMIS Data Dictionary 3.0, and its schema of January 2016, namespace
``http://www.loc.gov/premis/v3``).  It is written piece by piece: a log may have millions of events.  Every identifier
that an event names is that of an object or agent of the same document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, Literal

from lxml import etree

from archive_viewer.model import Event

NAMESPACE = "http://www.loc.gov/premis/v3"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

UUID, DIGEST, LOCAL, ACCOUNT = "UUID", "SHA-256", "local", "account name"
"""The types of our identifiers."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2)."""


@dataclass(frozen=True)
class File:
    """A stored file; ``size`` is None where it is gone and nobody knows it any more."""

    sha256: str
    name: str = ""
    size: int | None = None
    media_type: str = ""
    sha512: str = ""


@dataclass(frozen=True)
class Entity:
    """What is no file.  A representation is made of files, by their SHA-256; an item that is gone, an accession and
    the library are intellectual entities."""

    id: str
    kind: Literal["representation", "intellectualEntity"]
    name: str
    files: tuple[str, ...] = ()


def type_of(object_id: str) -> str:
    """The type of an identifier of ours."""
    return DIGEST if _SHA256.fullmatch(object_id) else UUID


def write(
    objects: Iterable[File | Entity],
    events: Iterable[Event],
    agents: Iterable[str],
    persons: Iterable[str],
    stream: BinaryIO,
) -> None:
    """Write the document; of objects there must be one at least.  ``agents`` are programs."""
    names = {None: NAMESPACE, "xsi": INSTANCE}
    with etree.xmlfile(stream, encoding="UTF-8") as document:
        document.write_declaration()
        with document.element(f"{{{NAMESPACE}}}premis", {"version": "3.0"}, nsmap=names):
            for one in objects:
                document.write(_file(one) if isinstance(one, File) else _entity(one), pretty_print=True)
            for event in events:
                document.write(_event(event), pretty_print=True)
            for name in agents:
                document.write(_program(name), pretty_print=True)
            for name in persons:
                document.write(_person(name), pretty_print=True)


def _file(file: File) -> etree._Element:
    node = _object("file", file.sha256)
    traits = _child(node, "objectCharacteristics")
    for algorithm, digest in (("SHA-256", file.sha256), ("SHA-512", file.sha512)):
        if digest:
            fixity = _child(traits, "fixity")
            _child(fixity, "messageDigestAlgorithm", algorithm)
            _child(fixity, "messageDigest", digest)
    if file.size is not None:
        _child(traits, "size", str(file.size))
    _child(_child(_child(traits, "format"), "formatDesignation"), "formatName", file.media_type or "unknown")
    if file.name:
        _child(node, "originalName", file.name)
    return node


def _entity(entity: Entity) -> etree._Element:
    node = _object(entity.kind, entity.id)
    if entity.name:
        _child(node, "originalName", entity.name)
    if entity.files:
        tie = _child(node, "relationship")
        _child(tie, "relationshipType", "structural")
        _child(tie, "relationshipSubType", "has part")
        for sha256 in entity.files:
            _identifier(tie, "relatedObject", DIGEST, sha256)
    return node


def _event(event: Event) -> etree._Element:
    node = _root("event")
    _identifier(node, "event", UUID, event.id)
    _child(node, "eventType", event.type)
    _child(node, "eventDateTime", event.at)
    if event.detail:
        _child(_child(node, "eventDetailInformation"), "eventDetail", event.detail)
    _child(_child(node, "eventOutcomeInformation"), "eventOutcome", event.outcome)
    program = _identifier(node, "linkingAgent", LOCAL, event.agent)
    _child(program, "linkingAgentRole", "executing program")
    if event.person:
        person = _identifier(node, "linkingAgent", ACCOUNT, event.person)
        _child(person, "linkingAgentRole", "implementer")
    _identifier(node, "linkingObject", type_of(event.object_id), event.object_id)
    return node


def _person(name: str) -> etree._Element:
    node = _root("agent")
    _identifier(node, "agent", ACCOUNT, name)
    _child(node, "agentName", name)
    _child(node, "agentType", "person")
    return node


def _program(name: str) -> etree._Element:
    node = _root("agent")
    _identifier(node, "agent", LOCAL, name)
    program, _, version = name.rpartition(" ")
    _child(node, "agentName", program or name)
    _child(node, "agentType", "software")
    if program:
        _child(node, "agentVersion", version)
    return node


def _object(kind: str, id: str) -> etree._Element:
    node = _root("object")
    node.set(f"{{{INSTANCE}}}type", kind)
    _identifier(node, "object", type_of(id), id)
    return node


def _identifier(parent: etree._Element, of: str, type: str, value: str) -> etree._Element:
    node = _child(parent, f"{of}Identifier")
    _child(node, f"{of}IdentifierType", type)
    _child(node, f"{of}IdentifierValue", value)
    return node


def _root(name: str) -> etree._Element:
    return etree.Element(f"{{{NAMESPACE}}}{name}", nsmap={None: NAMESPACE, "xsi": INSTANCE})


def _child(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    node = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if text:
        node.text = _FORBIDDEN.sub("\ufffd", text)
    return node
