import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { existingOwnKey } from "@/lib/platform/own-key";
import { type Bad, ChainWalk, type Noted, type StoredEnd } from "./chain";
import { type AuditCheck, verifyAuditContract } from "./contract";
import { noteCheck } from "./last-check";
import { type Snapshot, withSnapshot } from "./snapshot";

/** So many checks run in one process at a time: each reads the whole trail on a connection of its own. */
const mostAtOnce = 2;
let running = 0;

export const verifyAudit = operation(verifyAuditContract, async (ctx, { noted }) => {
  if (running >= mostAtOnce) {
    const message = "The trail is being checked already. Wait until that has ended.";
    throw new AppError("limit", message, { retryAfter: 10 });
  }
  running++;
  try {
    const found = await check(ctx, noted === undefined ? undefined : parseNoted(noted));
    noteCheck({ at: ctx.now().getTime(), intact: found.intact, checked: found.checked });
    return found;
  } finally {
    running--;
  }
});

function parseNoted(text: string): Noted {
  const [id = "", hash = ""] = text.split(":");
  return { id: BigInt(id), hash };
}

async function check(ctx: Ctx, noted: Noted | undefined): Promise<AuditCheck> {
  const started = performance.now();
  // Read before the snapshot begins: the key and the first link were stored together, so that neither seems to lack.
  const key = await existingOwnKey(ctx.db, "audit-chain");
  const result = await withSnapshot(async (snapshot) => {
    if (!snapshot.end) return lost("The table audit_head, which tells where the trail ends, is empty.");
    const known = key ?? (snapshot.end.mac === "" ? undefined : await existingOwnKey(ctx.db, "audit-chain"));
    return await walk(snapshot, snapshot.end, known, noted, ctx.signal);
  });
  return { ...result, milliseconds: Math.round((performance.now() - started) * 10) / 10 };
}

type Result = Omit<AuditCheck, "milliseconds">;

async function walk(
  { rows, unguarded }: Snapshot,
  end: StoredEnd,
  key: string | undefined,
  noted: Noted | undefined,
  signal: AbortSignal,
): Promise<Result> {
  const chain = new ChainWalk(key, end, noted);
  for await (const batch of rows) {
    if (signal.aborted) throw new AppError("unavailable", "The check was given up: who asked for it has gone.");
    if (!batch.every((row) => chain.take(row))) break;
  }
  const firstBad = chain.finish() ?? guardProblem(unguarded);
  const { checked, older } = chain;
  return { intact: !firstBad, checked, older, end: firstBad ? null : chain.endText(), firstBad: firstBad ?? null };
}

function guardProblem(unguarded: string | undefined): Bad | undefined {
  if (!unguarded) return undefined;
  const problem = `${unguarded}: PostgreSQL no longer refuses changes to the trail. Every link is right so far.`;
  return { id: "audit_events", problem };
}

function lost(problem: string): Result {
  return { intact: false, checked: 0, older: 0, end: null, firstBad: { id: "audit_head", problem } };
}
