"""What columns are called by the programs that tables of contacts come from, in several languages."""

# NON-NLS: the words of other programs' files

from __future__ import annotations

HEADING_WORDS = {
    "id": {"id", "uid", "contact id", "record id", "identifier", "kontakt id"},
    "name": {"name", "full name", "fullname", "display name", "displayname", "file as", "contact", "contact name"}
    | {"naam", "volledige naam", "weergavenaam", "anzeigename", "nom complet", "nombre completo"},
    "first": {"first name", "firstname", "given name", "forename", "voornaam", "vorname", "prenom", "nombre"},
    "middle": {"middle name", "additional name", "middle", "tussenvoegsel", "infix"},
    "last": {"last name", "lastname", "family name", "surname", "achternaam", "nachname", "nom", "apellidos"},
    "organisation": {"organisation", "organization", "company", "company name", "organization name", "bedrijf"}
    | {"organization 1 name", "bedrijfsnaam", "organisatie", "firma", "societe", "empresa", "account name"},
    "title": {"job title", "title", "organization title", "organization 1 title", "functie", "position", "role"},
    "work": {"business phone", "work phone", "office phone", "company main phone", "work", "telefoon werk"}
    | {"zakelijke telefoon", "telefon geschaftlich", "business phone 2", "telefoon op werk", "work number"},
    "mobile": {"mobile phone", "mobile", "cell phone", "cell", "mobile number", "mobiel", "mobiele telefoon", "gsm"}
    | {"handy", "mobiltelefon", "mobilnummer", "primary mobile"},
    "home": {"home phone", "home phone 2", "home", "telefoon thuis", "telefon privat", "home number"},
    "fax": {"business fax", "fax", "home fax", "other fax", "fax number", "fax zakelijk"},
    "number": {"phone", "phone number", "telephone", "telephone number", "number", "tel", "primary phone", "extension"}
    | {"other phone", "telefoon", "telefoonnummer", "telefon", "telefonnummer", "nummer", "numero", "telephone 1"},
    "email": {"email", "e-mail", "email address", "e-mail address", "mail", "e-mailadres", "emailadres"}
    | {"e-mail 2 address", "e-mail 3 address"},
    "note": {"note", "notes", "comment", "comments", "opmerkingen", "notities", "bemerkungen", "remarks"},
}
"""For a role of a column what its heading may be, as `folded` gives it."""
