import { statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { checkNewest } from "@/lib/audit/check-newest";
import { checkKeys } from "@/lib/platform/check-keys";
import { env } from "@/lib/platform/env";
import { sharedRedis } from "@/lib/platform/redis";
import { within } from "@/lib/platform/within";
import { type Asked, type Found, many, type PartRule } from "./part";

const newestLinks = 200;
const bytesInMiB = 1024 * 1024;
const free = { degraded: 0.1, down: 0.02 };

/** Whether secrets open, the trail holds, disks have room, and Redis answers where there is one. */
export const trustParts: readonly PartRule[] = [
  {
    name: "keys",
    label: "Key ring",
    measured: "opening each data key, and looking up the key of each stored secret",
    look: keys,
  },
  {
    name: "audit",
    label: "Audit trail",
    measured: `recomputing the newest ${newestLinks} links and the end; the whole trail by audit.verify, when it was last run`,
    look: audit,
  },
  {
    name: "disks",
    label: "Disks",
    measured: "statfs of the data folder's file system here, and of local servers' data as the collector measures it",
    look: disks,
  },
];

/** The shared cache, where REDIS_URL names one. */
export const redisPart: PartRule = {
  name: "redis",
  label: "Redis",
  measured: "PING",
  look: async () => {
    const began = performance.now();
    const answered = await within(1000, Promise.resolve(sharedRedis()?.ping())).catch(() => undefined);
    const ms = Math.round((performance.now() - began) * 10) / 10;
    if (answered === "PONG") return { state: "ok", words: `It answers in ${ms} ms.`, figures: { latencyMs: ms } };
    return { state: "degraded", words: "It does not answer; everything is done without it." };
  },
};

async function keys(): Promise<Found> {
  const { keys: count, secrets, broken } = await checkKeys();
  const figures = { dataKeys: count, secrets, unreadable: broken.reduce((sum, one) => sum + one.secrets, 0) };
  if (broken.length === 0)
    return { state: "ok", words: `${many(count, "data key")} open, for ${many(secrets, "secret")}.`, figures };
  const words = broken.map(({ key, secrets: of, why }) => `Key ${key} (${many(of, "secret")}): ${why}`);
  return { state: "down", words: words.join(" "), figures };
}

async function audit({ db, now, presence }: Asked): Promise<Found> {
  const { checked, problem } = await checkNewest(db, newestLinks);
  const whole = presence.told.flatMap((one) => one.audit ?? []).sort((one, other) => other.at - one.at)[0];
  const figures = { newestChecked: checked, wholeCheckedAt: whole ? new Date(whole.at).toISOString() : null };
  if (problem !== null) return { state: "down", words: problem, figures };
  if (whole && !whole.intact)
    return {
      state: "down",
      words: "The last check of the whole trail found it broken.",
      since: new Date(whole.at),
      figures,
    };
  const hours = whole && Math.max(0, Math.round((now().getTime() - whole.at) / 3_600_000));
  const last = whole
    ? `the whole was found intact ${hours === 0 ? "within the hour" : `${hours} h ago`}`
    : "the whole was not checked since the processes began";
  return { state: "ok", words: `Its newest ${many(checked, "link")} hold; ${last}.`, figures };
}

type Disk = { label: string; totalMb: number; freeMb: number };

async function disks({ db }: Asked): Promise<Found> {
  const servers = await db.server.findMany({
    where: { removedAt: null },
    select: { name: true, diskTotalMb: true, diskFreeMb: true },
  });
  const own = await diskUnder(resolve(env().EXPORT_DIR));
  const all: Disk[] = [
    ...(own ? [{ label: "The data folder's", ...own }] : []),
    ...servers.flatMap(({ name, diskTotalMb, diskFreeMb }) =>
      diskTotalMb === null || diskFreeMb === null
        ? []
        : [{ label: `Server ${name}'s`, totalMb: diskTotalMb, freeMb: diskFreeMb }],
    ),
  ];
  if (all.length === 0) return { state: "unknown", words: "No disk could be looked at." };
  const tightest = all.reduce((one, other) => (share(other) < share(one) ? other : one));
  const left = share(tightest);
  const state = left < free.down ? "down" : left < free.degraded ? "degraded" : "ok";
  const words = `${tightest.label} disk has ${(tightest.freeMb / 1024).toFixed(1)} GiB free, ${Math.round(left * 100)} %.`;
  return {
    state,
    words,
    figures: { freeMb: Math.round(tightest.freeMb), share: Math.round(left * 1000) / 1000, disks: all.length },
  };
}

const share = ({ totalMb, freeMb }: Disk): number => (totalMb === 0 ? 0 : freeMb / totalMb);

/** The file system of a folder, or of what it would be made in. Sizes in MiB. */
export async function diskUnder(folder: string): Promise<{ totalMb: number; freeMb: number } | null> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await statfs(at).catch(() => null);
    if (found)
      return { totalMb: (found.blocks * found.bsize) / bytesInMiB, freeMb: (found.bavail * found.bsize) / bytesInMiB };
    if (at === dirname(at)) return null;
  }
}
