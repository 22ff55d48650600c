import type { Db } from "@/lib/platform/prisma";
import { askServers, type ServerAnswer } from "@/lib/servers/ask-servers";
import { mark } from "@/lib/tenants/steps";
import type { Diagnosis, Finding } from "./contract";
import { found } from "./found";
import { lookAtServer, type ServerLook } from "./look-at-server";
import { registeredTenants, unchanged } from "./registered";
import { registryFindings, secretFindings } from "./registry-findings";
import { type RuleName, ruleNames, severities } from "./rules";
import { serverFindings } from "./server-findings";

const unmeasuredMs = 60_000;

/** Everything that is wrong, the worst first, and which servers were asked. */
export type WholeDiagnosis = { findings: Finding[]; servers: Diagnosis["servers"] };

type FleetServer = Awaited<ReturnType<typeof allServers>>[number];
type Answer = ServerAnswer<FleetServer, ServerLook>;

/**
 * Looks across the registry and the servers, or one server and its tenants. Each server is asked for some seconds at
 * most; of one that does not answer, what is on it is unknown and nothing is said.
 */
export async function diagnose(db: Db, now: Date, server?: string): Promise<WholeDiagnosis> {
  const everywhere = await allServers(db);
  const servers = everywhere.filter(({ id }) => server === undefined || id === server);
  const before = await registeredTenants(db, server);
  const answers = await askServers(everywhere, (client, { id }) =>
    lookAtServer(
      client,
      before.filter((one) => one.serverId === id),
    ),
  );
  const after = await registeredTenants(db, server);
  const known = new Set(
    (await db.tenant.findMany({ where: { deletedAt: null }, select: { id: true } })).map(({ id }) => mark(id)),
  );
  const tenants = unchanged(before, after);
  const looked = answers.filter(({ server: { id } }) => servers.some((one) => one.id === id));
  const findings = [
    ...looked.flatMap((answer) => contactFinding(answer, now)),
    ...sameClusters(answers, servers),
    ...looked.flatMap(({ server: one, answer }) =>
      answer
        ? serverFindings(
            one,
            answer,
            tenants.filter(({ serverId }) => serverId === one.id),
            known,
          )
        : [],
    ),
    ...(await secretFindings(tenants, servers)),
    ...(await registryFindings({ db, now, server })),
  ];
  return { findings: sorted(findings), servers: looked.map(serverLine) };
}

async function allServers(db: Db) {
  return await db.server.findMany({ where: { removedAt: null }, orderBy: { name: "asc" } });
}

function contactFinding({ server, error }: Answer, now: Date): Finding[] {
  const { id, name, lastTickAt, createdAt } = server;
  const subject = { kind: "server", id, name } as const;
  if (error !== null) return [found("server-unreachable", subject, { id, name }, error)];
  const since = lastTickAt ?? createdAt;
  if (now.getTime() - since.getTime() <= unmeasuredMs) return [];
  const words = lastTickAt === null ? "It was never measured." : `It was last measured at ${lastTickAt.toISOString()}.`;
  return [found("server-unmeasured", subject, { id, name }, words)];
}

/** A cluster and copies of it bear the same identifier from when it was made. */
function sameClusters(answers: Answer[], servers: FleetServer[]): Finding[] {
  return answers.flatMap(({ server: { id, name }, answer }) => {
    const others = answers.filter(
      (one) => one.server.id !== id && answer?.cluster != null && one.answer?.cluster === answer.cluster,
    );
    if (others.length === 0 || !servers.some((one) => one.id === id)) return [];
    const words = `${name} is the same cluster as ${others.map((one) => one.server.name).join(" and ")}.`;
    return [found("server-twice", { kind: "server", id, name }, { id, name }, words)];
  });
}

function serverLine({ server: { id, name }, answer }: Answer): Diagnosis["servers"][number] {
  return { server: { id, name }, asked: answer !== null, tookMs: answer?.tookMs ?? 0 };
}

const order = (rule: RuleName): number => ruleNames.indexOf(rule);

function sorted(findings: Finding[]): Finding[] {
  const worst = ({ severity }: Finding) => severities.indexOf(severity);
  return findings.sort(
    (one, other) =>
      worst(one) - worst(other) ||
      order(one.rule) - order(other.rule) ||
      (one.subject.name < other.subject.name ? -1 : 1),
  );
}
