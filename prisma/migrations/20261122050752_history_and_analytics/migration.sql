-- AlterTable
ALTER TABLE "servers" ADD COLUMN     "cores" INTEGER,
ADD COLUMN     "disk_free_mb" DOUBLE PRECISION,
ADD COLUMN     "disk_total_mb" DOUBLE PRECISION,
ADD COLUMN     "max_connections" INTEGER,
ADD COLUMN     "memory_mb" DOUBLE PRECISION,
ADD COLUMN     "storage_capacity_mb" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "tenant_usage_latest" ADD COLUMN     "app_cpu" DOUBLE PRECISION,
ADD COLUMN     "app_memory" DOUBLE PRECISION,
ADD COLUMN     "errors" DOUBLE PRECISION;

-- CreateTable
CREATE TABLE "usage_source_sets" (
    "id" SERIAL NOT NULL,
    "sources" JSONB NOT NULL,

    CONSTRAINT "usage_source_sets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_rollups" (
    "level" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "ran_at" TIMESTAMPTZ(3),
    "took_ms" DOUBLE PRECISION,
    "open_ran_at" TIMESTAMPTZ(3),
    "open_took_ms" DOUBLE PRECISION,

    CONSTRAINT "usage_rollups_pkey" PRIMARY KEY ("level")
);

-- CreateTable
CREATE TABLE "usage_late_minutes" (
    "id" BIGSERIAL NOT NULL,
    "subject_id" UUID NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "usage_late_minutes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_baselines" (
    "tenant_id" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "hours" INTEGER NOT NULL,
    "median" DOUBLE PRECISION[],
    "spread" DOUBLE PRECISION[],

    CONSTRAINT "usage_baselines_pkey" PRIMARY KEY ("tenant_id","metric")
);

-- CreateTable
CREATE TABLE "usage_anomalies" (
    "id" BIGSERIAL NOT NULL,
    "tenant_id" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "direction" TEXT NOT NULL,
    "peak" DOUBLE PRECISION NOT NULL,
    "expected" DOUBLE PRECISION NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "usage_anomalies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "otlp_series" (
    "tenant_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "metric" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "value" DOUBLE PRECISION,
    "count" DOUBLE PRECISION,
    "adds" DOUBLE PRECISION,
    "weight" DOUBLE PRECISION,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "otlp_series_pkey" PRIMARY KEY ("tenant_id","hash")
);

-- CreateTable
CREATE TABLE "tenant_app_readings" (
    "tenant_id" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tenant_app_readings_pkey" PRIMARY KEY ("tenant_id","metric")
);

-- CreateIndex
CREATE UNIQUE INDEX "usage_source_sets_sources_key" ON "usage_source_sets"("sources");

-- CreateIndex
CREATE INDEX "usage_anomalies_started_at_idx" ON "usage_anomalies"("started_at");

-- CreateIndex
CREATE UNIQUE INDEX "usage_anomalies_tenant_id_metric_started_at_key" ON "usage_anomalies"("tenant_id", "metric", "started_at");

-- CreateIndex
CREATE INDEX "otlp_series_tenant_id_metric_idx" ON "otlp_series"("tenant_id", "metric");

-- CreateIndex
CREATE INDEX "otlp_series_seen_at_idx" ON "otlp_series"("seen_at");

-- CreateIndex
CREATE INDEX "tenant_app_readings_at_idx" ON "tenant_app_readings"("at");

-- CreateIndex
CREATE INDEX "tenant_activities_activity_type_created_at_idx" ON "tenant_activities"("activity_type", "created_at");

-- AddForeignKey
ALTER TABLE "usage_anomalies" ADD CONSTRAINT "usage_anomalies_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Usage rolled up, a row a tenant (or server) and minute, hour or day (UTC). Of each metric: `_sum`, its value times the
-- milliseconds for which it stood; `_ms`, for how many milliseconds it is known; the lowest, highest and last value. All
-- five are null where nothing is known. The mean is _sum / _ms.
CREATE TABLE tenant_usage_minutes (
  at timestamptz(3) NOT NULL,
  tenant_id uuid NOT NULL,
  cpu_sum double precision,
  memory_sum double precision,
  buffers_sum double precision,
  storage_sum double precision,
  requests_sum double precision,
  transactions_sum double precision,
  connections_sum double precision,
  cache_hit_sum double precision,
  latency_sum double precision,
  pooled_sum double precision,
  waits_sum double precision,
  wait_time_sum double precision,
  errors_sum double precision,
  app_cpu_sum double precision,
  app_memory_sum double precision,
  cpu_ms integer, cpu_min real, cpu_max real, cpu_last real,
  memory_ms integer, memory_min real, memory_max real, memory_last real,
  buffers_ms integer, buffers_min real, buffers_max real, buffers_last real,
  storage_ms integer, storage_min real, storage_max real, storage_last real,
  requests_ms integer, requests_min real, requests_max real, requests_last real,
  transactions_ms integer, transactions_min real, transactions_max real, transactions_last real,
  connections_ms integer, connections_min real, connections_max real, connections_last real,
  cache_hit_ms integer, cache_hit_min real, cache_hit_max real, cache_hit_last real,
  latency_ms integer, latency_min real, latency_max real, latency_last real,
  pooled_ms integer, pooled_min real, pooled_max real, pooled_last real,
  waits_ms integer, waits_min real, waits_max real, waits_last real,
  wait_time_ms integer, wait_time_min real, wait_time_max real, wait_time_last real,
  errors_ms integer, errors_min real, errors_max real, errors_last real,
  app_cpu_ms integer, app_cpu_min real, app_cpu_max real, app_cpu_last real,
  app_memory_ms integer, app_memory_min real, app_memory_max real, app_memory_last real,
  source_set integer NOT NULL,
  PRIMARY KEY (tenant_id, at)
) PARTITION BY RANGE (at);
CREATE INDEX tenant_usage_minutes_at ON tenant_usage_minutes USING brin (at) WITH (pages_per_range = 16, autosummarize = on);
CREATE TABLE tenant_usage_minutes_default PARTITION OF tenant_usage_minutes DEFAULT;

CREATE TABLE tenant_usage_hours (LIKE tenant_usage_minutes, PRIMARY KEY (tenant_id, at)) PARTITION BY RANGE (at);
CREATE INDEX tenant_usage_hours_at ON tenant_usage_hours USING brin (at) WITH (pages_per_range = 16, autosummarize = on);
CREATE TABLE tenant_usage_hours_default PARTITION OF tenant_usage_hours DEFAULT;

CREATE TABLE tenant_usage_days (LIKE tenant_usage_minutes, PRIMARY KEY (tenant_id, at)) PARTITION BY RANGE (at);
CREATE INDEX tenant_usage_days_at ON tenant_usage_days USING brin (at) WITH (pages_per_range = 16, autosummarize = on);
CREATE TABLE tenant_usage_days_default PARTITION OF tenant_usage_days DEFAULT;

CREATE TABLE server_usage_minutes (
  at timestamptz(3) NOT NULL,
  server_id uuid NOT NULL,
  cpu_sum double precision,
  cpu_unattributed_sum double precision,
  memory_sum double precision,
  memory_unattributed_sum double precision,
  buffers_sum double precision,
  storage_sum double precision,
  requests_sum double precision,
  transactions_sum double precision,
  connections_sum double precision,
  cpu_ms integer, cpu_min real, cpu_max real, cpu_last real,
  cpu_unattributed_ms integer, cpu_unattributed_min real, cpu_unattributed_max real, cpu_unattributed_last real,
  memory_ms integer, memory_min real, memory_max real, memory_last real,
  memory_unattributed_ms integer, memory_unattributed_min real, memory_unattributed_max real, memory_unattributed_last real,
  buffers_ms integer, buffers_min real, buffers_max real, buffers_last real,
  storage_ms integer, storage_min real, storage_max real, storage_last real,
  requests_ms integer, requests_min real, requests_max real, requests_last real,
  transactions_ms integer, transactions_min real, transactions_max real, transactions_last real,
  connections_ms integer, connections_min real, connections_max real, connections_last real,
  source_set integer NOT NULL,
  PRIMARY KEY (server_id, at)
) PARTITION BY RANGE (at);
CREATE INDEX server_usage_minutes_at ON server_usage_minutes USING brin (at) WITH (pages_per_range = 16, autosummarize = on);
CREATE TABLE server_usage_minutes_default PARTITION OF server_usage_minutes DEFAULT;

CREATE TABLE server_usage_hours (LIKE server_usage_minutes, PRIMARY KEY (server_id, at)) PARTITION BY RANGE (at);
CREATE INDEX server_usage_hours_at ON server_usage_hours USING brin (at) WITH (pages_per_range = 16, autosummarize = on);
CREATE TABLE server_usage_hours_default PARTITION OF server_usage_hours DEFAULT;

CREATE TABLE server_usage_days (LIKE server_usage_minutes, PRIMARY KEY (server_id, at)) PARTITION BY RANGE (at);
CREATE INDEX server_usage_days_at ON server_usage_days USING brin (at) WITH (pages_per_range = 16, autosummarize = on);
CREATE TABLE server_usage_days_default PARTITION OF server_usage_days DEFAULT;

-- Makes the partition of a table for the time from `first` to before `after` (UTC), unless it is there. What the default
-- partition holds of that time moves into it.
CREATE FUNCTION ensure_span_partition(parent regclass, first date, after date) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  child text := format('%s_%s', parent::text, to_char(first, 'YYYYMMDD'));
  key text := CASE parent::text WHEN 'tenant_usage_logs' THEN 'recorded_at' ELSE 'at' END;
  begins timestamptz := first::timestamp AT TIME ZONE 'UTC';
  ends timestamptz := after::timestamp AT TIME ZONE 'UTC';
BEGIN
  IF to_regclass(child) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', child, parent);
  EXECUTE format(
    'WITH moved AS (DELETE FROM %I WHERE %I >= %L AND %I < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
    parent::text || '_default', key, begins, key, ends, child
  );
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, child, begins, ends);
END $$;

-- The id of a set of sources: {"cpu": "proc", …}.
CREATE FUNCTION usage_source_set(wanted jsonb) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  found integer;
BEGIN
  SELECT id INTO found FROM usage_source_sets WHERE sources = wanted;
  IF found IS NULL THEN
    INSERT INTO usage_source_sets (sources) VALUES (wanted)
    ON CONFLICT (sources) DO UPDATE SET sources = excluded.sources RETURNING id INTO found;
  END IF;
  RETURN found;
END $$;

-- Which sample wins where two have the same time: the one written last. Reading by time alone is for roll-ups.
CREATE INDEX tenant_usage_logs_time ON tenant_usage_logs USING brin (recorded_at) WITH (pages_per_range = 16, autosummarize = on);
