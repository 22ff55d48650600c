"use client";

import { useQuery } from "@tanstack/react-query";
import { serversQuery, tenantQuery } from "@/client/queries";
import { periodWords } from "@/components/analytics/search-period";
import { useBrowserZone } from "@/components/analytics/zone";
import { timeIn } from "@/components/analytics/zoned-time";
import { choiceLabel } from "@/components/bulk/json-fields";
import { Fact } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { capital } from "@/components/ui/status-badge";
import { type Period, periodNames } from "@/lib/history/shapes";
import type { KindView } from "@/lib/reports/shapes";
import { spoken } from "./choice";

type InputFactsProps = { kind: KindView | undefined; input: Readonly<Record<string, unknown>> };

/** A report's input in words: period, zone, columns, and each filter that narrows it. */
export function InputFacts({ kind, input }: InputFactsProps) {
  const browser = useBrowserZone();
  const { range, from, to, tz, columns, ...filters } = input;
  const zone = typeof tz === "string" ? tz : browser;
  const period = periodOf(range, from, to, zone);
  const rest = Object.entries(filters).filter(([, value]) => wordsOf(value) !== "");
  const named = Array.isArray(columns) ? columns.map(String) : [];
  return (
    <>
      {period !== null && <Fact label="Period">{period}</Fact>}
      {typeof tz === "string" && <Fact label="Time zone">{tz}</Fact>}
      {rest.map(([name, value]) => (
        <Fact key={name} label={name === "id" ? "Tenant" : spoken(name)}>
          <Value name={name} value={value} />
        </Fact>
      ))}
      {(kind?.columns.length ?? named.length) > 0 && (
        <Fact label="Columns">{named.length === 0 ? "All" : named.join(", ")}</Fact>
      )}
    </>
  );
}

function Value({ name, value }: { name: string; value: unknown }) {
  if ((name === "tenant" || name === "id") && typeof value === "string") return <TenantName id={value} />;
  if (name === "server" && typeof value === "string") return <ServerName id={value} />;
  const words = [value].flat().map(wordsOf).map(choiceLabel).join(", ");
  return <bdi>{words}</bdi>;
}

function TenantName({ id }: { id: string }) {
  const { data } = useQuery(tenantQuery(id));
  return (
    <Link href={`/tenants/${id}`}>
      <bdi>{data?.name ?? id}</bdi>
    </Link>
  );
}

function ServerName({ id }: { id: string }) {
  const { data } = useQuery(serversQuery());
  return <bdi>{data?.servers.find((server) => server.id === id)?.name ?? id}</bdi>;
}

function periodOf(range: unknown, from: unknown, to: unknown, zone: string): string | null {
  const end = typeof to === "string" ? timeIn(zone, to) : null;
  if (typeof from === "string") return `${timeIn(zone, from)} – ${end ?? "when it was made"}`;
  if (!isPeriod(range)) return null;
  const words = capital(periodWords({ range, from: null, to: null }).now.replace(/^in /, ""));
  return end === null ? `${words}, up to when it was made` : `${words} before ${end}`;
}

function isPeriod(value: unknown): value is Period {
  return periodNames.some((name) => name === value);
}

function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(wordsOf).join(", ");
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
}
