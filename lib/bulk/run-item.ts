import { setTimeout as delay } from "node:timers/promises";
import { actorName, systemContext } from "@/lib/gate/context";
import { newId } from "@/lib/kernel/ids";
import { log } from "@/lib/platform/log";
import type { ServerAccess } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { reserveSlot } from "@/lib/servers/slots";
import { lockTenant } from "@/lib/tenants/find";
import type { Action, ItemWork, Json, Outcome, RegistryAction, ServerAction } from "./action";
import { type End, finishItem, type Line } from "./finish-items";
import type { GivenUp, Held, Work } from "./running";
import { faultWords, isTransient } from "./transient";

export type Target = { tenant: ItemWork["tenant"]; server: ServerAccess };

/** How an item came out: with an end to be stored, with one that is stored already, or no longer ours to tell. */
export type Ended = { end: End } | "stored" | "lost";

/** PostgreSQL's messages may quote whole statements. */
const mostWords = 4000;

/** How long something that was given up may take to notice. */
const graceMs = 2000;

/** Does one item and tells how it came out; never throws. */
export async function runItem(work: Work, held: Held, target: () => Promise<Target | undefined>): Promise<Ended> {
  const { run } = work;
  const timer = setTimeout(() => held.abort.abort("timeout" satisfies GivenUp), run.options.timeoutSeconds * 1000);
  try {
    const found = await target().catch(unread);
    if (!found || (found.tenant.deletedAt && !knowsGone(run.action))) return skipped(held);
    const attempt = run.action.where === "registry" ? inRegistry(work, held) : onServer(work, held, found);
    return await Promise.race([attempt, abandoned(held.abort.signal)]);
  } catch (error) {
    return failed(work, held, error);
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects a while after the signal is aborted: by then what listens to it has come to its end. */
async function abandoned(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  await delay(graceMs, undefined, { ref: false });
  throw new Error("It did not stop when it was told to.");
}

/** The control database was away before the item could begin. */
class Unread extends Error {}

function unread(cause: unknown): never {
  if (!isTransient(cause)) throw cause;
  throw new Unread("The control database was away; it is begun again.", { cause });
}

function knowsGone(action: Action): boolean {
  return action.where === "server" && action.gone === true;
}

function skipped({ item }: Held): Ended {
  const words = "The tenant was deleted meanwhile.";
  return { end: { position: item.position, lease: item.lease, status: "skipped", words } };
}

/** One transaction holds the tenant's row, does the action and ends the item: all of it, or nothing. */
async function inRegistry(work: Work, { item, abort }: Held): Promise<Ended> {
  const { run, clock } = work;
  const action = run.action as RegistryAction;
  const timeout = run.options.timeoutSeconds * 1000;
  return await reserveSlot(abort.signal, () =>
    controlDb().$transaction(
      async (db): Promise<Ended> => {
        const system = systemContext(`${run.by} (bulk run)`, db, clock, newId(clock()), abort.signal);
        const actor = { kind: "system" as const, name: actorName(system.actor), scope: run.scope };
        const ctx = { ...system, actor, bulkRun: run.id };
        const tenant = await lockTenant(ctx, item.tenantId);
        const outcome = run.undoes
          ? await undoing(action).run(ctx, tenant, item.saved as Json)
          : await action.run(ctx, tenant, run.input);
        abort.signal.throwIfAborted();
        const { position, lease } = item;
        const told = { runId: run.id, by: run.by, now: clock(), tell: true };
        const end = { position, lease, ...outcome };
        if (!(await finishItem(db, end, endLine(work, item, outcome), told))) throw new LeaseLost();
        return "stored";
      },
      { maxWait: 5000, timeout },
    ),
  );
}

async function onServer(work: Work, held: Held, target: Target): Promise<Ended> {
  const { run, clock } = work;
  const { item, abort } = held;
  const action = run.action as ServerAction;
  const task: ItemWork = {
    run: { id: run.id, position: item.position },
    ...target,
    attempt: item.attempt,
    signal: abort.signal,
    timeoutMs: run.options.timeoutSeconds * 1000,
    now: clock,
    by: run.by,
    log: (message) => work.lines.push(line(work, held.item, "info", message)),
    tellSchema: (found) => {
      held.schema = found;
    },
  };
  const outcome = run.undoes ? await undoing(action).run(task, item.saved as Json) : await action.run(task, run.input);
  if (abort.signal.reason === "lost") return "lost";
  work.lines.push(endLine(work, item, outcome));
  const activity = outcome.status === "done" ? { activity: action.activity } : {};
  return { end: { ...endOf(held), ...outcome, ...activity } };
}

/** What every end of an item holds. */
function endOf({ item: { position, lease }, schema }: Held): Pick<End, "position" | "lease" | "schema"> {
  return { position, lease, ...(schema && { schema }) };
}

function undoing<A extends RegistryAction | ServerAction>({ undo, name }: A): NonNullable<A["undo"]> {
  if (!undo) throw new Error(`The action ${name} has no undo.`);
  return undo;
}

/** The item was taken back meanwhile: this transaction must not count. */
class LeaseLost extends Error {}

function failed(work: Work, held: Held, error: unknown): Ended {
  const { item, abort } = held;
  const { run } = work;
  const why = abort.signal.reason as GivenUp | undefined;
  if (why === "lost" || error instanceof LeaseLost) return "lost";
  const base = endOf(held);
  if (why === "stopping") {
    const words = "The worker stopped while this ran; it is begun again.";
    work.lines.push(line(work, item, "warning", words));
    return { end: { ...base, status: "pending", words, uncounted: true } };
  }
  if (why === undefined && error instanceof Unread) {
    work.lines.push(line(work, item, "warning", error.message));
    return { end: { ...base, status: "pending", words: error.message, uncounted: true, waitMs: work.backoffMs(1) } };
  }
  const words = wordsOf(work, item.position, why, error);
  if (why === undefined && isTransient(error) && item.attempt < run.options.attempts) {
    const waitMs = work.backoffMs(item.attempt);
    work.lines.push(line(work, item, "warning", `${words} Tried again in ${Math.ceil(waitMs / 1000)} s.`));
    return { end: { ...base, status: "pending", words, waitMs } };
  }
  work.lines.push(line(work, item, "error", words));
  return { end: { ...base, status: "failed", words, activity: "action_failed" } };
}

function wordsOf({ run }: Work, position: number, why: GivenUp | undefined, error: unknown): string {
  if (why === "timeout") return `It was not done within ${run.options.timeoutSeconds} s and was given up.`;
  const words = faultWords(error);
  if (words) return words.slice(0, mostWords);
  log().error({ run: run.id, position, error }, "an item of a bulk run failed");
  return "Something went wrong here; the worker's log tells what.";
}

function endLine(work: Work, item: Held["item"], { words }: Outcome): Line {
  return line(work, item, "info", words);
}

function line({ clock }: Work, { position, attempt }: Held["item"], level: Line["level"], message: string): Line {
  return { position, attempt, level, message, at: clock().toISOString() };
}
