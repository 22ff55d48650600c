import type { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import type { Clock } from "@/lib/kernel/clock";
import type { Permission } from "@/lib/kernel/permissions";
import type { Scope } from "@/lib/kernel/scope";
import type { ServerAccess } from "@/lib/platform/postgres";
import type { Prisma } from "@/lib/platform/prisma";
import type { Standing } from "@/lib/schema/apply";
import type { ActivityType } from "@/lib/tenants/activity";
import type { lockTenant } from "@/lib/tenants/find";
import type { ActionView, SettledOptions } from "./shapes";

/** JSON as it is stored. */
export type Json = Prisma.InputJsonValue;

/**
 * What a plan asks the registry, for all tenants at once: SQL over `t` (tenants), `u` (tenant_usage_latest, left-joined)
 * and `s` (tenant_schemas, left-joined).
 */
export type Preview = {
  /** A text expression: why there is nothing to do for this tenant, or why it can't be done; NULL where there is. */
  leaveOut?: Prisma.Sql;
  /** Text expressions, each NULL where there is nothing to warn of. What holds for every action is added by the plan. */
  warnings?: Prisma.Sql[];
};

/** What a plan will touch, summed over its items. Null is unknown. */
export type Totals = { tenants: number; connections: number | null; requests: number | null; storage: number | null };

/** What became of an item. It is thrown when it fails; passing faults (`transient.ts`) are tried again. */
export type Outcome = {
  status: "done" | "skipped";
  /** For people: what was done, or why there was nothing to do. */
  words: string;
  /** What `undo` needs, where this can be taken back. */
  saved?: Json;
  /** What is left to be fetched. */
  result?: Json;
};

type TenantRow = Awaited<ReturnType<typeof lockTenant>>;

/** What an item of a server action works with. Once `signal` is aborted, nothing it does counts any more. */
export type ItemWork = {
  run: { id: string; position: number };
  /** As it is now; its status may have changed since the plan. */
  tenant: Prisma.TenantGetPayload<{ include: { server: true } }>;
  server: ServerAccess;
  attempt: number;
  /** Aborted at the item's timeout, when its lease is lost, and when the worker stops. */
  signal: AbortSignal;
  timeoutMs: number;
  now: Clock;
  /** What an earlier attempt of this item remembered; null where none did. */
  remembered: unknown;
  /** Keeps what this item has to know if it is begun again; once it has come to its end that is forgotten. */
  remember: (value: Json) => Promise<void>;
  /** Who confirmed the run, for the tenant's timeline. */
  by: string;
  /** Keeps a line with the item. */
  log: (message: string) => void;
  /** Tells where the tenant's schema stands now: it is written down together with the item's end. */
  tellSchema: (found: SchemaFound) => void;
};

/** Where a tenant's schema stands (null: as it was), and why its newest migration failed (null: it did not). */
export type SchemaFound = { standing: Standing | null; error: string | null };

type Shared<Input extends z.ZodType> = {
  /** A verb with hyphens, in the path and in storage. */
  name: string;
  /** For a menu: "Suspend". */
  title: string;
  /** One sentence: OpenAPI's summary. */
  summary: string;
  group: ActionView["group"];
  danger: ActionView["danger"];
  permission: Permission;
  /** An object; `.meta({ title, description })` on its fields makes the form. */
  input: Input;
  /** The action with its input, as an imperative: "Set the plan to business". */
  words: (input: z.output<Input>) => string;
  /** Throws where who plans it may not ask for this, or what the input speaks of is not there. */
  admit?: (ctx: Ctx, input: z.output<Input>) => Promise<void>;
  preview: (input: z.output<Input>, scope: Scope) => Preview | Promise<Preview>;
  /** Sentences about what it will do, beside what is told of every run. */
  radius?: (input: z.output<Input>, totals: Totals) => string[];
  /** What a run is given where nothing else was asked for. */
  defaults: SettledOptions;
};

/** Done in the control database's transaction, together with the item's own end: exactly once. */
export type RegistryAction<Input extends z.ZodType = z.ZodType> = Shared<Input> & {
  where: "registry";
  /** `ctx.db` is the transaction, in which the tenant's row is locked. It tells the timeline itself. */
  run: (ctx: Ctx, tenant: TenantRow, input: z.output<Input>) => Promise<Outcome>;
  undo?: {
    words: (input: z.output<Input>) => string;
    run: (ctx: Ctx, tenant: TenantRow, saved: Json) => Promise<Outcome>;
  };
};

/** Done on the tenant's server. It may be cut off anywhere and is then run again: that must come to the same. */
export type ServerAction<Input extends z.ZodType = z.ZodType> = Shared<Input> & {
  where: "server";
  /** What the tenant's timeline calls it. */
  activity: ActivityType;
  /** True when it is what makes tenants go: it also answers for one that is gone by now. */
  gone?: true;
  run: (work: ItemWork, input: z.output<Input>) => Promise<Outcome>;
  undo?: { words: (input: z.output<Input>) => string; run: (work: ItemWork, saved: Json) => Promise<Outcome> };
};

/** Any action. Its functions only ever get what its own `input` has parsed. */
export type Action = RegistryAction | ServerAction;

/** Declares an action with the exact type of its input, which the registry of all actions then forgets. */
export function registryAction<Input extends z.ZodType>(action: Omit<RegistryAction<Input>, "where">): RegistryAction {
  return { ...action, where: "registry" } as unknown as RegistryAction;
}

/** The same for what is done on servers. */
export function serverAction<Input extends z.ZodType>(action: Omit<ServerAction<Input>, "where">): ServerAction {
  return { ...action, where: "server" } as unknown as ServerAction;
}

/** What most actions begin with: a canary of one in twenty, and as many failures put up with. */
export const usual: SettledOptions = {
  canary: { percent: 5 },
  pauseAfterCanary: false,
  concurrency: 8,
  failureBudget: { percent: 5 },
  timeoutSeconds: 60,
  attempts: 3,
};

/** What changes the registry alone, or a setting of the server's: quick, and undone as quickly. */
export const quick: SettledOptions = { ...usual, canary: null, timeoutSeconds: 30 };
