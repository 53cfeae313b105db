"""The statements that compare an import with a source and take it over: sets of rows, as portable SQL.

`:i` is the import, `:s` the source, `:own` the source of what is entered by hand.
"""

from __future__ import annotations

from voipdesk.core.contacts import Change

CARD = "SELECT 1 FROM contact_cards AS c WHERE c.source = :s AND c.key = st.key"
KINDS = {
    Change.ADDED: f"""NOT EXISTS ({CARD}) AND NOT EXISTS (SELECT 1 FROM contacts AS k WHERE k.same = st.same)
        AND NOT EXISTS (SELECT 1 FROM contact_staged AS o WHERE o.import_id = :i AND o.same = st.same
            AND o.place < st.place)""",
    Change.MERGED: f"""NOT EXISTS ({CARD}) AND (EXISTS (SELECT 1 FROM contacts AS k WHERE k.same = st.same)
        OR EXISTS (SELECT 1 FROM contact_staged AS o WHERE o.import_id = :i AND o.same = st.same
            AND o.place < st.place))""",
    Change.CHANGED: f"EXISTS ({CARD} AND c.content <> st.content)",
    Change.UNCHANGED: f"EXISTS ({CARD} AND c.content = st.content)",
}
STAGED = "FROM contact_staged AS st WHERE st.import_id = :i AND "
GONE = """FROM contact_cards AS c WHERE c.source = :s AND NOT EXISTS
    (SELECT 1 FROM contact_staged AS st WHERE st.import_id = :i AND st.key = c.key)"""

OF_CHANGED = """SELECT DISTINCT c.contact FROM contact_cards AS c JOIN contact_staged AS st
    ON st.import_id = :i AND st.key = c.key AND st.content <> c.content WHERE c.source = :s AND c.contact IS NOT NULL"""
_SAID = "(SELECT st.{0} FROM contact_staged AS st WHERE st.import_id = :i AND st.key = contact_cards.key)"
UPDATE = f"""UPDATE contact_cards SET content = {_SAID.format("content")}, data = {_SAID.format("data")},
    same = CASE WHEN mine IS NULL THEN {_SAID.format("same")} ELSE same END,
    contact = CASE WHEN mine IS NULL THEN NULL ELSE contact END
    WHERE source = :s AND EXISTS (SELECT 1 FROM contact_staged AS st
        WHERE st.import_id = :i AND st.key = contact_cards.key AND st.content <> contact_cards.content)"""
INSERT = f"""INSERT INTO contact_cards (source, key, uid, content, same, data, hidden)
    SELECT :s, st.key, st.uid, st.content, st.same, st.data, :no FROM contact_staged AS st
    WHERE st.import_id = :i AND NOT EXISTS ({CARD}) ORDER BY st.place"""
KEEP = """UPDATE contact_cards SET source = :own, key = 'kept ' || CAST(id AS TEXT), data = mine, mine = NULL
    WHERE source = :s AND mine IS NOT NULL AND NOT hidden AND NOT EXISTS
    (SELECT 1 FROM contact_staged AS st WHERE st.import_id = :i AND st.key = contact_cards.key)"""
DELETE = """DELETE FROM contact_cards WHERE source = :s AND NOT EXISTS
    (SELECT 1 FROM contact_staged AS st WHERE st.import_id = :i AND st.key = contact_cards.key)"""
CONTACTS = """INSERT INTO contacts (same, sort, folded, data)
    SELECT st.same, min(st.sort), min(st.folded), min(st.data) FROM contact_staged AS st
    JOIN contact_cards AS c ON c.source = :s AND c.key = st.key AND c.contact IS NULL AND NOT c.hidden
    WHERE st.import_id = :i AND NOT EXISTS (SELECT 1 FROM contacts AS k WHERE k.same = st.same)
    GROUP BY st.same ORDER BY min(st.place)"""
NUMBERS = """INSERT INTO contact_numbers (contact, exact, national, certain)
    SELECT DISTINCT k.id, n.exact, n.national, n.certain
    FROM contact_staged AS st JOIN contacts AS k ON k.same = st.same
    JOIN contact_staged_numbers AS n ON n.import_id = st.import_id AND n.key = st.key
    WHERE st.import_id = :i AND k.id > :last"""
JOIN = """UPDATE contact_cards SET contact = (SELECT k.id FROM contacts AS k WHERE k.same = contact_cards.same)
    WHERE source = :s AND contact IS NULL AND NOT hidden"""
DIFFERENT = """SELECT contact FROM contact_cards WHERE contact IN
    (SELECT contact FROM contact_cards WHERE source = :s AND contact IS NOT NULL)
    GROUP BY contact HAVING count(*) > 1 AND count(DISTINCT coalesce(mine, data)) > 1"""
