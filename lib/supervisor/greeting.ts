import { newSetUpToken } from "@/lib/accounts/set-up-link";
import { systemClock } from "@/lib/kernel/clock";
import { controlDb } from "@/lib/platform/prisma";
import type { Say } from "./children";
import type { DemoSignIn } from "./demo";
import type { Settings } from "./settings";

/** Says where Tenantry answers and how to get in. */
export async function greet(settings: Settings, say: Say, demo: DemoSignIn | undefined): Promise<void> {
  say(`Ready: ${settings.url}`);
  if (demo) {
    say(`Demo sign-in:  ${demo.email}  /  ${demo.password}`);
    say(`Second factor: npm run --silent demo:code   (or add the key ${demo.totpSecret} to an authenticator app)`);
    say(`A tenant's app: http://${await someSlug()}.localhost:${settings.appPort}`);
  }
  const token = await newSetUpToken(systemClock());
  if (token) say(`Set up the first owner (once, within 24 hours):\n${settings.url}/set-up/${token}`);
  say("Ctrl-C stops everything.");
}

async function someSlug(): Promise<string> {
  const tenant = await controlDb().tenant.findFirst({
    where: { status: "active", deletedAt: null },
    orderBy: { createdAt: "asc" },
  });
  return tenant?.slug ?? "slug";
}
