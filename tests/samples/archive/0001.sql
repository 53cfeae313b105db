-- An archive of the first tables (0001), as voipdesk 0.1 wrote it: schema and rows as they stand in the file.
BEGIN;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	PRIMARY KEY (version_num)
);
CREATE TABLE accounts (
	"key" INTEGER NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY ("key"),
	UNIQUE (id)
);
CREATE TABLE parties (
	id INTEGER NOT NULL,
	number TEXT NOT NULL,
	name TEXT NOT NULL,
	folded TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (number, name)
);
CREATE TABLE calls (
	id INTEGER NOT NULL,
	fingerprint BLOB NOT NULL,
	line_id INTEGER NOT NULL,
	caller_id INTEGER NOT NULL,
	called_id INTEGER NOT NULL,
	answered_by_id INTEGER,
	direction SMALLINT NOT NULL,
	outcome SMALLINT NOT NULL,
	started_at BIGINT NOT NULL,
	answered_at BIGINT,
	finished_at BIGINT,
	duration_s INTEGER,
	talk_s INTEGER,
	PRIMARY KEY (id),
	UNIQUE (fingerprint)
);
CREATE INDEX calls_by_called ON calls (called_id, started_at);
CREATE INDEX calls_by_outcome ON calls (outcome, started_at);
CREATE INDEX calls_by_time ON calls (started_at, id, line_id, caller_id, called_id, answered_by_id, direction, outcome, talk_s);
CREATE INDEX calls_by_answerer ON calls (answered_by_id, started_at);
CREATE INDEX calls_by_caller ON calls (caller_id, started_at);
CREATE INDEX calls_by_line ON calls (line_id, started_at);
CREATE TABLE lines (
	id INTEGER NOT NULL,
	account INTEGER NOT NULL,
	source VARCHAR(16) NOT NULL,
	name TEXT NOT NULL,
	folded TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (account, source, name),
	FOREIGN KEY(account) REFERENCES accounts ("key")
);
CREATE TABLE unreadable_rows (
	id INTEGER NOT NULL,
	account INTEGER NOT NULL,
	source VARCHAR(16) NOT NULL,
	digest BLOB NOT NULL,
	raw TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (account, source, digest),
	FOREIGN KEY(account) REFERENCES accounts ("key")
);
CREATE TABLE sync_days (
	account INTEGER NOT NULL,
	source VARCHAR(16) NOT NULL,
	day DATE NOT NULL,
	read_at BIGINT NOT NULL,
	complete BOOLEAN NOT NULL,
	PRIMARY KEY (account, source, day),
	FOREIGN KEY(account) REFERENCES accounts ("key")
);
CREATE TABLE sync_sources (
	account INTEGER NOT NULL,
	source VARCHAR(16) NOT NULL,
	refreshed_at BIGINT,
	begins DATE,
	PRIMARY KEY (account, source),
	FOREIGN KEY(account) REFERENCES accounts ("key")
);
CREATE TABLE requests (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	account INTEGER NOT NULL,
	sent_at BIGINT NOT NULL,
	FOREIGN KEY(account) REFERENCES accounts ("key")
);
CREATE INDEX requests_by_time ON requests (account, sent_at);
CREATE TABLE budget_closures (
	account INTEGER NOT NULL,
	closed_at BIGINT NOT NULL,
	until BIGINT NOT NULL,
	PRIMARY KEY (account),
	FOREIGN KEY(account) REFERENCES accounts ("key")
);
CREATE TABLE dials (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	account INTEGER NOT NULL,
	number TEXT NOT NULL,
	my_number TEXT NOT NULL,
	at BIGINT NOT NULL,
	outcome VARCHAR(16) NOT NULL,
	text TEXT NOT NULL,
	FOREIGN KEY(account) REFERENCES accounts ("key")
);
CREATE TABLE status_samples (
	id INTEGER NOT NULL,
	account INTEGER NOT NULL,
	at BIGINT NOT NULL,
	answered BOOLEAN NOT NULL,
	accepted BOOLEAN,
	latency_ms INTEGER,
	summary TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(account) REFERENCES accounts ("key")
);
CREATE INDEX status_samples_by_account ON status_samples (account, id);
CREATE VIRTUAL TABLE parties_index
    USING fts5(folded, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1');
CREATE VIRTUAL TABLE parties_grams USING fts5vocab(parties_index, instance);
INSERT INTO alembic_version VALUES ('0001');
INSERT INTO accounts VALUES (1, 'a', 'Office');
INSERT INTO parties VALUES (1, '1001', '', ''||char(10)||'1001');
INSERT INTO parties VALUES (2, '442079460958', '', ''||char(10)||'442079460958');
INSERT INTO calls VALUES (1, X'ae5a090f875dd114b44edc55d4b80983', 1, 2, 1, NULL, 0, 0, 1760000002000, NULL, NULL, NULL, 5);
INSERT INTO calls VALUES (2, X'aa85938862ebb290ad10ac5e7dc64a61', 1, 2, 1, NULL, 0, 0, 1760000001000, NULL, NULL, NULL, 5);
INSERT INTO calls VALUES (3, X'2bb8f810177abb439b80b43c2c3c55a8', 1, 2, 1, NULL, 0, 0, 1760000000000, NULL, NULL, NULL, 5);
INSERT INTO lines VALUES (1, 1, 'user', 'Ann Lee', 'ann lee');
INSERT INTO requests VALUES (1, 1, 1795340056666);
DELETE FROM sqlite_sequence WHERE name = 'dials';
INSERT INTO sqlite_sequence VALUES ('dials', 1);
DELETE FROM sqlite_sequence WHERE name = 'requests';
INSERT INTO sqlite_sequence VALUES ('requests', 1);
INSERT INTO dials VALUES (1, 1, '+442079460958', '1001', 1774008000000, 'accepted', 'Ringing');
INSERT INTO status_samples VALUES (1, 1, 1774008000000, 1, 1, 12, 'All is well');
INSERT INTO parties_index (rowid, folded) SELECT id, folded || char(10) || char(10) FROM parties;
COMMIT;
