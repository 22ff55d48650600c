-- CreateEnum
CREATE TYPE "demo_state" AS ENUM ('none', 'loading', 'loaded', 'removing', 'removed');

-- CreateTable
CREATE TABLE "demo_fleet" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "state" "demo_state" NOT NULL DEFAULT 'none',
    "step" TEXT,
    "traffic" BOOLEAN NOT NULL DEFAULT false,
    "by" TEXT,
    "since" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "demo_fleet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "demo_tenants" (
    "tenant_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,

    CONSTRAINT "demo_tenants_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "demo_runs" (
    "position" SMALLINT NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "demo_runs_pkey" PRIMARY KEY ("position")
);

-- CreateIndex
CREATE INDEX "demo_tenants_slug_idx" ON "demo_tenants"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "demo_runs_run_id_key" ON "demo_runs"("run_id");

-- AddForeignKey
ALTER TABLE "demo_tenants" ADD CONSTRAINT "demo_tenants_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One row.
ALTER TABLE "demo_fleet" ADD CONSTRAINT "demo_fleet_one" CHECK ("id" = 1);

-- Tenants that earlier versions made for the demo: that actor was nobody else's.
INSERT INTO "demo_tenants" ("tenant_id", "slug")
SELECT DISTINCT t."id", t."slug" FROM "tenants" t JOIN "tenant_activities" a ON a."tenant_id" = t."id"
 WHERE a."activity_type" = 'created' AND a."actor" = 'demo'
   AND t."slug" IN ('aurora-coffee', 'nordlys', 'kurashi', 'hephaestus', 'lumen-lab', 'verdant', 'saffron-market',
                    'atlas-maps', 'manara-books', 'tidewater', 'paperkite', 'quiet-harbour');
INSERT INTO "demo_fleet" ("id", "state", "by")
SELECT 1, 'loaded', 'demo' WHERE EXISTS (SELECT FROM "demo_tenants");
INSERT INTO "demo_runs" ("position", "run_id")
SELECT row_number() OVER (ORDER BY "planned_at", "id") - 1, "id" FROM "bulk_runs" WHERE "planned_by" = 'demo';
