CREATE FUNCTION public.clausula_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE FUNCTION public.clausula_next_entry() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  last record;
BEGIN
  SELECT version, hash INTO last FROM event WHERE deal = NEW.deal ORDER BY version DESC LIMIT 1;
  IF NEW.version <> coalesce(last.version, 0) + 1 OR NEW.prev_hash <> coalesce(last.hash, repeat('0', 64)) THEN
    RAISE EXCEPTION 'an entry must be the next one of its deal, under a new key'
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'event_is_the_next';
  END IF;
  RETURN NEW;
END
$$;
CREATE TABLE public.agreement_text (
    sha256 text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.checkpoint (
    size bigint NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    note text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.deal (
    id text NOT NULL COLLATE pg_catalog."C",
    agreement text NOT NULL COLLATE pg_catalog."C",
    agreement_sha256 text NOT NULL COLLATE pg_catalog."C",
    opened_at_us bigint NOT NULL,
    opened_by text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.event (
    deal text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    actor text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    request_sha256 text NOT NULL COLLATE pg_catalog."C",
    effective_at_us bigint NOT NULL,
    zone text NOT NULL COLLATE pg_catalog."C",
    recorded_at_us bigint NOT NULL,
    agreement text NOT NULL COLLATE pg_catalog."C",
    agreement_sha256 text NOT NULL COLLATE pg_catalog."C",
    members text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    answer text NOT NULL COLLATE pg_catalog."C",
    algorithm text NOT NULL COLLATE pg_catalog."C",
    prev_hash text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT ck_event_kind CHECK ((kind = ANY (ARRAY['opened'::text, 'accepted'::text, 'refused'::text]))),
    CONSTRAINT ck_event_opened_first CHECK (((kind = 'opened'::text) = (version = 1)))
);
CREATE TABLE public.head (
    deal text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    hash text NOT NULL COLLATE pg_catalog."C",
    engine_version text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.leaf (
    number bigint NOT NULL,
    deal text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    hash text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT ck_leaf_number CHECK ((number >= 0))
);
CREATE TABLE public.membership (
    deal text NOT NULL COLLATE pg_catalog."C",
    person text NOT NULL COLLATE pg_catalog."C",
    party text NOT NULL COLLATE pg_catalog."C",
    acts bigint NOT NULL,
    since_version bigint NOT NULL,
    CONSTRAINT ck_membership_acts CHECK ((acts = ANY (ARRAY[(0)::bigint, (1)::bigint])))
);
CREATE TABLE public.moved (
    deal text NOT NULL COLLATE pg_catalog."C",
    destination text NOT NULL COLLATE pg_catalog."C",
    moved_at_us bigint NOT NULL
);
CREATE TABLE public.node (
    level bigint NOT NULL,
    number bigint NOT NULL,
    hash text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT ck_node_level CHECK ((level > 0))
);
CREATE TABLE public.person_key (
    person text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    public_key text NOT NULL COLLATE pg_catalog."C",
    registered_at_us bigint NOT NULL,
    revoked_at_us bigint
);
CREATE TABLE public.personal (
    reference text NOT NULL COLLATE pg_catalog."C",
    deal text NOT NULL COLLATE pg_catalog."C",
    person text NOT NULL COLLATE pg_catalog."C",
    kept_at_us bigint NOT NULL,
    salt text COLLATE pg_catalog."C",
    value text COLLATE pg_catalog."C",
    erased_at_us bigint,
    CONSTRAINT ck_personal_salt CHECK (((salt IS NULL) = (erased_at_us IS NOT NULL))),
    CONSTRAINT ck_personal_value CHECK (((value IS NULL) = (erased_at_us IS NOT NULL)))
);
CREATE TABLE public.reading (
    deal text NOT NULL COLLATE pg_catalog."C",
    at_us bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    person text NOT NULL COLLATE pg_catalog."C",
    request text NOT NULL COLLATE pg_catalog."C",
    operation text NOT NULL COLLATE pg_catalog."C",
    fields text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.revoked (
    sha256 text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    at_us bigint NOT NULL,
    until_us bigint NOT NULL,
    CONSTRAINT ck_revoked_kind CHECK ((kind = ANY (ARRAY['token'::text, 'person'::text])))
);
CREATE TABLE public.tree (
    id bigint NOT NULL,
    origin text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT ck_tree_one CHECK ((id = 1))
);
INSERT INTO public.agreement_text VALUES ('ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306', '100');
INSERT INTO public.agreement_text VALUES ('f5ca38f748a1d6eaf726b8a42fb575c3c71f1864a8143301782de13da2d9202b', '20');
INSERT INTO public.alembic_version VALUES ('0005');
INSERT INTO public.checkpoint VALUES (8, 'clausula/3a7267c3e13cf21854a637fd2c3c9345+19d3d72a+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop', 'clausula/3a7267c3e13cf21854a637fd2c3c9345
8
jXR7AcS/QZJHU4dZnqtIHOeYGFhFdPQ9xqIZieS8f3Q=
at 2026-03-02T12:56:00.000000Z

— clausula/3a7267c3e13cf21854a637fd2c3c9345 GdPXKr+9GpbXZYXEuW1VHwEodZjucFYkBwpFDy1BI4vVjIO/qsIBFxcmvfUFNduN18abyQwd5oxO4cKQrEFCRnvl8QY=
');
INSERT INTO public.deal VALUES ('bicycle', 'Bicycle Sale', 'ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306', 1772453220000000, 'ana');
INSERT INTO public.deal VALUES ('boat', 'Bicycle Sale', 'f5ca38f748a1d6eaf726b8a42fb575c3c71f1864a8143301782de13da2d9202b', 1772455320000000, 'ana');
INSERT INTO public.event VALUES ('bicycle', 1, 'opened', 'ana', 'open-bicycle', 'ba847a9af0083e64f10b4322e3c523b12f441d7fd302b93b244c85576d6604db', 1772453220000000, 'America/New_York', 1772453220000000, 'Bicycle Sale', 'ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306', '[["ana","Buyer",true],["ben","Seller",true]]', '{"opened":"Bicycle Sale"}', '{"ok":true}', 'clausula-entry-sha256-1', '0000000000000000000000000000000000000000000000000000000000000000', 'b6edf9b91d2d155021ad14593113565794f829fcd4d8645f8fa0a2d604c2fef4');
INSERT INTO public.event VALUES ('bicycle', 2, 'accepted', 'ana', 'add', '553b004106905a0c9bb238eb3ba1dc5869350e4a7717f4793e911961a59d917f', 1772453640000000, 'America/New_York', 1772453640000000, 'Bicycle Sale', 'ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306', '[]', '{"add":7,"note":"siete — 七 — 🚲"}', '{"kind":"accepted","total":7}', 'clausula-entry-sha256-1', 'b6edf9b91d2d155021ad14593113565794f829fcd4d8645f8fa0a2d604c2fef4', '0cd8d9ebd0a7179e87a5e7045ddfc2a95d2a0b9b047e16157618c08161fe2ea6');
INSERT INTO public.event VALUES ('bicycle', 3, 'refused', 'ben', 'too-much', 'a8a9372fdd6dd6a1a51252cd86d974996164db4580d5316d9661ee3e40031bd6', 1772454060000000, 'America/New_York', 1772454060000000, 'Bicycle Sale', 'ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306', '[]', '{"add":1000,"note":""}', '{"kind":"refused","total":7}', 'clausula-entry-sha256-1', '0cd8d9ebd0a7179e87a5e7045ddfc2a95d2a0b9b047e16157618c08161fe2ea6', '2c75461466aea260f9fa1c35c4ab2a4879f691e8c95f19d0534eb3a68827f9bf');
INSERT INTO public.event VALUES ('bicycle', 4, 'accepted', 'ana', 'seat', 'a3657e817fe608c8b75604b76a005d52112475e1915515788fcf8375e9060770', 1772454480000000, 'America/New_York', 1772454480000000, 'Bicycle Sale', 'ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306', '[["carl","Agent",true],["ben","Seller",false]]', '{"add":0,"note":""}', '{"kind":"accepted","total":7}', 'clausula-entry-sha256-1', '2c75461466aea260f9fa1c35c4ab2a4879f691e8c95f19d0534eb3a68827f9bf', '2cfa1d4eba380baa07a6b19c3324571088d80a824e8deea51d61e1c0d4224ebd');
INSERT INTO public.event VALUES ('bicycle', 5, 'accepted', 'carl', 'late', '3513da950f5de9ade2b204a98a88cc81ddf9c0a78a7bd5ebcb1e47568e35f8b2', 1772370000000000, 'America/New_York', 1772454900000000, 'Bicycle Sale', 'ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306', '[]', '{"add":1,"note":""}', '{"kind":"accepted","total":8}', 'clausula-entry-sha256-1', '2cfa1d4eba380baa07a6b19c3324571088d80a824e8deea51d61e1c0d4224ebd', '4204355cd6d870e317ead2ace98ecf74c251d3d2c9bbfb4913b1749302ab6612');
INSERT INTO public.event VALUES ('boat', 1, 'opened', 'ana', 'open-boat', '0577dd412474ba3b919c56fd34a58768797f8f7cbc22d312f645de44e4fe0bac', 1772455320000000, 'America/New_York', 1772455320000000, 'Bicycle Sale', 'f5ca38f748a1d6eaf726b8a42fb575c3c71f1864a8143301782de13da2d9202b', '[["ana","Buyer",true],["ben","Seller",true]]', '{"opened":"Bicycle Sale"}', '{"ok":true}', 'clausula-entry-sha256-1', '0000000000000000000000000000000000000000000000000000000000000000', '1fbf9a6dfe7533df891d74b674fde7b46c42e7c79e139712e8763ee887fa2f97');
INSERT INTO public.event VALUES ('boat', 2, 'accepted', 'ben', 'row', '41d3213eede61d0659eae41c8016a9f24d19ef8269a8dead9f201530cc760fc3', 1772455740000000, 'America/New_York', 1772455740000000, 'Bicycle Sale', 'f5ca38f748a1d6eaf726b8a42fb575c3c71f1864a8143301782de13da2d9202b', '[]', '{"add":20,"note":""}', '{"kind":"accepted","total":20}', 'clausula-entry-sha256-1', '1fbf9a6dfe7533df891d74b674fde7b46c42e7c79e139712e8763ee887fa2f97', '5dbecf0b75e7855d64841eb4615659d4fe4f3aaf3cb720584a859b81e7f5243f');
INSERT INTO public.event VALUES ('boat', 3, 'refused', 'ben', 'again', 'bc7460f1fb70f00fc00e19434fdd12206cbf225df958dd3f0af4080d50f961d5', 1772456160000000, 'America/New_York', 1772456160000000, 'Bicycle Sale', 'f5ca38f748a1d6eaf726b8a42fb575c3c71f1864a8143301782de13da2d9202b', '[]', '{"add":1,"note":""}', '{"kind":"refused","total":20}', 'clausula-entry-sha256-1', '5dbecf0b75e7855d64841eb4615659d4fe4f3aaf3cb720584a859b81e7f5243f', 'a19cc6b5f7e9a25bfc602832dde80cdae328bb18b5e8c5cfd856d7b7fd1c8851');
INSERT INTO public.head VALUES ('bicycle', 5, '4204355cd6d870e317ead2ace98ecf74c251d3d2c9bbfb4913b1749302ab6612', 'ledger-1', '{"total":8}');
INSERT INTO public.head VALUES ('boat', 3, 'a19cc6b5f7e9a25bfc602832dde80cdae328bb18b5e8c5cfd856d7b7fd1c8851', 'ledger-1', '{"total":20}');
INSERT INTO public.leaf VALUES (0, 'bicycle', 1, 'b6edf9b91d2d155021ad14593113565794f829fcd4d8645f8fa0a2d604c2fef4');
INSERT INTO public.leaf VALUES (1, 'bicycle', 2, '0cd8d9ebd0a7179e87a5e7045ddfc2a95d2a0b9b047e16157618c08161fe2ea6');
INSERT INTO public.leaf VALUES (2, 'bicycle', 3, '2c75461466aea260f9fa1c35c4ab2a4879f691e8c95f19d0534eb3a68827f9bf');
INSERT INTO public.leaf VALUES (3, 'bicycle', 4, '2cfa1d4eba380baa07a6b19c3324571088d80a824e8deea51d61e1c0d4224ebd');
INSERT INTO public.leaf VALUES (4, 'bicycle', 5, '4204355cd6d870e317ead2ace98ecf74c251d3d2c9bbfb4913b1749302ab6612');
INSERT INTO public.leaf VALUES (5, 'boat', 1, '1fbf9a6dfe7533df891d74b674fde7b46c42e7c79e139712e8763ee887fa2f97');
INSERT INTO public.leaf VALUES (6, 'boat', 2, '5dbecf0b75e7855d64841eb4615659d4fe4f3aaf3cb720584a859b81e7f5243f');
INSERT INTO public.leaf VALUES (7, 'boat', 3, 'a19cc6b5f7e9a25bfc602832dde80cdae328bb18b5e8c5cfd856d7b7fd1c8851');
INSERT INTO public.membership VALUES ('bicycle', 'ana', 'Buyer', 1, 1);
INSERT INTO public.membership VALUES ('bicycle', 'carl', 'Agent', 1, 4);
INSERT INTO public.membership VALUES ('bicycle', 'ben', 'Seller', 0, 4);
INSERT INTO public.membership VALUES ('boat', 'ana', 'Buyer', 1, 1);
INSERT INTO public.membership VALUES ('boat', 'ben', 'Seller', 1, 1);
INSERT INTO public.node VALUES (1, 0, 'e0c8ed7bd972e13a1962800f6ec98909adc248e15a87ea635d13fe0032c1e7e3');
INSERT INTO public.node VALUES (1, 1, 'cef0a5b18b82598c42c5e72c3941e7ea21eaee9de2630e59115efb190e1b7f86');
INSERT INTO public.node VALUES (2, 0, '6dc5651dc910e41c3fe2f033225c8222e10c0bde61a79230a091a9cf999ea731');
INSERT INTO public.node VALUES (1, 2, 'b2c3ef80765dbfdfdb39285ba2c92ef9edcc2bc47fe518ea0e9daa11ba8c288e');
INSERT INTO public.node VALUES (1, 3, '2f761115886d6f60b5e005ae83d00a9b2e74ee43e2aa2560f099357b209c0c52');
INSERT INTO public.node VALUES (2, 1, '207696e01cfa88c35b32ce6680631beaf07f26e5b81e309a78039d7cf307db42');
INSERT INTO public.node VALUES (3, 0, '8d747b01c4bf4192475387599eab481ce79818584574f43dc6a21989e4bc7f74');
INSERT INTO public.personal VALUES ('personal:667c5e757b98d6d91fd26187f1550978a606583888ff59bb8d13c546d9a3bb98', 'bicycle', 'ana', 1772456160000000, '3f4aa2be363e1644de5bc394ed86af403468a045d6d9985e5c89be51987519f7', '12 Elm Street', NULL);
INSERT INTO public.reading VALUES ('bicycle', 1772456160000000, 'eb589d3e44b3582f', 'ana', 'r-1', 'Overview', 'deal { version }');
INSERT INTO public.revoked VALUES ('714567d06e78f93d65968028e2f650053f519745b53632b746bd89a21f04ba70', 'person', 1772456160000000, 2090408160000000);
INSERT INTO public.tree VALUES (1, 'clausula/3a7267c3e13cf21854a637fd2c3c9345');
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.agreement_text
    ADD CONSTRAINT pk_agreement_text PRIMARY KEY (sha256);
ALTER TABLE ONLY public.checkpoint
    ADD CONSTRAINT pk_checkpoint PRIMARY KEY (size);
ALTER TABLE ONLY public.deal
    ADD CONSTRAINT pk_deal PRIMARY KEY (id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT pk_event PRIMARY KEY (deal, version);
ALTER TABLE ONLY public.head
    ADD CONSTRAINT pk_head PRIMARY KEY (deal);
ALTER TABLE ONLY public.leaf
    ADD CONSTRAINT pk_leaf PRIMARY KEY (number);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT pk_membership PRIMARY KEY (deal, person, party);
ALTER TABLE ONLY public.moved
    ADD CONSTRAINT pk_moved PRIMARY KEY (deal);
ALTER TABLE ONLY public.node
    ADD CONSTRAINT pk_node PRIMARY KEY (level, number);
ALTER TABLE ONLY public.person_key
    ADD CONSTRAINT pk_person_key PRIMARY KEY (person, id);
ALTER TABLE ONLY public.personal
    ADD CONSTRAINT pk_personal PRIMARY KEY (reference);
ALTER TABLE ONLY public.reading
    ADD CONSTRAINT pk_reading PRIMARY KEY (deal, at_us, id);
ALTER TABLE ONLY public.revoked
    ADD CONSTRAINT pk_revoked PRIMARY KEY (sha256);
ALTER TABLE ONLY public.tree
    ADD CONSTRAINT pk_tree PRIMARY KEY (id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT uq_event_deal_actor_key UNIQUE (deal, actor, key);
ALTER TABLE ONLY public.leaf
    ADD CONSTRAINT uq_leaf_deal_version UNIQUE (deal, version);
CREATE INDEX ix_deal_opened_at_us_id ON public.deal USING btree (opened_at_us, id);
CREATE INDEX ix_membership_person_deal ON public.membership USING btree (person, deal);
CREATE INDEX ix_personal_deal ON public.personal USING btree (deal);
CREATE INDEX ix_personal_person ON public.personal USING btree (person);
CREATE INDEX ix_reading_person_at_us ON public.reading USING btree (person, at_us);
CREATE TRIGGER agreement_text_is_never_changed BEFORE UPDATE ON public.agreement_text FOR EACH ROW EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.agreement_text ENABLE ALWAYS TRIGGER agreement_text_is_never_changed;
CREATE TRIGGER agreement_text_is_never_deleted BEFORE DELETE ON public.agreement_text FOR EACH ROW EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.agreement_text ENABLE ALWAYS TRIGGER agreement_text_is_never_deleted;
CREATE TRIGGER agreement_text_is_never_emptied BEFORE TRUNCATE ON public.agreement_text FOR EACH STATEMENT EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.agreement_text ENABLE ALWAYS TRIGGER agreement_text_is_never_emptied;
CREATE TRIGGER checkpoint_is_never_changed BEFORE UPDATE ON public.checkpoint FOR EACH ROW EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.checkpoint ENABLE ALWAYS TRIGGER checkpoint_is_never_changed;
CREATE TRIGGER checkpoint_is_never_deleted BEFORE DELETE ON public.checkpoint FOR EACH ROW EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.checkpoint ENABLE ALWAYS TRIGGER checkpoint_is_never_deleted;
CREATE TRIGGER checkpoint_is_never_emptied BEFORE TRUNCATE ON public.checkpoint FOR EACH STATEMENT EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.checkpoint ENABLE ALWAYS TRIGGER checkpoint_is_never_emptied;
CREATE TRIGGER deal_is_never_changed BEFORE UPDATE ON public.deal FOR EACH ROW EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.deal ENABLE ALWAYS TRIGGER deal_is_never_changed;
CREATE TRIGGER deal_is_never_deleted BEFORE DELETE ON public.deal FOR EACH ROW EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.deal ENABLE ALWAYS TRIGGER deal_is_never_deleted;
CREATE TRIGGER deal_is_never_emptied BEFORE TRUNCATE ON public.deal FOR EACH STATEMENT EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.deal ENABLE ALWAYS TRIGGER deal_is_never_emptied;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.event ENABLE ALWAYS TRIGGER event_is_never_changed;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON public.event FOR EACH ROW EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.event ENABLE ALWAYS TRIGGER event_is_never_deleted;
CREATE TRIGGER event_is_never_emptied BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.event ENABLE ALWAYS TRIGGER event_is_never_emptied;
CREATE TRIGGER event_is_the_next BEFORE INSERT ON public.event FOR EACH ROW EXECUTE FUNCTION public.clausula_next_entry();
ALTER TABLE public.event ENABLE ALWAYS TRIGGER event_is_the_next;
CREATE TRIGGER leaf_is_never_changed BEFORE UPDATE ON public.leaf FOR EACH ROW EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.leaf ENABLE ALWAYS TRIGGER leaf_is_never_changed;
CREATE TRIGGER leaf_is_never_deleted BEFORE DELETE ON public.leaf FOR EACH ROW EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.leaf ENABLE ALWAYS TRIGGER leaf_is_never_deleted;
CREATE TRIGGER leaf_is_never_emptied BEFORE TRUNCATE ON public.leaf FOR EACH STATEMENT EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.leaf ENABLE ALWAYS TRIGGER leaf_is_never_emptied;
CREATE TRIGGER node_is_never_changed BEFORE UPDATE ON public.node FOR EACH ROW EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.node ENABLE ALWAYS TRIGGER node_is_never_changed;
CREATE TRIGGER node_is_never_deleted BEFORE DELETE ON public.node FOR EACH ROW EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.node ENABLE ALWAYS TRIGGER node_is_never_deleted;
CREATE TRIGGER node_is_never_emptied BEFORE TRUNCATE ON public.node FOR EACH STATEMENT EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.node ENABLE ALWAYS TRIGGER node_is_never_emptied;
CREATE TRIGGER tree_is_never_changed BEFORE UPDATE ON public.tree FOR EACH ROW EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.tree ENABLE ALWAYS TRIGGER tree_is_never_changed;
CREATE TRIGGER tree_is_never_deleted BEFORE DELETE ON public.tree FOR EACH ROW EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.tree ENABLE ALWAYS TRIGGER tree_is_never_deleted;
CREATE TRIGGER tree_is_never_emptied BEFORE TRUNCATE ON public.tree FOR EACH STATEMENT EXECUTE FUNCTION public.clausula_append_only();
ALTER TABLE public.tree ENABLE ALWAYS TRIGGER tree_is_never_emptied;
ALTER TABLE ONLY public.deal
    ADD CONSTRAINT fk_deal_agreement_sha256 FOREIGN KEY (agreement_sha256) REFERENCES public.agreement_text(sha256);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_agreement_sha256 FOREIGN KEY (agreement_sha256) REFERENCES public.agreement_text(sha256);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_deal FOREIGN KEY (deal) REFERENCES public.deal(id);
ALTER TABLE ONLY public.head
    ADD CONSTRAINT fk_head_deal FOREIGN KEY (deal) REFERENCES public.deal(id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT fk_membership_deal FOREIGN KEY (deal) REFERENCES public.deal(id);
ALTER TABLE ONLY public.moved
    ADD CONSTRAINT fk_moved_deal FOREIGN KEY (deal) REFERENCES public.deal(id);
ALTER TABLE ONLY public.reading
    ADD CONSTRAINT fk_reading_deal FOREIGN KEY (deal) REFERENCES public.deal(id);
