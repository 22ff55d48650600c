"use client";

import { Telescope } from "lucide-react";
import answer from "@/components/analytics/answer.module.css";
import { useZone } from "@/components/analytics/zone";
import type { ChartSeries } from "@/components/charts/chart-series";
import { HistoryChart } from "@/components/charts/history-chart";
import { Link } from "@/components/ui/link";
import { Message } from "@/components/ui/message";
import type { Forecast, Outlook } from "@/lib/forecast/contract";
import type { Points } from "@/lib/history/shapes";
import classes from "./forecast.module.css";
import { ageWords, amount, backtestWords, expectedWords, growthWords, reachWords } from "./words";

type Detail = NonNullable<Forecast["detail"]>;

/** One outlook: history, the expected line with its band, the limit, and how well the method did before. */
export function ForecastDetail({ forecast, horizonDays }: { forecast: Forecast; horizonDays: number }) {
  const { outlooks, detail, method } = forecast;
  const outlook = outlooks[0];
  if (!outlook) {
    return (
      <Message icon={Telescope} title="It is no longer there">
        The tenant or server was deleted, or is out of your reach.
      </Message>
    );
  }
  return (
    <div className={answer.answer}>
      <Head outlook={outlook} horizonDays={horizonDays} />
      {detail && <OutlookChart outlook={outlook} detail={detail} />}
      {detail?.backtest ? (
        <dl className={classes.backtest} aria-label="How well it works">
          {backtestWords(detail.backtest).map(({ title, words }) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      ) : (
        outlook.refused === null && (
          <p className={classes.method}>
            The history is too short to try the method on the past, so how well it works here is not known.
          </p>
        )
      )}
      <section aria-label="The method" className={classes.method}>
        <h3 className={classes.caption}>The method</h3>
        <p>{method}</p>
      </section>
    </div>
  );
}

function Head({ outlook, horizonDays }: { outlook: Outlook; horizonDays: number }) {
  const { subject, metric, now, limit, limitSource, perDay, reaching, refused } = outlook;
  const age = ageWords(outlook.daysOld);
  const path = subject.kind === "tenant" ? `/tenants/${subject.tenant.id}` : "/servers";
  const name = subject.kind === "tenant" ? subject.tenant.name : subject.server.name;
  return (
    <div className={classes.head}>
      <Link href={path} className={classes.name}>
        <bdi>{name}</bdi>
      </Link>
      {reaching && (
        <p className={classes.says}>
          {metric === "storage" ? "Storage" : "Connections"} reach{metric === "storage" ? "es" : ""} the limit{" "}
          <strong>{reachWords(reaching, horizonDays)}</strong>
          {expectedWords(reaching) !== null && `, ${expectedWords(reaching)}`}.
        </p>
      )}
      {refused && <p className={classes.says}>{refused.words}</p>}
      <dl className={classes.facts}>
        <Fact
          label="Now"
          value={now === null ? "unknown" : amount(metric, now)}
          {...(now !== null && age !== null && { note: age })}
        />
        <Fact
          label="Limit"
          value={limit === null ? "unknown" : amount(metric, limit)}
          {...(limitSource !== null && { note: limitSource })}
        />
        <Fact label="Grows" value={perDay === null ? "unknown" : growthWords(metric, perDay)} />
        <Fact label="History" value={`${Math.floor(outlook.historyDays)} days`} />
      </dl>
    </div>
  );
}

function Fact({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {value}
        {note !== undefined && <small>{note}</small>}
      </dd>
    </div>
  );
}

function OutlookChart({ outlook, detail }: { outlook: Outlook; detail: Detail }) {
  const tz = useZone();
  const { metric, limit, subject } = outlook;
  const series = seriesOf(detail, limit);
  const times = series.flatMap(({ points }) => points.map(([at]) => at));
  if (times.length === 0) return null;
  return (
    <HistoryChart
      title={metric === "storage" ? "Storage" : "Connections"}
      note="a point a day; shaded: where it lies with 80 % likelihood"
      metric={metric}
      series={series}
      from={Math.min(...times)}
      to={Math.max(...times)}
      tz={tz}
      tall
      figure={({ points }) => lastKnown(metric, points)}
      sources={[
        `History: ${subject.kind === "tenant" ? "the tenant's" : "the server's"} daily figures, as they are kept.`,
        "Expected and band: computed from that history, by the method told below.",
      ]}
    />
  );
}

function seriesOf({ history, expected, low, high }: Detail, limit: number | null): ChartSeries[] {
  const measured: ChartSeries = { key: "history", label: "Measured", color: "--s-blue", points: history };
  const foretold: ChartSeries = {
    key: "expected",
    label: "Expected",
    color: "--s-orange",
    points: expected,
    dashed: "dashed",
    band: { low, high },
  };
  const begin = history[0]?.[0] ?? expected[0]?.[0];
  const end = expected.at(-1)?.[0] ?? history.at(-1)?.[0];
  if (limit === null || begin === undefined || end === undefined) return [measured, foretold];
  const line: Points = [...history, ...expected].map(([at]) => [at, limit]);
  return [measured, foretold, { key: "limit", label: "Limit", color: "--s-slate", points: line, dashed: "dotted" }];
}

function lastKnown(metric: Outlook["metric"], points: Points): string {
  const value = points.findLast(([, value]) => value !== null)?.[1] ?? null;
  return value === null ? "—" : amount(metric, value);
}
