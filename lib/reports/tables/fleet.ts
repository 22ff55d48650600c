import { showSchemaOverview } from "@/lib/drift/show-schema-overview";
import { listOrphans } from "@/lib/fleet/list-orphans";
import { showDiagnosis } from "@/lib/fleet/show-diagnosis";
import { showIsolation } from "@/lib/isolation/show-overview";
import { listPools } from "@/lib/processes/list-pools";
import { listProcesses } from "@/lib/processes/list-processes";
import { listServers } from "@/lib/servers/list-servers";
import * as shapes from "../contract-tables-fleet";
import { oneAnswer, pagedTable } from "../table-pages";
import { whose } from "./rows";

export const servers = pagedTable(shapes.serversTable, (ctx, filter) =>
  oneAnswer(async () => {
    const answer = await listServers.run(ctx, filter);
    return answer.servers.map(({ pooler, ...server }) => ({
      ...server,
      pooler: pooler && `${pooler.host}:${pooler.port}`,
      poolerMode: pooler?.mode ?? null,
    }));
  }),
);

export const isolationServers = pagedTable(shapes.isolationServersTable, (ctx) =>
  oneAnswer(async () => {
    const answer = await showIsolation.run(ctx, {});
    return answer.servers.map(({ server, above: _, ...one }) => ({ ...one, server: server.name, serverId: server.id }));
  }),
);

export const migrations = pagedTable(shapes.migrationsTable, (ctx) =>
  oneAnswer(async () => (await showSchemaOverview.run(ctx, {})).migrations),
);

export const orphans = pagedTable(shapes.orphansTable, (ctx, filter) =>
  oneAnswer(async () => {
    const answer = await listOrphans.run(ctx, filter);
    return answer.orphans.map((orphan) => ({ ...orphan, server: orphan.server.name }));
  }),
);

export const findings = pagedTable(shapes.findingsTable, (ctx, filter) =>
  oneAnswer(async () => {
    const answer = await showDiagnosis.run(ctx, filter);
    return answer.findings.map(({ subject, server, ...finding }) => ({
      ...finding,
      subjectKind: subject.kind,
      subject: subject.name,
      server: server?.name ?? null,
    }));
  }),
);

export const processes = pagedTable(shapes.processesTable, (ctx, filter) =>
  oneAnswer(async () => {
    const answer = await listProcesses.run(ctx, filter);
    return answer.processes.map(({ limits: _, ...process }) => process);
  }),
);

export const pools = pagedTable(shapes.poolsTable, (ctx, filter) =>
  oneAnswer(async () => {
    const answer = await listPools.run(ctx, { ...filter, limit: 200 });
    return answer.pools.map(({ tenant, ...pool }) => ({ ...pool, ...whose(tenant) }));
  }),
);
