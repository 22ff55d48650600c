-- CreateEnum
CREATE TYPE "report_status" AS ENUM ('waiting', 'running', 'done', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "reports" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "input" JSONB NOT NULL DEFAULT '{}',
    "title" TEXT NOT NULL,
    "status" "report_status" NOT NULL DEFAULT 'waiting',
    "words" TEXT,
    "scope" JSONB NOT NULL DEFAULT '{"kind": "all"}',
    "asked_by" TEXT NOT NULL,
    "asked_kind" TEXT NOT NULL,
    "asked_by_id" UUID,
    "schedule_id" UUID,
    "due_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "removed" BOOLEAN NOT NULL DEFAULT false,
    "rows" BIGINT NOT NULL DEFAULT 0,
    "total" BIGINT,
    "file_name" TEXT,
    "bytes" BIGINT,
    "sha256" TEXT,
    "lease" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "attempts" SMALLINT NOT NULL DEFAULT 0,

    CONSTRAINT "reports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_schedules" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "input" JSONB NOT NULL DEFAULT '{}',
    "every" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "day" SMALLINT,
    "tz" TEXT NOT NULL,
    "recipients" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "stopped" TEXT,
    "next_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "scope" JSONB NOT NULL DEFAULT '{"kind": "all"}',
    "made_by" TEXT NOT NULL,
    "made_kind" TEXT NOT NULL,
    "made_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_schedules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_mails" (
    "report_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3),
    "words" TEXT,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_mails_pkey" PRIMARY KEY ("report_id","address")
);

-- CreateTable
CREATE TABLE "lake_days" (
    "day" DATE NOT NULL,
    "level" TEXT NOT NULL,
    "rows" BIGINT NOT NULL,
    "tenants" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "took_ms" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "lake_days_pkey" PRIMARY KEY ("day")
);

-- CreateIndex
CREATE INDEX "reports_created_at_idx" ON "reports"("created_at");

-- CreateIndex
CREATE INDEX "reports_open" ON "reports"("lease_until") WHERE (status < 'done');

-- CreateIndex
CREATE UNIQUE INDEX "reports_schedule_id_due_at_key" ON "reports"("schedule_id", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "report_schedules_name_key" ON "report_schedules"("name");

-- CreateIndex
CREATE INDEX "report_schedules_next_at_idx" ON "report_schedules"("next_at");

-- CreateIndex
CREATE INDEX "report_mails_status_idx" ON "report_mails"("status");

-- AddForeignKey
ALTER TABLE "reports" ADD CONSTRAINT "reports_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "report_schedules"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_mails" ADD CONSTRAINT "report_mails_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "reports"("id") ON DELETE CASCADE ON UPDATE CASCADE;
