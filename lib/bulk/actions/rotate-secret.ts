import { z } from "zod";
import { rotateSecret } from "@/lib/tenants/rotate-secret";
import { serverAction, usual } from "../action";
import { asAdmin } from "../item-connection";
import { noDatabase } from "../no-database";

const words =
  "Its role has a new password. Open connections stay; new ones of Tenantry's runtime use it by themselves.";

export const rotateSecretAction = serverAction({
  name: "rotate-secret",
  title: "Rotate database password",
  summary: "Give tenants' database roles new random passwords.",
  group: "maintenance",
  danger: "disruptive",
  permission: "secrets:rotate",
  input: z.object({}),
  words: () => "Rotate the database password",
  preview: () => ({ leaveOut: noDatabase }),
  radius: () => ["Whoever signs in with the old password, other than through Tenantry, is kept out from then on."],
  defaults: { ...usual, timeoutSeconds: 30 },
  activity: "secret_rotated",
  run: async (work) => {
    await asAdmin(work, async (admin) => await rotateSecret(admin, work.tenant, work.now()));
    return { status: "done", words };
  },
});
