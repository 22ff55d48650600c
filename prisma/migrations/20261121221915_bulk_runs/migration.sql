-- CreateEnum
CREATE TYPE "bulk_run_status" AS ENUM ('planned', 'awaiting_second', 'running', 'paused', 'cancelling', 'cancelled', 'finished', 'expired');

-- CreateEnum
CREATE TYPE "bulk_item_status" AS ENUM ('pending', 'running', 'done', 'skipped', 'failed', 'cancelled');

-- AlterEnum
ALTER TYPE "tenant_status" ADD VALUE 'deleted';

-- AlterTable
ALTER TABLE "tenants" ADD COLUMN     "next_secret" TEXT,
ADD COLUMN     "purge_after" TIMESTAMPTZ(3),
ADD COLUMN     "status_before" "tenant_status";

-- CreateTable
CREATE TABLE "tenant_schemas" (
    "tenant_id" UUID NOT NULL,
    "version" TEXT,
    "applied" INTEGER,
    "fingerprint" TEXT,
    "drifted" BOOLEAN,
    "differences" JSONB NOT NULL DEFAULT '[]',
    "error" TEXT,
    "error_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_schemas_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "schema_references" (
    "hash" TEXT NOT NULL,
    "major" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "structure" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schema_references_pkey" PRIMARY KEY ("hash","major")
);

-- CreateTable
CREATE TABLE "saved_filters" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_filters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_runs" (
    "id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "input" JSONB NOT NULL DEFAULT '{}',
    "options" JSONB NOT NULL,
    "selection" JSONB NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "status" "bulk_run_status" NOT NULL DEFAULT 'planned',
    "reason" TEXT,
    "digest" TEXT NOT NULL,
    "wave" SMALLINT NOT NULL DEFAULT 0,
    "forgiven" INTEGER NOT NULL DEFAULT 0,
    "radius" TEXT[],
    "undo_of" UUID,
    "scope" JSONB NOT NULL DEFAULT '{"kind": "all"}',
    "planned_by" TEXT NOT NULL,
    "planned_by_id" UUID,
    "planned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_by" TEXT,
    "confirmed_by_id" UUID,
    "confirmed_at" TIMESTAMPTZ(3),
    "second_by" TEXT,
    "second_by_id" UUID,
    "second_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "ended" JSONB,

    CONSTRAINT "bulk_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_items" (
    "run_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "tenant_id" UUID NOT NULL,
    "server_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "tenant_version" INTEGER NOT NULL,
    "wave" SMALLINT NOT NULL,
    "status" "bulk_item_status" NOT NULL DEFAULT 'pending',
    "warnings" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "words" TEXT,
    "saved" JSONB,
    "result" JSONB,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "lost" SMALLINT NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3),
    "lease" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_items_pkey" PRIMARY KEY ("run_id","position")
);

-- CreateTable
CREATE TABLE "bulk_item_log" (
    "id" BIGSERIAL NOT NULL,
    "run_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "attempt" SMALLINT NOT NULL,
    "level" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bulk_item_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "tenant_schemas_version_idx" ON "tenant_schemas"("version");

-- CreateIndex
CREATE INDEX "tenant_schemas_checked_at_idx" ON "tenant_schemas"("checked_at");

-- CreateIndex
CREATE UNIQUE INDEX "saved_filters_name_key" ON "saved_filters"("name");

-- CreateIndex
CREATE INDEX "bulk_runs_status_idx" ON "bulk_runs"("status");

-- CreateIndex
CREATE INDEX "bulk_runs_planned_at_idx" ON "bulk_runs"("planned_at");

-- CreateIndex
CREATE INDEX "bulk_items_tenant_id_run_id_idx" ON "bulk_items"("tenant_id", "run_id");

-- CreateIndex
CREATE INDEX "bulk_items_open" ON "bulk_items"("tenant_id") WHERE (status < 'done');

-- CreateIndex
CREATE INDEX "bulk_items_pending" ON "bulk_items"("run_id", "server_id", "wave", "position") WHERE (status = 'pending');

-- CreateIndex
CREATE UNIQUE INDEX "bulk_items_one_running" ON "bulk_items"("tenant_id") WHERE (status = 'running');

-- CreateIndex
CREATE INDEX "bulk_item_log_run_id_position_id_idx" ON "bulk_item_log"("run_id", "position", "id");

-- AddForeignKey
ALTER TABLE "tenant_schemas" ADD CONSTRAINT "tenant_schemas_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;
