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
INSERT INTO "alembic_version" VALUES('0002');
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
	pos INTEGER NOT NULL, 
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
	CONSTRAINT pk_event PRIMARY KEY (pos), 
	CONSTRAINT uq_event_deal_version UNIQUE (deal, version), 
	CONSTRAINT uq_event_actor_key UNIQUE (actor, "key"), 
	CONSTRAINT ck_event_pos CHECK (pos > 0), 
	CONSTRAINT ck_event_kind CHECK (kind in ('opened', 'accepted', 'refused')), 
	CONSTRAINT ck_event_opened_first CHECK ((kind = 'opened') = (version = 1)), 
	CONSTRAINT fk_event_deal FOREIGN KEY(deal) REFERENCES deal (id), 
	CONSTRAINT fk_event_agreement_sha256 FOREIGN KEY(agreement_sha256) REFERENCES agreement_text (sha256)
)
 STRICT

;
INSERT INTO "event" VALUES(1,'bicycle',1,'opened','ana','open-bicycle','ba847a9af0083e64f10b4322e3c523b12f441d7fd302b93b244c85576d6604db',1772453220000000,'America/New_York',1772453220000000,'Bicycle Sale','ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306','[["ana","Buyer",true],["ben","Seller",true]]','{"opened":"Bicycle Sale"}','{"ok":true}','clausula-entry-sha256-1','0000000000000000000000000000000000000000000000000000000000000000','b6edf9b91d2d155021ad14593113565794f829fcd4d8645f8fa0a2d604c2fef4');
INSERT INTO "event" VALUES(2,'bicycle',2,'accepted','ana','add','553b004106905a0c9bb238eb3ba1dc5869350e4a7717f4793e911961a59d917f',1772453640000000,'America/New_York',1772453640000000,'Bicycle Sale','ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306','[]','{"add":7,"note":"siete — 七 — 🚲"}','{"kind":"accepted","total":7}','clausula-entry-sha256-1','b6edf9b91d2d155021ad14593113565794f829fcd4d8645f8fa0a2d604c2fef4','0cd8d9ebd0a7179e87a5e7045ddfc2a95d2a0b9b047e16157618c08161fe2ea6');
INSERT INTO "event" VALUES(3,'bicycle',3,'refused','ben','too-much','a8a9372fdd6dd6a1a51252cd86d974996164db4580d5316d9661ee3e40031bd6',1772454060000000,'America/New_York',1772454060000000,'Bicycle Sale','ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306','[]','{"add":1000,"note":""}','{"kind":"refused","total":7}','clausula-entry-sha256-1','0cd8d9ebd0a7179e87a5e7045ddfc2a95d2a0b9b047e16157618c08161fe2ea6','2c75461466aea260f9fa1c35c4ab2a4879f691e8c95f19d0534eb3a68827f9bf');
INSERT INTO "event" VALUES(4,'bicycle',4,'accepted','ana','seat','a3657e817fe608c8b75604b76a005d52112475e1915515788fcf8375e9060770',1772454480000000,'America/New_York',1772454480000000,'Bicycle Sale','ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306','[["carl","Agent",true],["ben","Seller",false]]','{"add":0,"note":""}','{"kind":"accepted","total":7}','clausula-entry-sha256-1','2c75461466aea260f9fa1c35c4ab2a4879f691e8c95f19d0534eb3a68827f9bf','2cfa1d4eba380baa07a6b19c3324571088d80a824e8deea51d61e1c0d4224ebd');
INSERT INTO "event" VALUES(5,'bicycle',5,'accepted','carl','late','3513da950f5de9ade2b204a98a88cc81ddf9c0a78a7bd5ebcb1e47568e35f8b2',1772370000000000,'America/New_York',1772454900000000,'Bicycle Sale','ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306','[]','{"add":1,"note":""}','{"kind":"accepted","total":8}','clausula-entry-sha256-1','2cfa1d4eba380baa07a6b19c3324571088d80a824e8deea51d61e1c0d4224ebd','4204355cd6d870e317ead2ace98ecf74c251d3d2c9bbfb4913b1749302ab6612');
INSERT INTO "event" VALUES(6,'boat',1,'opened','ana','open-boat','0577dd412474ba3b919c56fd34a58768797f8f7cbc22d312f645de44e4fe0bac',1772455320000000,'America/New_York',1772455320000000,'Bicycle Sale','f5ca38f748a1d6eaf726b8a42fb575c3c71f1864a8143301782de13da2d9202b','[["ana","Buyer",true],["ben","Seller",true]]','{"opened":"Bicycle Sale"}','{"ok":true}','clausula-entry-sha256-1','0000000000000000000000000000000000000000000000000000000000000000','1fbf9a6dfe7533df891d74b674fde7b46c42e7c79e139712e8763ee887fa2f97');
INSERT INTO "event" VALUES(7,'boat',2,'accepted','ben','row','41d3213eede61d0659eae41c8016a9f24d19ef8269a8dead9f201530cc760fc3',1772455740000000,'America/New_York',1772455740000000,'Bicycle Sale','f5ca38f748a1d6eaf726b8a42fb575c3c71f1864a8143301782de13da2d9202b','[]','{"add":20,"note":""}','{"kind":"accepted","total":20}','clausula-entry-sha256-1','1fbf9a6dfe7533df891d74b674fde7b46c42e7c79e139712e8763ee887fa2f97','5dbecf0b75e7855d64841eb4615659d4fe4f3aaf3cb720584a859b81e7f5243f');
INSERT INTO "event" VALUES(8,'boat',3,'refused','ben','again','bc7460f1fb70f00fc00e19434fdd12206cbf225df958dd3f0af4080d50f961d5',1772456160000000,'America/New_York',1772456160000000,'Bicycle Sale','f5ca38f748a1d6eaf726b8a42fb575c3c71f1864a8143301782de13da2d9202b','[]','{"add":1,"note":""}','{"kind":"refused","total":20}','clausula-entry-sha256-1','5dbecf0b75e7855d64841eb4615659d4fe4f3aaf3cb720584a859b81e7f5243f','a19cc6b5f7e9a25bfc602832dde80cdae328bb18b5e8c5cfd856d7b7fd1c8851');
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
CREATE INDEX ix_deal_opened_at_us_id ON deal (opened_at_us, id);
CREATE INDEX ix_membership_person_deal ON membership (person, deal);
CREATE TRIGGER event_is_the_next BEFORE INSERT ON event
WHEN NEW.version IS NOT 1 + (SELECT coalesce(max(version), 0) FROM event WHERE deal = NEW.deal)
  OR NEW.prev_hash IS NOT coalesce(
    (SELECT hash FROM event WHERE deal = NEW.deal AND version = NEW.version - 1),
    printf('%064d', 0))
  OR EXISTS (SELECT 1 FROM event WHERE actor = NEW.actor AND "key" = NEW."key")
  OR EXISTS (SELECT 1 FROM event WHERE pos = NEW.pos)
BEGIN SELECT RAISE(ABORT, 'an entry must be the next one of its deal, under a new key'); END;
CREATE TRIGGER agreement_text_is_never_changed BEFORE UPDATE ON agreement_text
BEGIN SELECT RAISE(ABORT, 'agreement_text is append-only'); END;
CREATE TRIGGER agreement_text_is_never_deleted BEFORE DELETE ON agreement_text
BEGIN SELECT RAISE(ABORT, 'agreement_text is append-only'); END;
CREATE TRIGGER deal_is_never_changed BEFORE UPDATE ON deal
BEGIN SELECT RAISE(ABORT, 'deal is append-only'); END;
CREATE TRIGGER deal_is_never_deleted BEFORE DELETE ON deal
BEGIN SELECT RAISE(ABORT, 'deal is append-only'); END;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
COMMIT;
