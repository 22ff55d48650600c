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
  const notice = (error: unknown) => ({
    status: statusOf(error),
    title: "Fire",
    message: kindOf(error),
    refusal: null,
  });
  const listener = runtime.handler(
    async (_, response, { path, search }) => {
      const other = await runtime.resolve(`${new URLSearchParams(search).get("with")}.localhost`);
      const rows = await acts[path.slice(1) as Act](runtime, other);
      response.end(JSON.stringify({ tenantId: runtime.currentTenant().id, rows } satisfies Answer));
    },
    { notice },
  );
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

/** What the handler says in problem details becomes the kind again. */
export function answerOf(text: string): Answer {
  const answer: Answer | { detail: string } = JSON.parse(text);
  return "detail" in answer ? { kind: answer.detail } : answer;
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
  if (error instanceof Error && /^(Timeout|Abort)Error$/.test(error.name)) return "ended by its signal";
  if (error instanceof Error && error.message === "planned") return "thrown on purpose";
  return `other: ${state ?? ""} ${String(error)}`;
}
