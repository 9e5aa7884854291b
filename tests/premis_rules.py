"""The rules of the published PREMIS schema (version 3.0, January 2016), as far as they touch what we write.

The rules are stated here as a schema of their own: the order of elements, how often each may stand, which kinds of
object there are and what each must have.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

NS = "http://www.loc.gov/premis/v3"


def identifier(of: str, more: str = "") -> str:
    parts = f'<xs:element name="{of}IdentifierType" type="xs:string"/>'
    parts += f'<xs:element name="{of}IdentifierValue" type="xs:string"/>{more}'
    return f'<xs:complexType name="{of}Identifier"><xs:sequence>{parts}</xs:sequence></xs:complexType>'


def element(name: str, type: str = "xs:string", least: int = 1, most: int | str = 1) -> str:
    return f'<xs:element name="{name}" type="{type}" minOccurs="{least}" maxOccurs="{most}"/>'


def group(name: str, parts: Iterable[str]) -> str:
    return f'<xs:complexType name="{name}"><xs:sequence>{"".join(parts)}</xs:sequence></xs:complexType>'


def kind(name: str, parts: Iterable[str]) -> str:
    return (
        f'<xs:complexType name="{name}"><xs:complexContent><xs:extension base="object"><xs:sequence>'
        f"{''.join(parts)}</xs:sequence></xs:extension></xs:complexContent></xs:complexType>"
    )


MANY = "unbounded"
OBJECT_ID = element("objectIdentifier", "objectIdentifier", 1, MANY)
TIES = element("relationship", "relationship", 0, MANY)
NAME = element("originalName", least=0)
RULES = f"""
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{NS}" targetNamespace="{NS}"
 elementFormDefault="qualified">
<xs:element name="premis"><xs:complexType><xs:sequence>
{element("object", "object", 1, MANY)}{element("event", "event", 0, MANY)}{element("agent", "agent", 0, MANY)}
</xs:sequence><xs:attribute name="version" use="required" fixed="3.0"/></xs:complexType></xs:element>
<xs:complexType name="object" abstract="true"/>
{kind("file", [OBJECT_ID, element("objectCharacteristics", "traits", 1, MANY), NAME, TIES])}
{kind("representation", [OBJECT_ID, NAME, TIES])}
{kind("intellectualEntity", [OBJECT_ID, NAME, TIES])}
{identifier("object")}{identifier("event")}{identifier("agent")}{identifier("relatedObject")}
{identifier("linkingObject", element("linkingObjectRole", least=0, most=MANY))}
{identifier("linkingAgent", element("linkingAgentRole", least=0, most=MANY))}
{
    group(
        "traits",
        [
            element("fixity", "fixity", 0, MANY),
            element("size", "xs:long", 0),
            element("format", "format", 1, MANY),
        ],
    )
}
{group("fixity", [element("messageDigestAlgorithm"), element("messageDigest")])}
{group("format", [element("formatDesignation", "designation")])}
{group("designation", [element("formatName"), element("formatVersion", least=0)])}
{
    group(
        "relationship",
        [
            element("relationshipType"),
            element("relationshipSubType"),
            element("relatedObjectIdentifier", "relatedObjectIdentifier", 1, MANY),
        ],
    )
}
{
    group(
        "event",
        [
            element("eventIdentifier", "eventIdentifier"),
            element("eventType"),
            element("eventDateTime"),
            element("eventDetailInformation", "detail", 0, MANY),
            element("eventOutcomeInformation", "outcome", 0, MANY),
            element("linkingAgentIdentifier", "linkingAgentIdentifier", 0, MANY),
            element("linkingObjectIdentifier", "linkingObjectIdentifier", 0, MANY),
        ],
    )
}
{group("detail", [element("eventDetail", least=0)])}
{group("outcome", [element("eventOutcome")])}
{
    group(
        "agent",
        [
            element("agentIdentifier", "agentIdentifier", 1, MANY),
            element("agentName", least=0, most=MANY),
            element("agentType", least=0),
            element("agentVersion", least=0),
        ],
    )
}
</xs:schema>"""


def require_valid(document: bytes) -> etree._Element:
    """See to it that a document keeps the rules, and that nothing in it names what is not there."""
    root = etree.fromstring(document)
    etree.XMLSchema(etree.fromstring(RULES)).assertValid(root)

    def values(name: str) -> list[str]:
        return [str(node.text) for node in root.iter(f"{{{NS}}}{name}")]

    for own, named in (("object", "linkingObject"), ("object", "relatedObject"), ("agent", "linkingAgent")):
        known = values(f"{own}IdentifierValue")
        assert len(known) == len(set(known))
        assert set(values(f"{named}IdentifierValue")) <= set(known)
    return root
