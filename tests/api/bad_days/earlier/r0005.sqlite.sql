BEGIN TRANSACTION;
CREATE TABLE agreement_text (
	sha256 TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_agreement_text PRIMARY KEY (sha256)
)
 STRICT

;
INSERT INTO "agreement_text" VALUES('ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306','100');
INSERT INTO "agreement_text" VALUES('f5ca38f748a1d6eaf726b8a42fb575c3c71f1864a8143301782de13da2d9202b','20');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE checkpoint (
	size INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT pk_checkpoint PRIMARY KEY (size)
)
 STRICT

;
INSERT INTO "checkpoint" VALUES(8,'clausula/16f2cc4a6bd4d51bf55d6adf27eb6b44+f55e3603+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop','clausula/16f2cc4a6bd4d51bf55d6adf27eb6b44
8
jXR7AcS/QZJHU4dZnqtIHOeYGFhFdPQ9xqIZieS8f3Q=
at 2026-03-02T12:56:00.000000Z

— clausula/16f2cc4a6bd4d51bf55d6adf27eb6b44 9V42A4wn2ny6Y/hZvhASY9w/Q4OzA1xK2IqWpQ4Rp+eRJ/ArVpeiwl9RmxdJF153F6mIA38wDqPZFAPSWl2Yfk5LvQ8=
');
CREATE TABLE deal (
	id TEXT NOT NULL, 
	agreement TEXT NOT NULL, 
	agreement_sha256 TEXT NOT NULL, 
	opened_at_us INTEGER NOT NULL, 
	opened_by TEXT NOT NULL, 
	CONSTRAINT pk_deal PRIMARY KEY (id), 
	CONSTRAINT fk_deal_agreement_sha256 FOREIGN KEY(agreement_sha256) REFERENCES agreement_text (sha256)
)
 STRICT

;
INSERT INTO "deal" VALUES('bicycle','Bicycle Sale','ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306',1772453220000000,'ana');
INSERT INTO "deal" VALUES('boat','Bicycle Sale','f5ca38f748a1d6eaf726b8a42fb575c3c71f1864a8143301782de13da2d9202b',1772455320000000,'ana');
CREATE TABLE event (
	deal TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	request_sha256 TEXT NOT NULL, 
	effective_at_us INTEGER NOT NULL, 
	zone TEXT NOT NULL, 
	recorded_at_us INTEGER NOT NULL, 
	agreement TEXT NOT NULL, 
	agreement_sha256 TEXT NOT NULL, 
	members TEXT NOT NULL, 
	body TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	algorithm TEXT NOT NULL, 
	prev_hash TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (deal, version), 
	CONSTRAINT uq_event_deal_actor_key UNIQUE (deal, actor, "key"), 
	CONSTRAINT ck_event_kind CHECK (kind in ('opened', 'accepted', 'refused')), 
	CONSTRAINT ck_event_opened_first CHECK ((kind = 'opened') = (version = 1)), 
	CONSTRAINT fk_event_deal FOREIGN KEY(deal) REFERENCES deal (id), 
	CONSTRAINT fk_event_agreement_sha256 FOREIGN KEY(agreement_sha256) REFERENCES agreement_text (sha256)
)
 STRICT

;
INSERT INTO "event" VALUES('bicycle',1,'opened','ana','open-bicycle','ba847a9af0083e64f10b4322e3c523b12f441d7fd302b93b244c85576d6604db',1772453220000000,'America/New_York',1772453220000000,'Bicycle Sale','ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306','[["ana","Buyer",true],["ben","Seller",true]]','{"opened":"Bicycle Sale"}','{"ok":true}','clausula-entry-sha256-1','0000000000000000000000000000000000000000000000000000000000000000','b6edf9b91d2d155021ad14593113565794f829fcd4d8645f8fa0a2d604c2fef4');
INSERT INTO "event" VALUES('bicycle',2,'accepted','ana','add','553b004106905a0c9bb238eb3ba1dc5869350e4a7717f4793e911961a59d917f',1772453640000000,'America/New_York',1772453640000000,'Bicycle Sale','ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306','[]','{"add":7,"note":"siete — 七 — 🚲"}','{"kind":"accepted","total":7}','clausula-entry-sha256-1','b6edf9b91d2d155021ad14593113565794f829fcd4d8645f8fa0a2d604c2fef4','0cd8d9ebd0a7179e87a5e7045ddfc2a95d2a0b9b047e16157618c08161fe2ea6');
INSERT INTO "event" VALUES('bicycle',3,'refused','ben','too-much','a8a9372fdd6dd6a1a51252cd86d974996164db4580d5316d9661ee3e40031bd6',1772454060000000,'America/New_York',1772454060000000,'Bicycle Sale','ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306','[]','{"add":1000,"note":""}','{"kind":"refused","total":7}','clausula-entry-sha256-1','0cd8d9ebd0a7179e87a5e7045ddfc2a95d2a0b9b047e16157618c08161fe2ea6','2c75461466aea260f9fa1c35c4ab2a4879f691e8c95f19d0534eb3a68827f9bf');
INSERT INTO "event" VALUES('bicycle',4,'accepted','ana','seat','a3657e817fe608c8b75604b76a005d52112475e1915515788fcf8375e9060770',1772454480000000,'America/New_York',1772454480000000,'Bicycle Sale','ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306','[["carl","Agent",true],["ben","Seller",false]]','{"add":0,"note":""}','{"kind":"accepted","total":7}','clausula-entry-sha256-1','2c75461466aea260f9fa1c35c4ab2a4879f691e8c95f19d0534eb3a68827f9bf','2cfa1d4eba380baa07a6b19c3324571088d80a824e8deea51d61e1c0d4224ebd');
INSERT INTO "event" VALUES('bicycle',5,'accepted','carl','late','3513da950f5de9ade2b204a98a88cc81ddf9c0a78a7bd5ebcb1e47568e35f8b2',1772370000000000,'America/New_York',1772454900000000,'Bicycle Sale','ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306','[]','{"add":1,"note":""}','{"kind":"accepted","total":8}','clausula-entry-sha256-1','2cfa1d4eba380baa07a6b19c3324571088d80a824e8deea51d61e1c0d4224ebd','4204355cd6d870e317ead2ace98ecf74c251d3d2c9bbfb4913b1749302ab6612');
INSERT INTO "event" VALUES('boat',1,'opened','ana','open-boat','0577dd412474ba3b919c56fd34a58768797f8f7cbc22d312f645de44e4fe0bac',1772455320000000,'America/New_York',1772455320000000,'Bicycle Sale','f5ca38f748a1d6eaf726b8a42fb575c3c71f1864a8143301782de13da2d9202b','[["ana","Buyer",true],["ben","Seller",true]]','{"opened":"Bicycle Sale"}','{"ok":true}','clausula-entry-sha256-1','0000000000000000000000000000000000000000000000000000000000000000','1fbf9a6dfe7533df891d74b674fde7b46c42e7c79e139712e8763ee887fa2f97');
INSERT INTO "event" VALUES('boat',2,'accepted','ben','row','41d3213eede61d0659eae41c8016a9f24d19ef8269a8dead9f201530cc760fc3',1772455740000000,'America/New_York',1772455740000000,'Bicycle Sale','f5ca38f748a1d6eaf726b8a42fb575c3c71f1864a8143301782de13da2d9202b','[]','{"add":20,"note":""}','{"kind":"accepted","total":20}','clausula-entry-sha256-1','1fbf9a6dfe7533df891d74b674fde7b46c42e7c79e139712e8763ee887fa2f97','5dbecf0b75e7855d64841eb4615659d4fe4f3aaf3cb720584a859b81e7f5243f');
INSERT INTO "event" VALUES('boat',3,'refused','ben','again','bc7460f1fb70f00fc00e19434fdd12206cbf225df958dd3f0af4080d50f961d5',1772456160000000,'America/New_York',1772456160000000,'Bicycle Sale','f5ca38f748a1d6eaf726b8a42fb575c3c71f1864a8143301782de13da2d9202b','[]','{"add":1,"note":""}','{"kind":"refused","total":20}','clausula-entry-sha256-1','5dbecf0b75e7855d64841eb4615659d4fe4f3aaf3cb720584a859b81e7f5243f','a19cc6b5f7e9a25bfc602832dde80cdae328bb18b5e8c5cfd856d7b7fd1c8851');
CREATE TABLE head (
	deal TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	engine_version TEXT NOT NULL, 
	state TEXT NOT NULL, 
	CONSTRAINT pk_head PRIMARY KEY (deal), 
	CONSTRAINT fk_head_deal FOREIGN KEY(deal) REFERENCES deal (id)
)
 STRICT

;
INSERT INTO "head" VALUES('bicycle',5,'4204355cd6d870e317ead2ace98ecf74c251d3d2c9bbfb4913b1749302ab6612','ledger-1','{"total":8}');
INSERT INTO "head" VALUES('boat',3,'a19cc6b5f7e9a25bfc602832dde80cdae328bb18b5e8c5cfd856d7b7fd1c8851','ledger-1','{"total":20}');
CREATE TABLE leaf (
	number INTEGER NOT NULL, 
	deal TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_leaf PRIMARY KEY (number), 
	CONSTRAINT uq_leaf_deal_version UNIQUE (deal, version), 
	CONSTRAINT ck_leaf_number CHECK (number >= 0)
)
 STRICT

;
INSERT INTO "leaf" VALUES(0,'bicycle',1,'b6edf9b91d2d155021ad14593113565794f829fcd4d8645f8fa0a2d604c2fef4');
INSERT INTO "leaf" VALUES(1,'bicycle',2,'0cd8d9ebd0a7179e87a5e7045ddfc2a95d2a0b9b047e16157618c08161fe2ea6');
INSERT INTO "leaf" VALUES(2,'bicycle',3,'2c75461466aea260f9fa1c35c4ab2a4879f691e8c95f19d0534eb3a68827f9bf');
INSERT INTO "leaf" VALUES(3,'bicycle',4,'2cfa1d4eba380baa07a6b19c3324571088d80a824e8deea51d61e1c0d4224ebd');
INSERT INTO "leaf" VALUES(4,'bicycle',5,'4204355cd6d870e317ead2ace98ecf74c251d3d2c9bbfb4913b1749302ab6612');
INSERT INTO "leaf" VALUES(5,'boat',1,'1fbf9a6dfe7533df891d74b674fde7b46c42e7c79e139712e8763ee887fa2f97');
INSERT INTO "leaf" VALUES(6,'boat',2,'5dbecf0b75e7855d64841eb4615659d4fe4f3aaf3cb720584a859b81e7f5243f');
INSERT INTO "leaf" VALUES(7,'boat',3,'a19cc6b5f7e9a25bfc602832dde80cdae328bb18b5e8c5cfd856d7b7fd1c8851');
CREATE TABLE membership (
	deal TEXT NOT NULL, 
	person TEXT NOT NULL, 
	party TEXT NOT NULL, 
	acts INTEGER NOT NULL, 
	since_version INTEGER NOT NULL, 
	CONSTRAINT pk_membership PRIMARY KEY (deal, person, party), 
	CONSTRAINT ck_membership_acts CHECK (acts in (0, 1)), 
	CONSTRAINT fk_membership_deal FOREIGN KEY(deal) REFERENCES deal (id)
)
 STRICT

;
INSERT INTO "membership" VALUES('bicycle','ana','Buyer',1,1);
INSERT INTO "membership" VALUES('bicycle','ben','Seller',0,4);
INSERT INTO "membership" VALUES('bicycle','carl','Agent',1,4);
INSERT INTO "membership" VALUES('boat','ana','Buyer',1,1);
INSERT INTO "membership" VALUES('boat','ben','Seller',1,1);
CREATE TABLE moved (
	deal TEXT NOT NULL, 
	destination TEXT NOT NULL, 
	moved_at_us INTEGER NOT NULL, 
	CONSTRAINT pk_moved PRIMARY KEY (deal), 
	CONSTRAINT fk_moved_deal FOREIGN KEY(deal) REFERENCES deal (id)
)
 STRICT

;
CREATE TABLE node (
	level INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_node PRIMARY KEY (level, number), 
	CONSTRAINT ck_node_level CHECK (level > 0)
)
 STRICT

;
INSERT INTO "node" VALUES(1,0,'e0c8ed7bd972e13a1962800f6ec98909adc248e15a87ea635d13fe0032c1e7e3');
INSERT INTO "node" VALUES(1,1,'cef0a5b18b82598c42c5e72c3941e7ea21eaee9de2630e59115efb190e1b7f86');
INSERT INTO "node" VALUES(2,0,'6dc5651dc910e41c3fe2f033225c8222e10c0bde61a79230a091a9cf999ea731');
INSERT INTO "node" VALUES(1,2,'b2c3ef80765dbfdfdb39285ba2c92ef9edcc2bc47fe518ea0e9daa11ba8c288e');
INSERT INTO "node" VALUES(1,3,'2f761115886d6f60b5e005ae83d00a9b2e74ee43e2aa2560f099357b209c0c52');
INSERT INTO "node" VALUES(2,1,'207696e01cfa88c35b32ce6680631beaf07f26e5b81e309a78039d7cf307db42');
INSERT INTO "node" VALUES(3,0,'8d747b01c4bf4192475387599eab481ce79818584574f43dc6a21989e4bc7f74');
CREATE TABLE person_key (
	person TEXT NOT NULL, 
	id TEXT NOT NULL, 
	public_key TEXT NOT NULL, 
	registered_at_us INTEGER NOT NULL, 
	revoked_at_us INTEGER, 
	CONSTRAINT pk_person_key PRIMARY KEY (person, id)
)
 STRICT

;
CREATE TABLE personal (
	reference TEXT NOT NULL, 
	deal TEXT NOT NULL, 
	person TEXT NOT NULL, 
	kept_at_us INTEGER NOT NULL, 
	salt TEXT, 
	value TEXT, 
	erased_at_us INTEGER, 
	CONSTRAINT pk_personal PRIMARY KEY (reference), 
	CONSTRAINT ck_personal_salt CHECK ((salt IS NULL) = (erased_at_us IS NOT NULL)), 
	CONSTRAINT ck_personal_value CHECK ((value IS NULL) = (erased_at_us IS NOT NULL))
)
 STRICT

;
INSERT INTO "personal" VALUES('personal:29dfce160257be05db263217e923a584a7ea376a312068de66c6c1285492416a','bicycle','ana',1772456160000000,'e87907dc576c80f26fcc926fcfa48e42735c5fc17aed38e25436e79a1ca019c8','12 Elm Street',NULL);
CREATE TABLE reading (
	deal TEXT NOT NULL, 
	at_us INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	person TEXT NOT NULL, 
	request TEXT NOT NULL, 
	operation TEXT NOT NULL, 
	fields TEXT NOT NULL, 
	CONSTRAINT pk_reading PRIMARY KEY (deal, at_us, id), 
	CONSTRAINT fk_reading_deal FOREIGN KEY(deal) REFERENCES deal (id)
)
 STRICT

;
INSERT INTO "reading" VALUES('bicycle',1772456160000000,'786382340ac168ba','ana','r-1','Overview','deal { version }');
CREATE TABLE revoked (
	sha256 TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	at_us INTEGER NOT NULL, 
	until_us INTEGER NOT NULL, 
	CONSTRAINT pk_revoked PRIMARY KEY (sha256), 
	CONSTRAINT ck_revoked_kind CHECK (kind in ('token', 'person'))
)
 STRICT

;
INSERT INTO "revoked" VALUES('714567d06e78f93d65968028e2f650053f519745b53632b746bd89a21f04ba70','person',1772456160000000,2090408160000000);
CREATE TABLE tree (
	id INTEGER NOT NULL, 
	origin TEXT NOT NULL, 
	CONSTRAINT pk_tree PRIMARY KEY (id), 
	CONSTRAINT ck_tree_one CHECK (id = 1)
)
 STRICT

;
INSERT INTO "tree" VALUES(1,'clausula/16f2cc4a6bd4d51bf55d6adf27eb6b44');
CREATE INDEX ix_deal_opened_at_us_id ON deal (opened_at_us, id);
CREATE INDEX ix_membership_person_deal ON membership (person, deal);
CREATE TRIGGER agreement_text_is_never_changed BEFORE UPDATE ON agreement_text
BEGIN SELECT RAISE(ABORT, 'agreement_text is append-only'); END;
CREATE TRIGGER agreement_text_is_never_deleted BEFORE DELETE ON agreement_text
BEGIN SELECT RAISE(ABORT, 'agreement_text is append-only'); END;
CREATE TRIGGER deal_is_never_changed BEFORE UPDATE ON deal
BEGIN SELECT RAISE(ABORT, 'deal is append-only'); END;
CREATE TRIGGER deal_is_never_deleted BEFORE DELETE ON deal
BEGIN SELECT RAISE(ABORT, 'deal is append-only'); END;
CREATE TRIGGER event_is_the_next BEFORE INSERT ON event
WHEN NEW.version IS NOT 1 + (SELECT coalesce(max(version), 0) FROM event WHERE deal = NEW.deal)
  OR NEW.prev_hash IS NOT coalesce(
    (SELECT hash FROM event WHERE deal = NEW.deal AND version = NEW.version - 1),
    printf('%064d', 0))
  OR EXISTS (SELECT 1 FROM event WHERE deal = NEW.deal AND actor = NEW.actor AND "key" = NEW."key")
BEGIN SELECT RAISE(ABORT, 'an entry must be the next one of its deal, under a new key'); END;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE INDEX ix_personal_person ON personal (person);
CREATE INDEX ix_personal_deal ON personal (deal);
CREATE TRIGGER leaf_is_never_changed BEFORE UPDATE ON leaf
BEGIN SELECT RAISE(ABORT, 'leaf is append-only'); END;
CREATE TRIGGER leaf_is_never_deleted BEFORE DELETE ON leaf
BEGIN SELECT RAISE(ABORT, 'leaf is append-only'); END;
CREATE TRIGGER node_is_never_changed BEFORE UPDATE ON node
BEGIN SELECT RAISE(ABORT, 'node is append-only'); END;
CREATE TRIGGER node_is_never_deleted BEFORE DELETE ON node
BEGIN SELECT RAISE(ABORT, 'node is append-only'); END;
CREATE TRIGGER checkpoint_is_never_changed BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;
CREATE TRIGGER checkpoint_is_never_deleted BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;
CREATE TRIGGER tree_is_never_changed BEFORE UPDATE ON tree
BEGIN SELECT RAISE(ABORT, 'tree is append-only'); END;
CREATE TRIGGER tree_is_never_deleted BEFORE DELETE ON tree
BEGIN SELECT RAISE(ABORT, 'tree is append-only'); END;
CREATE INDEX ix_reading_person_at_us ON reading (person, at_us);
COMMIT;
