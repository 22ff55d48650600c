-- Measured values, one row a tenant, metric and time; written when a value changed, and as a heartbeat.
-- Partitioned by day, so that old days are dropped and never deleted row by row.
CREATE TABLE tenant_usage_logs (
  id          bigint GENERATED ALWAYS AS IDENTITY,
  tenant_id   uuid             NOT NULL,
  metric_type text             NOT NULL,
  value       double precision NOT NULL,
  unit        text             NOT NULL,
  recorded_at timestamptz(3)   NOT NULL,
  source      text             NOT NULL
) PARTITION BY RANGE (recorded_at);

CREATE INDEX tenant_usage_logs_tenant_metric_time ON tenant_usage_logs (tenant_id, metric_type, recorded_at);

-- What one collection round found on one server, all tenants summed, with what no tenant owns.
CREATE TABLE server_ticks (
  id                  bigint GENERATED ALWAYS AS IDENTITY,
  server_id           uuid             NOT NULL,
  at                  timestamptz(3)   NOT NULL,
  duration_ms         double precision NOT NULL,
  cpu                 double precision,
  cpu_unattributed    double precision,
  memory              double precision,
  memory_unattributed double precision,
  buffers             double precision,
  storage             double precision,
  requests            double precision,
  transactions        double precision,
  connections         double precision,
  cpu_source          text,
  memory_source       text
) PARTITION BY RANGE (at);

CREATE INDEX server_ticks_id ON server_ticks (id);
CREATE INDEX server_ticks_at ON server_ticks (at, server_id);

-- Makes the daily partition of a usage table that holds `day` (UTC), unless it is there.
CREATE FUNCTION ensure_usage_partition(parent regclass, day date) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  child text := format('%s_%s', parent::text, to_char(day, 'YYYYMMDD'));
BEGIN
  IF to_regclass(child) IS NULL THEN
    EXECUTE format(
      'CREATE TABLE IF NOT EXISTS %I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',
      child, parent, day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC'
    );
  END IF;
END $$;

-- A clock that is off by a day must not lose a sample.
CREATE TABLE tenant_usage_logs_default PARTITION OF tenant_usage_logs DEFAULT;
CREATE TABLE server_ticks_default PARTITION OF server_ticks DEFAULT;

SELECT ensure_usage_partition('tenant_usage_logs', (now() AT TIME ZONE 'UTC')::date + n),
       ensure_usage_partition('server_ticks', (now() AT TIME ZONE 'UTC')::date + n)
FROM generate_series(0, 2) AS n;
