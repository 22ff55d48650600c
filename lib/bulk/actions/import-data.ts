import type pg from "pg";
import { z } from "zod";
import { refuse } from "@/lib/gate/access";
import { actorId, type Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { Prisma } from "@/lib/platform/prisma";
import { applyMigrations, usualLimits } from "@/lib/schema/apply";
import { type Migration, readMigrations } from "@/lib/schema/folder";
import { type ItemWork, type Outcome, serverAction, usual } from "../action";
import { downloadItemContract } from "../contract-files";
import { findFile } from "../find-file";
import { type Loaded, type LoadOptions, load } from "../import-load";
import { withQuota } from "../import-quota";
import { migrationOf, type Source, sourcePath, unpacked } from "../import-source";
import { asTenant } from "../item-connection";
import { endsConnections } from "../left-out";
import { lastExport, notRemade, stored } from "../remade";
import { type Filled, remake } from "../remake";
import { uuid } from "../shapes";
import { keptUpload } from "../upload-file";

const input = z
  .object({
    run: uuid.optional().meta({ title: "Bulk run", description: "id of the run whose export is imported" }),
    position: z
      .int()
      .min(0)
      .max(200_000)
      .default(0)
      .meta({ title: "Position", description: "of the item in that run whose file it is" }),
    upload: z
      .string()
      .regex(/^[0-9a-f]{64}$/, "An upload is named by the 64 hexadecimal digits of its SHA-256.")
      .optional()
      .meta({ title: "Upload", description: "an uploaded file, by its SHA-256" }),
    replace: z
      .boolean()
      .default(false)
      .meta({ title: "Replace", description: "make the database anew first; else its tables have to be empty" }),
  })
  .refine(({ run, upload }) => (run === undefined) !== (upload === undefined), {
    error: "Name either a run with its position, or an upload.",
    path: ["run"],
  });

type Asked = z.output<typeof input>;

const from = ({ run, upload }: Asked) => (run === undefined ? `upload ${upload?.slice(0, 12)}…` : `run ${run}`);

export const importData = serverAction({
  name: "import-data",
  title: "Import data",
  summary: "Put what the action export-data wrote, or an uploaded file of the kind, into tenants' databases.",
  group: "maintenance",
  danger: "destructive",
  permission: "data:import",
  input,
  words: (asked) => `${asked.replace ? "Replace the data by an import" : "Import data"} from ${from(asked)}`,
  admit,
  preview: ({ replace }) => ({
    leaveOut: replace
      ? notRemade
      : Prisma.sql`CASE WHEN t.adopted THEN 'Its database was adopted: what is in it is its owner''s.' ELSE ${notRemade} END`,
    warnings: replace ? [lastExport(), stored, endsConnections] : [],
  }),
  radius: ({ replace }) =>
    replace
      ? [
          "Everything in their databases is dropped, and what is imported takes its place. This can't be undone.",
          "The old database serves until the new one is whole; an import that fails leaves it as it was.",
        ]
      : ["Tables have to be empty, and nobody else can write to them meanwhile. All is imported or nothing."],
  defaults: { ...usual, canary: null, concurrency: 2, timeoutSeconds: 3600, failureBudget: { count: 0 } },
  activity: "imported",
  run: async (work, asked) => {
    if (work.tenant.adopted) throw new AppError("conflict", "Its database was adopted: what is in it is its owner's.");
    const path = await sourcePath(asked);
    return asked.replace ? await replaceBy(work, path) : await fillEmpty(work, path);
  },
});

/** Whoever has data imported could also have downloaded it. */
async function admit(ctx: Ctx, { run, position, upload }: Source): Promise<void> {
  if (upload !== undefined) {
    if (await keptUpload(upload, actorId(ctx.actor), ctx.now())) return;
    throw wrong("upload", "You have uploaded no such file in the last day. Upload it, then name it by its SHA-256.");
  }
  const refusal = refuse(downloadItemContract, ctx.actor);
  if (refusal) throw refusal;
  try {
    await findFile(ctx, { id: run ?? "", position });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
    throw wrong(/file is gone/.test(error.message) ? "run" : "position", error.message);
  }
}

function wrong(field: string, words: string): AppError {
  return new AppError("invalid", words, { fields: { [field]: words } });
}

const remembered = z.object({ transaction: z.string(), words: z.string() });

/** In one transaction. An earlier attempt may have come to its commit, and been cut off before it could say so. */
async function fillEmpty(work: ItemWork, path: string): Promise<Outcome> {
  const before = remembered.safeParse(work.remembered);
  const words = await asTenant(work, async (client) => {
    if (before.success && (await isCommitted(client, before.data.transaction))) return before.data.words;
    const remember = async (result: Loaded, transaction: string) =>
      await work.remember({ transaction, words: sentence(result) });
    return sentence(await loadFile(work, client, path, false, remember));
  });
  return { status: "done", words };
}

/** No more of it than the tenant's limit of storage takes. */
async function loadFile(
  work: ItemWork,
  client: pg.Client,
  path: string,
  clear: boolean,
  beforeCommit: LoadOptions["beforeCommit"],
): Promise<Loaded> {
  return await withQuota(work, async (quota) =>
    load(client, quota.watch(unpacked(path, work.signal)), {
      clear,
      beforeCommit: async (loaded, transaction) => {
        await quota.check();
        await beforeCommit(loaded, transaction);
      },
    }),
  );
}

async function isCommitted(client: pg.Client, transaction: string): Promise<boolean> {
  const { rows } = await client.query<{ state: string | null }>("SELECT pg_xact_status($1::xid8) AS state", [
    transaction,
  ]);
  if (rows[0]?.state === "in progress")
    throw new AppError("unavailable", "An earlier attempt still ends.", { retryAfter: 1 });
  return rows[0]?.state === "committed";
}

/** Into a new database, whose structure is first as old as the file's, and then brought to the newest. */
async function replaceBy(work: ItemWork, path: string): Promise<Outcome> {
  const folder = readMigrations(env().TENANT_MIGRATIONS);
  const upTo = knownHere(folder, await migrationOf(path));
  const options = { ...usualLimits, statementTimeoutMs: work.timeoutMs, runId: work.run.id };
  const words = await remake(work, (inside) =>
    asTenant(inside, async (client): Promise<Filled> => {
      await applyMigrations(client, folder, { ...options, upTo });
      const loaded = await loadFile(inside, client, path, true, async () => undefined);
      const { version, applied } = await applyMigrations(client, folder, options);
      return {
        standing: { version, applied },
        words: `${sentence(loaded)} Its database is new, at ${version || "the beginning"}.`,
      };
    }),
  );
  return { status: "done", words };
}

function knownHere(folder: readonly Migration[], newest: string | undefined): string | undefined {
  if (newest === undefined || newest === "none" || folder.some(({ name }) => name === newest)) {
    return newest === "none" ? undefined : newest;
  }
  const words = "The file is of a database with a migration that the folder of migrations does not have";
  throw new AppError("conflict", `${words}: ${newest}.`);
}

const sentence = ({ rows }: Loaded): string => `Imported ${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"}.`;
