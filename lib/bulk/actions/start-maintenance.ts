import { z } from "zod";
import {
  beginMaintenance,
  finishMaintenance,
  type MaintenanceWords,
  networks,
  putMaintenance,
  readMaintenance,
  saysAlready,
} from "@/lib/maintenance/change";
import { maintenanceFields } from "@/lib/maintenance/contract";
import { keptMaintenance, restored, sameMaintenance, stored } from "@/lib/maintenance/kept";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { Prisma } from "@/lib/platform/prisma";
import { quick, registryAction } from "../action";
import { unsettled } from "../left-out";

const { message, allow, retryAfterSeconds, until } = maintenanceFields;

const input = z.object({
  message: message.meta({ title: "Message", description: "what visitors are told" }),
  allow: allow.meta({
    title: "Allowed addresses",
    description: "addresses and networks (CIDR) that are served as ever",
  }),
  retryAfterSeconds: retryAfterSeconds.meta({
    title: "Retry-After",
    description: "seconds after which programs should ask again",
  }),
  until: until.meta({ title: "Until", description: "when it ends by itself; without a time, when somebody ends it" }),
});

const savedShape = z.object({ before: keptMaintenance.nullable(), left: keptMaintenance });

export const startMaintenanceAction = registryAction({
  name: "start-maintenance",
  title: "Start maintenance",
  summary: "Put tenants' apps into maintenance, or change what they say: visitors get 503 with the message.",
  group: "status",
  danger: "disruptive",
  permission: "tenants:maintain",
  input,
  words: (words) => `Start maintenance: “${words.message}”`,
  preview: ({ message, allow, retryAfterSeconds, until }) => ({
    leaveOut: Prisma.sql`CASE
      WHEN ${until}::timestamptz <= now() THEN 'The time at which it ends has passed.'
      WHEN EXISTS (SELECT 1 FROM tenant_maintenance m WHERE m.tenant_id = t.id AND m.message = ${message}
        AND m.allow = ${networks(allow)}::text[] AND m.retry_after = ${retryAfterSeconds}
        AND m.until IS NOT DISTINCT FROM ${until}::timestamptz(3)) THEN ${already}::text
      ELSE ${unsettled} END`,
    warnings: [
      Prisma.sql`(SELECT 'It is in maintenance already: what it says changes, and its bypass link dies'
      FROM tenant_maintenance m WHERE m.tenant_id = t.id)`,
    ],
  }),
  radius: (words) => [
    "Visitors of these tenants' apps get 503 with the message; databases and roles are left alone.",
    "There is no bypass link for all: who needs one makes it for a tenant on its page. Allowed addresses pass.",
    ...(words.until === null ? ["It goes on until somebody ends it."] : []),
  ],
  defaults: quick,
  run: async (ctx, tenant, words: MaintenanceWords) => {
    const before = await readMaintenance(ctx, tenant.id);
    if (before && saysAlready(before, words)) return { status: "skipped", words: already };
    // The hash of a token that nobody has: a link shared by all tenants would let in whoever gets hold of it.
    const left = await beginMaintenance(ctx, tenant, words, sha256(randomToken()));
    const saved = { before: before && stored(before), left: stored(left) };
    return { status: "done", words: before ? "Its maintenance says something else." : "It is in maintenance.", saved };
  },
  undo: {
    words: () => "Undo: start maintenance",
    run: async (ctx, tenant, kept) => {
      const { before, left } = savedShape.parse(kept);
      const now = await readMaintenance(ctx, tenant.id);
      if (!now) return { status: "skipped", words: "It is in maintenance no longer." };
      if (!sameMaintenance(now, left)) return { status: "skipped", words: "Somebody changed its maintenance since." };
      const again = before && restored(before, ctx.now());
      if (again) {
        await putMaintenance(ctx, tenant.id, now, again);
        return { status: "done", words: "Its maintenance is as it was before." };
      }
      await finishMaintenance(ctx, now, "Maintenance ended");
      return { status: "done", words: "Its maintenance ended." };
    },
  },
});

const already = "It is in maintenance and says this already.";
