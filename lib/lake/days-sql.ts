/** SQL: when a day (UTC) begins. */
const begin = (day: string) => `((${day})::timestamp AT TIME ZONE 'UTC')`;

const someOf = (level: string, day: string) =>
  `EXISTS (SELECT FROM tenant_usage_${level}s kept WHERE kept.at >= ${begin(day)} AND kept.at < ${begin(`${day} + 1`)})`;

/** SQL: whether a day's rows of a level are in the database. */
export function keptSql(day: string, level: string): string {
  return `(CASE ${level} WHEN 'minute' THEN ${someOf("minute", day)} ELSE ${someOf("hour", day)} END)`;
}

/** SQL: whether there are minutes of each hour of a day of which there are hours. */
export function wholeMinutesSql(day: string): string {
  const rows = (level: string) =>
    `EXISTS (SELECT FROM tenant_usage_${level}s kept WHERE kept.at >= hour.at AND kept.at < hour.at + interval '1 hour')`;
  return `NOT EXISTS (SELECT FROM (SELECT ${begin(day)} + number * interval '1 hour' AS at
                                     FROM generate_series(0, 23) AS number) AS hour
                       WHERE ${rows("hour")} AND NOT ${rows("minute")})`;
}

/**
 * SQL of days, `from` to `to`, with what their rows are known by (`print`). Whatever changes a closed day's minutes writes
 * its row of the day anew in the same transaction, which gives that row another xmin: so a row a tenant is all that is read.
 */
export function fingerprintsSql(from: string, to: string): string {
  return `
    SELECT (at AT TIME ZONE 'UTC')::date AS day,
           count(*) || '-' || sum(hashtextextended(tenant_id::text || ' ' || xmin::text, 0)::numeric) AS print
      FROM tenant_usage_days WHERE at >= ${begin(from)} AND at < ${begin(`${to} + 1`)} GROUP BY 1`;
}
