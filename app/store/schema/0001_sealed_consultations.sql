-- Every BLOB named sealed, wrapped, summary or body is ciphertext. In the clear
-- stand only row ids, random tags, revision numbers and the order of saving.
-- A row's identity is its id and its random tag together (16 bytes); both are
-- bound into the seal, so a row moved to another place does not open.

CREATE TABLE store (
    id  INTEGER PRIMARY KEY CHECK (id = 1),
    uid BLOB NOT NULL -- 16 random bytes, bound into the key slots and the witness file
) STRICT;

CREATE TABLE keyslot (
    kind   TEXT PRIMARY KEY, -- passphrase, recovery
    params BLOB NOT NULL,    -- algorithm, cost, salt
    sealed BLOB NOT NULL,    -- the master key under the slot's own key
    sum    BLOB NOT NULL     -- plain checksum, to tell damage from a wrong passphrase
) STRICT, WITHOUT ROWID;

CREATE TABLE patient (
    id      INTEGER PRIMARY KEY,
    tag     BLOB NOT NULL,
    nhs     BLOB UNIQUE,   -- keyed hash of the NHS number; NULL when there is none
    wrapped BLOB NOT NULL  -- the patient's own key
) STRICT;

CREATE TABLE consultation (
    id       INTEGER PRIMARY KEY,
    tag      BLOB NOT NULL,
    patient  INTEGER NOT NULL REFERENCES patient,
    revision INTEGER NOT NULL, -- the current one
    saved    INTEGER NOT NULL, -- order of saving, not a time: clocks go back
    imported BLOB,             -- keyed hash of list and row; NULL for a consultation
    mark     BLOB,             -- keyed hash of what the row said
    listed   INTEGER,          -- the revision the row made; beyond it somebody edited by hand
    summary  BLOB NOT NULL
) STRICT;
CREATE INDEX consultation_by_saved ON consultation (saved);
CREATE INDEX consultation_by_patient ON consultation (patient);
CREATE UNIQUE INDEX consultation_by_import ON consultation (imported) WHERE imported IS NOT NULL;

CREATE TABLE revision (
    id      INTEGER PRIMARY KEY, -- consultation × 2^20 + revision: in order, and no second index
    patient INTEGER NOT NULL REFERENCES patient,
    body    BLOB NOT NULL
) STRICT;

CREATE TABLE draft (
    consultation INTEGER PRIMARY KEY,
    tag          BLOB NOT NULL,
    base         INTEGER NOT NULL, -- the revision it was begun from
    saved        INTEGER NOT NULL,
    summary      BLOB NOT NULL,
    body         BLOB NOT NULL
) STRICT;

CREATE TABLE setting (
    name BLOB PRIMARY KEY, -- keyed hash
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    seq  INTEGER PRIMARY KEY,
    body BLOB NOT NULL,
    mac  BLOB NOT NULL -- of the link before, seq and body
) STRICT;
