import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError, problems } from "@/lib/kernel/errors";
import { sqlState } from "@/lib/platform/postgres";
import { TenantRefusal } from "./refusal";
import type { Runtime } from "./runtime";
import { type Act, acts, type Read } from "./testing-fire-acts";

/** What the app answers: what was read for whom, or the kind of error. */
export type Answer = { tenantId: string; rows: Read[] } | { kind: string };

/** An app of one page an act, as a platform would write it: `/<act>?with=<another tenant's slug>`. */
export async function site(runtime: Runtime): Promise<{ server: Server; port: number }> {
  const server = createServer(async (request, response) => {
    const { status, answer } = await answerTo(runtime, request.headers.host, request.url ?? "").then(
      (found) => ({ status: 200, answer: found }),
      (error: unknown) => ({ status: statusOf(error), answer: { kind: kindOf(error) } }),
    );
    response.statusCode = status;
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

async function answerTo(runtime: Runtime, host: string | undefined, path: string): Promise<Answer> {
  const url = new URL(path, "http://app");
  const tenant = await runtime.resolve(host);
  const other = await runtime.resolve(`${url.searchParams.get("with")}.localhost`);
  return await runtime.runInTenant(tenant, async () => {
    const rows = await acts[url.pathname.slice(1) as Act](runtime, other);
    return { tenantId: runtime.currentTenant().id, rows };
  });
}

function statusOf(error: unknown): number {
  return error instanceof AppError ? problems[error.code].status : 500;
}

/** A few words for each kind of error; what nobody meant to happen begins with "other". */
function kindOf(error: unknown): string {
  if (error instanceof TenantRefusal) return `refused: ${error.refusal}`;
  if (error instanceof AppError) return `${error.code}: ${error.reason ?? error.message}`;
  const state = sqlState(error);
  if (state === "57014") return "statement cancelled after its time";
  if (error instanceof Error && error.message === "planned") return "thrown on purpose";
  return `other: ${state ?? ""} ${String(error)}`;
}
