"use client";

import { Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useQueryState } from "nuqs";
import { useRef } from "react";
import { tenantSchemaQuery } from "@/client/bulk-queries";
import { Callout } from "@/components/ui/callout";
import layout from "@/components/ui/layout.module.css";
import { Link } from "@/components/ui/link";
import { LoadError } from "@/components/ui/load-error";
import { plural } from "@/components/ui/plural";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import text from "@/components/ui/text.module.css";
import type { Difference } from "@/lib/drift/contract";
import classes from "./schema.module.css";
import { searchSchema } from "./search-schema";
import { standings } from "./states";

const differenceWords = { missing: "missing", extra: "not expected", changed: "different" } as const;

/** How one tenant's schema differs from what its migrations make; which tenant stands in the address. */
export function SchemaDrawer() {
  const [id, setId] = useQueryState("tenant", searchSchema.tenant);
  const last = useRef<string | null>(null);
  if (id !== null) last.current = id;
  return (
    <Drawer
      opened={id !== null}
      onClose={() => void setId(null)}
      position="right"
      size="lg"
      styles={{ title: { fontSize: "1rem", fontWeight: 600 } }}
      title="Where this tenant's schema stands"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {last.current !== null && <TenantSchema id={last.current} />}
    </Drawer>
  );
}

function TenantSchema({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(tenantSchemaQuery(id));
  if (!data) return error ? <LoadError what="The schema" error={error} retry={refetch} /> : null;
  const { tenant, server, version, behind, differences, list, error: failure, errorAt, checkedAt } = data;
  return (
    <div className={layout.stack}>
      <div className={classes.head}>
        <Link href={`/tenants/${tenant.id}`} className={classes.name}>
          <bdi>{tenant.name}</bdi> <ExternalLink size={13} aria-hidden="true" />
        </Link>
        <span className={text.quiet}>
          {tenant.slug} · {server}
        </span>
        <span className={classes.states}>
          {standings(data).map(({ word, tone, title }) => (
            <Badge key={word} tone={tone} title={title}>
              {word}
            </Badge>
          ))}
        </span>
      </div>
      <p className={text.quiet}>
        {version === null
          ? "Its version is not known"
          : version === ""
            ? "Before the first migration"
            : `At ${version}`}
        {behind !== null && behind > 0 && `, ${plural(behind, "migration")} behind`}.{" "}
        {checkedAt === null ? (
          "Its structure was never checked."
        ) : (
          <>
            Checked <RelativeTime at={checkedAt} />.
          </>
        )}
      </p>
      {failure !== null && (
        <section aria-label="Why the migration failed">
          <h3 className={text.caption}>Why the migration failed {errorAt !== null && <RelativeTime at={errorAt} />}</h3>
          <Callout tone="bad">{failure}</Callout>
        </section>
      )}
      <Differences list={list} total={differences} checked={checkedAt !== null} />
    </div>
  );
}

function Differences({ list, total, checked }: { list: Difference[]; total: number; checked: boolean }) {
  if (total === 0) return checked ? <p className={text.quiet}>Its structure is what its migrations make.</p> : null;
  return (
    <section aria-label="Differences">
      <h3 className={text.caption}>
        {plural(total, "difference")} from what its migrations make
        {list.length < total && `, the first ${list.length}`}
      </h3>
      <ul className={classes.differences}>
        {list.map(({ kind, name, difference, expected, found }) => (
          <li key={`${kind} ${name}`}>
            <p>
              {kind} <code>{name}</code> is <strong>{differenceWords[difference]}</strong>
            </p>
            <dl>
              {expected !== null && (
                <div>
                  <dt>Expected</dt>
                  <dd>
                    <ins>{expected}</ins>
                  </dd>
                </div>
              )}
              {found !== null && (
                <div>
                  <dt>Found</dt>
                  <dd>
                    <del>{found}</del>
                  </dd>
                </div>
              )}
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}
