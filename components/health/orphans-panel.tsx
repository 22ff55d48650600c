import type { UseQueryResult } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { ExportMenu } from "@/components/reports/export-menu";
import { DataTable, TwoLines } from "@/components/ui/data-table";
import { showBytes } from "@/components/ui/format";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import type { Orphan, orphansContract } from "@/lib/fleet/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import classes from "./health.module.css";

/** Databases and roles that no tenant has, and what to do about each. */
export function OrphansPanel({
  query: { data, error, refetch },
}: {
  query: UseQueryResult<OutputOf<typeof orphansContract>>;
}) {
  return (
    <Panel
      title="Orphans"
      note="Databases and roles on the servers that no tenant has"
      actions={data && data.orphans.length > 0 && <ExportMenu table="orphans" what="Orphans as of now" input={{}} />}
      flush
    >
      {error && <LoadError what="What no tenant has" error={error} retry={refetch} />}
      {data?.unasked.map(({ server, error: why }) => (
        <p key={server.id} className={classes.unasked}>
          {server.name} could not be asked: {why}
        </p>
      ))}
      {data && data.orphans.length === 0 && (
        <Message icon={CircleCheck} title="No orphans">
          Every database and role there is belongs to a tenant.
        </Message>
      )}
      {data && data.orphans.length > 0 && (
        <DataTable
          label="Orphans"
          rows={data.orphans.map((one) => ({ ...one, id: `${one.server.id} ${one.kind} ${one.name}` }))}
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ name, kind, server }) => (
                <TwoLines
                  first={
                    <bdi className={classes.words} title={name}>
                      {name}
                    </bdi>
                  }
                  second={`${kind} on ${server.name}`}
                />
              ),
            },
            {
              id: "made",
              header: "Made by Tenantry",
              width: 150,
              cell: ({ made }) => <Badge tone={made ? "warn" : "quiet"}>{made ? "For a gone tenant" : "No"}</Badge>,
            },
            {
              id: "size",
              header: "Size",
              width: 100,
              numeric: true,
              cell: ({ bytes }) => (bytes === null ? "—" : showBytes(bytes)),
            },
            { id: "use", header: "In use", width: 150, cell: (one) => <Use orphan={one} /> },
            { id: "todo", header: "What to do", width: 300, wraps: true, cell: ({ todo }) => todo },
          ]}
        />
      )}
    </Panel>
  );
}

function Use({ orphan: { sessions, lastActivityAt } }: { orphan: Orphan }) {
  if (sessions === 0) return "No session now";
  if (lastActivityAt === null) return plural(sessions, "session");
  return <TwoLines first={plural(sessions, "session")} second={<RelativeTime at={lastActivityAt} />} />;
}
