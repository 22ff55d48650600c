import { grantApp } from "@/lib/platform/app-role";
import { applyMigrations } from "@/lib/platform/migrations";
import { prepareQueue } from "./prepare";

/**
 * Brings the control database at `url` up to date and returns the migrations that were applied. With `ownerUrl`, its
 * owner does that, and the role of `url` is then given what it needs to run Tenantry, and no more.
 */
export async function prepareControl(url: string, ownerUrl: string | undefined): Promise<string[]> {
  if (ownerUrl) checkSameDatabase(url, ownerUrl);
  const applied = await applyMigrations(ownerUrl ?? url);
  await prepareQueue(ownerUrl ?? url);
  if (ownerUrl) {
    const { username, password } = new URL(url);
    await grantApp(ownerUrl, decodeURIComponent(username), decodeURIComponent(password));
  }
  return applied;
}

function checkSameDatabase(url: string, ownerUrl: string): void {
  const place = (text: string): string => {
    if (!URL.canParse(text))
      throw new Error("DATABASE_OWNER_URL must look like postgresql://user:password@host:5432/name");
    const { host, pathname } = new URL(text);
    return `${host.replace(/:5432$/, "")}${pathname}`;
  };
  if (new URL(url).username === "") throw new Error("With DATABASE_OWNER_URL, DATABASE_URL has to name its user.");
  if (place(url) === place(ownerUrl)) return;
  throw new Error(
    `DATABASE_OWNER_URL names another database (${place(ownerUrl)}) than DATABASE_URL (${place(url)}): it is the same one, signed in to as its owner.`,
  );
}
