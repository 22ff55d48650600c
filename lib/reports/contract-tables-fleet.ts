import { diagnoseContract, orphansContract } from "@/lib/fleet/contract";
import { listIsolationFindingsContract } from "@/lib/isolation/contract";
import { listPoolsContract, listProcessesContract } from "@/lib/processes/contract";
import { listServersContract } from "@/lib/servers/contract";
import { tableShape } from "./contract-table";

export const serversTable = tableShape({
  name: "servers",
  title: "Servers",
  words: "The database servers of the fleet with their state.",
  access: "servers:read",
  scoped: true,
  filter: listServersContract.input.shape,
  columns: {
    id: "the server's id",
    name: "its name",
    region: "its region",
    host: "its host",
    port: "its port",
    version: "PostgreSQL's version",
    pooler: "the pooler before it, as host:port",
    poolerMode: "session or transaction",
    storageCapacityMb: "MiB of tenants' data that it can hold, as an administrator says",
    accepting: "whether new tenants are placed on it",
    tenants: "how many tenants within reach live on it",
    state: "ok, stale, unreachable or new",
    lastTickAt: "when it was last measured",
    lastError: "why the last contact failed",
  },
});

const { state, server, tenant, rule } = listIsolationFindingsContract.input.shape;

export const isolationFindingsTable = tableShape({
  name: "isolation-findings",
  title: "Isolation findings",
  words: "Leaks between tenants that are open, or were.",
  access: "isolation:read",
  filter: { state, server, tenant, rule },
  columns: {
    id: "the finding's number",
    server: "the server",
    tenant: "the tenant's slug; none where it is a matter of the whole server",
    tenantId: "the tenant's id",
    rule: "the rule that is broken",
    subject: "the role, database or line that it is about",
    words: "what is wrong",
    mend: "SQL that closes it",
    firstSeen: "when it was first seen",
    lastSeen: "when it was last seen",
    resolvedAt: "when it was gone",
    stale: "whether it is open and the server could not be looked at since",
  },
});

export const isolationServersTable = tableShape({
  name: "isolation-servers",
  title: "Isolation by server",
  words: "Of each server whether its tenants were proven to be apart, and when.",
  access: "isolation:read",
  filter: {},
  columns: {
    server: "the server",
    serverId: "the server's id",
    state: "proven, leaking, running, failed or never",
    checkedAt: "when it was last looked at",
    triedAt: "when a check last ended, also one that failed",
    tenants: "tenants that were looked at",
    roles: "roles that were looked at",
    pairs: "pairs of a role and a database that were asked about",
    findings: "open findings",
    tookMs: "how long it took, in milliseconds",
    error: "why the server could not be asked",
    askedBy: "who asked for it",
  },
});

export const migrationsTable = tableShape({
  name: "migrations",
  title: "Migrations",
  words: "The tenants' schema migrations, and how many tenants are at each.",
  access: "schema:read",
  scoped: true,
  filter: {},
  columns: {
    name: "the migration",
    checksum: "SHA-256 of its SQL",
    reversible: "whether it says how it is rolled back",
    tenants: "tenants whose newest applied migration it is",
  },
});

export const orphansTable = tableShape({
  name: "orphans",
  title: "Orphans",
  words: "Databases and roles on the servers that no tenant has, and what to do about each.",
  access: "system:read",
  filter: orphansContract.input.shape,
  columns: {
    server: "the server",
    kind: "database or role",
    name: "its name",
    made: "whether it was made for a tenant that is no longer there",
    madeFor: "the id of that tenant",
    owner: "who owns it",
    canSignIn: "of a role: whether it can sign in",
    bytes: "of a database: its size",
    sessions: "sessions now",
    lastActivityAt: "when one of those last did something",
    todo: "what to do",
  },
});

export const findingsTable = tableShape({
  name: "findings",
  title: "Findings",
  words: "What is wrong across the registry and every server, the worst first.",
  access: "system:read",
  filter: diagnoseContract.input.shape,
  columns: {
    id: "the finding's id",
    rule: "the rule that found it",
    severity: "how bad it is",
    subjectKind: "what it is about: a tenant, a server…",
    subject: "its name",
    server: "the server",
    words: "what is wrong",
    mend: "what to do about it",
    mendable: "whether Tenantry can do that",
  },
});

const held = {
  open: "open connections",
  idle: "of those, idle ones",
  waiting: "requests that wait for a connection",
};

const counted = {
  connects: "connections opened",
  reuses: "loans of a connection that was open already",
  waits: "loans that had to be waited for",
  waitMs: "sum of the times waited, in milliseconds",
  evictions: "connections closed to make room",
  timeouts: "requests for which no connection came free",
};

export const processesTable = tableShape({
  name: "processes",
  title: "App processes",
  words: "The app processes that use the runtime, with their pools' figures since their start.",
  access: "metrics:read",
  filter: listProcessesContract.input.shape,
  columns: {
    id: "the process's id",
    app: "the app",
    host: "its host",
    pid: "its number on the host",
    state: "running, silent or stopped",
    startedAt: "when it began",
    seenAt: "when it was last heard of",
    stoppedAt: "when it said goodbye",
    tenants: "tenants to which connections are kept",
    ...held,
    ...counted,
    losses: "connections lost",
    lookups: "look-ups of a tenant",
    memoryHits: "those that memory answered",
    redisHits: "those that Redis answered",
  },
});

const { process, sort } = listPoolsContract.input.shape;

export const poolsTable = tableShape({
  name: "pools",
  title: "Connections of tenants",
  words: "The 200 tenants to which running app processes keep most connections, or whose requests waited most.",
  access: "metrics:read",
  scoped: true,
  filter: { process, sort },
  columns: {
    tenant: "the tenant's slug",
    tenantId: "the tenant's id",
    name: "the tenant's name",
    processes: "processes that keep connections to it",
    ...held,
    ...counted,
  },
});
