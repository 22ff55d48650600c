-- DropIndex
DROP INDEX "domains_hostname_key";

-- DropIndex
DROP INDEX "domains_tenant_id_idx";

-- AlterTable
ALTER TABLE "domains" ADD COLUMN     "check_error" TEXT,
ADD COLUMN     "checked_at" TIMESTAMPTZ(3),
ADD COLUMN     "checks" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "next_check_at" TIMESTAMPTZ(3),
ADD COLUMN     "token" TEXT,
ADD COLUMN     "verified_by" TEXT;

-- Domains of before answered without a proof: they go on answering, and their records say who vouched.
UPDATE "domains" SET "token" = replace(gen_random_uuid()::text, '-', ''),
  "verified_at" = coalesce("verified_at", now()), "verified_by" = 'hand';

ALTER TABLE "domains" ALTER COLUMN "token" SET NOT NULL;

-- AlterTable
ALTER TABLE "servers" ADD COLUMN     "pooler_host" TEXT,
ADD COLUMN     "pooler_mode" TEXT,
ADD COLUMN     "pooler_port" INTEGER;

-- AlterTable
ALTER TABLE "tenant_usage_latest" ADD COLUMN     "pooled" DOUBLE PRECISION,
ADD COLUMN     "wait_time" DOUBLE PRECISION,
ADD COLUMN     "waits" DOUBLE PRECISION;

-- CreateTable
CREATE TABLE "tenant_maintenance" (
    "tenant_id" UUID NOT NULL,
    "message" TEXT NOT NULL,
    "allow" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "bypass_hash" TEXT NOT NULL,
    "retry_after" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "started_by" TEXT NOT NULL,

    CONSTRAINT "tenant_maintenance_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "support_access" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "user_email" TEXT NOT NULL,
    "user_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "redeemed_at" TIMESTAMPTZ(3),
    "redeemed_ip" TEXT,
    "session_hash" TEXT,
    "session_ends" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,

    CONSTRAINT "support_access_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runtime_processes" (
    "id" UUID NOT NULL,
    "app" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "stopped_at" TIMESTAMPTZ(3),
    "limits" JSONB NOT NULL,
    "open" INTEGER NOT NULL,
    "idle" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL,
    "tenants" INTEGER NOT NULL,
    "connects" BIGINT NOT NULL,
    "reuses" BIGINT NOT NULL,
    "waits" BIGINT NOT NULL,
    "wait_ms" DOUBLE PRECISION NOT NULL,
    "evictions" BIGINT NOT NULL,
    "timeouts" BIGINT NOT NULL,
    "losses" BIGINT NOT NULL,
    "lookups" BIGINT NOT NULL,
    "memory_hits" BIGINT NOT NULL,
    "redis_hits" BIGINT NOT NULL,

    CONSTRAINT "runtime_processes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runtime_pools" (
    "process_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "open" INTEGER NOT NULL,
    "idle" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL,
    "connects" BIGINT NOT NULL,
    "reuses" BIGINT NOT NULL,
    "waits" BIGINT NOT NULL,
    "wait_ms" DOUBLE PRECISION NOT NULL,
    "evictions" BIGINT NOT NULL,
    "timeouts" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "runtime_pools_pkey" PRIMARY KEY ("process_id","tenant_id")
);

-- CreateTable
CREATE TABLE "isolation_checks" (
    "server_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "tenants" INTEGER NOT NULL DEFAULT 0,
    "roles" INTEGER NOT NULL DEFAULT 0,
    "pairs" BIGINT NOT NULL DEFAULT 0,
    "took_ms" DOUBLE PRECISION,
    "error" TEXT,
    "asked_by" TEXT NOT NULL,
    "looked_at" TIMESTAMPTZ(3),
    "above" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "isolation_checks_pkey" PRIMARY KEY ("server_id")
);

-- CreateTable
CREATE TABLE "isolation_findings" (
    "id" BIGSERIAL NOT NULL,
    "server_id" UUID NOT NULL,
    "tenant_id" UUID,
    "rule" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "mend" TEXT,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "isolation_findings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "support_access_token_hash_key" ON "support_access"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "support_access_session_hash_key" ON "support_access"("session_hash");

-- CreateIndex
CREATE INDEX "support_access_tenant_id_created_at_idx" ON "support_access"("tenant_id", "created_at");

-- CreateIndex
CREATE INDEX "runtime_processes_seen_at_idx" ON "runtime_processes"("seen_at");

-- CreateIndex
CREATE INDEX "runtime_pools_tenant_id_idx" ON "runtime_pools"("tenant_id");

-- CreateIndex
CREATE INDEX "isolation_findings_server_id_resolved_at_idx" ON "isolation_findings"("server_id", "resolved_at");

-- CreateIndex
CREATE INDEX "isolation_findings_tenant_id_idx" ON "isolation_findings"("tenant_id");

-- CreateIndex
CREATE INDEX "domains_hostname_idx" ON "domains"("hostname");

-- CreateIndex
CREATE INDEX "domains_next_check_at_idx" ON "domains"("next_check_at");

-- CreateIndex
CREATE UNIQUE INDEX "domains_hostname_verified" ON "domains"("hostname") WHERE (verified_at IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "domains_tenant_hostname" ON "domains"("tenant_id", "hostname");

-- CreateIndex
CREATE UNIQUE INDEX "domains_one_primary" ON "domains"("tenant_id") WHERE ("primary");

-- AddForeignKey
ALTER TABLE "tenant_maintenance" ADD CONSTRAINT "tenant_maintenance_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "support_access" ADD CONSTRAINT "support_access_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runtime_pools" ADD CONSTRAINT "runtime_pools_process_id_fkey" FOREIGN KEY ("process_id") REFERENCES "runtime_processes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "isolation_checks" ADD CONSTRAINT "isolation_checks_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "servers"("id") ON DELETE CASCADE ON UPDATE CASCADE;
