-- A hub as release 1 of the tables leaves it. Never changed: later releases must open it.
CREATE TABLE "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
CREATE TABLE "kysely_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);
CREATE TABLE "domain" ("id" integer primary key, "name" text not null unique, "reference_version" integer not null);
CREATE TABLE "model" ("id" integer primary key, "name" text not null unique, "created_at" text not null, "last_version" integer not null);
CREATE TABLE "version" ("id" integer primary key, "model_id" integer not null references "model" ("id"), "version" integer not null, "published_at" text not null, "yanked" integer not null, "content_sha256" text not null, "card" text not null, "license" text, "task" text, "source_accuracy" double precision, "onnx_sha256" text not null, "sketch_sha256" text not null, "size_bytes" bigint not null, "opset" integer, "inputs" text not null, "outputs" text not null, "last_dense" text, "parameters" bigint not null, "domain_id" integer references "domain" ("id"), "rows" bigint not null, "feature_slots" bytea not null, constraint "version_number" unique ("model_id", "version"), constraint "version_content" unique ("model_id", "content_sha256"));
CREATE TABLE "version_file" ("version_id" integer not null references "version" ("id"), "location" text not null, "sha256" text not null, "size_bytes" bigint not null, constraint "version_file_key" primary key ("version_id", "location"));
CREATE INDEX "version_domain_id" on "version" ("domain_id");
CREATE INDEX "version_onnx_sha256" on "version" ("onnx_sha256");
CREATE INDEX "version_sketch_sha256" on "version" ("sketch_sha256");
CREATE INDEX "version_file_sha256" on "version_file" ("sha256");
CREATE TABLE "slot" ("domain_id" integer not null references "domain" ("id"), "ordinal" integer not null, "name" text not null, "type" text not null, "signatures" bytea not null, "reference" text not null, constraint "slot_key" primary key ("domain_id", "ordinal"));
CREATE TABLE "block" ("version_id" integer primary key references "version" ("id"), "reference_version" integer not null, "layout" text not null, "bytes" bytea not null);
CREATE TABLE "hub_lock" ("id" integer primary key, "revision" integer not null, "next_id" integer not null);
insert into kysely_migration values ('0001-first-tables', '2026-01-31T08:00:00.000Z');
insert into kysely_migration_lock values ('migration_lock', 0);
insert into hub_lock values (1, 7, 4);
insert into domain values (1, 'drinks', 1);
insert into slot values (1, 0, 'alcohol', 'numeric', x'0102', '{"edges":[0,1]}'), (1, 1, 'colour', 'categorical', x'', '[]');
insert into model values (2, 'ada/wine', '2026-01-31T08:00:00.000Z', 1);
insert into version values (3, 2, 1, '2026-01-31T08:00:00.000Z', 0, '11', 'card', 'mit', null, 0.5, '22', '33', 5000000000,
  17, '[{"name":"x","type":"float32","shape":["N",5]}]', '[]', null, 42, 1, 100, x'0100000000000000');
insert into version_file values (3, 'weights.bin', '44', 5000000000);
insert into block values (3, 1, '{}', x'00ff');
