import type { Command } from "commander";
import type { UserRow } from "@/lib/access/contract";
import { listUsers } from "@/lib/access/list-users";
import { makePasswordLink } from "@/lib/access/make-password-link";
import { resetSecondFactor } from "@/lib/access/reset-second-factor";
import { setUserActive } from "@/lib/access/set-user-active";
import { unlockUser } from "@/lib/access/unlock-user";
import { perform } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { scopeWords } from "@/lib/kernel/scope";
import { hostContext, openInstallation } from "./installation";
import { answer, counted } from "./output";

type Options = { json?: boolean };

/** `users`: the way back in for people, also when no owner can sign in. */
export function addAccessCommands(program: Command): void {
  const users = program.command("users").description("People, and the way back in for who is locked out.");
  const command = (name: string, words: string) =>
    users.command(name).description(words).option("--json", "write the result as JSON");
  command("list", "Lists users with their role, scope and second factor.").action(list);
  command("password-link <email>", "Makes a single-use link to set a new password; it ends after a day.").action(link);
  command(
    "reset-second-factor <email>",
    "Removes authenticator, passkeys and recovery codes, and ends sessions.",
  ).action(reset);
  command("activate <email>", "Lets a user in again.").action((email, options) => setActive(email, true, options));
  command("deactivate <email>", "Deactivates a user and ends their sessions at once.").action((email, options) =>
    setActive(email, false, options),
  );
  command("unlock <email>", "Forgets wrong passwords and codes, so that nobody has to wait.").action(unlock);
}

async function list(options: Options): Promise<void> {
  await openInstallation();
  const { users } = await perform(listUsers, hostContext(), {});
  const lines = users.map((user) => {
    const state = user.deactivatedAt ? "deactivated" : "active";
    const factor = user.secondFactor ? "second factor" : "no second factor";
    const columns = [user.email.padEnd(32), user.role.padEnd(12), state.padEnd(11), factor.padEnd(16)];
    return [...columns, scopeWords(user.scope)].join("  ");
  });
  answer(options, users, lines.length === 0 ? "There are no users yet." : lines.join("\n"));
}

async function link(email: string, options: Options): Promise<void> {
  const { id } = await find(email);
  const made = await perform(makePasswordLink, hostContext(), { id });
  answer(options, made, made.link);
}

async function reset(email: string, options: Options): Promise<void> {
  const { id } = await find(email);
  const user = await perform(resetSecondFactor, hostContext(), { id });
  answer(options, user, `${user.email} has no second factor now, and sets up a new one at the next sign-in.`);
}

async function setActive(email: string, active: boolean, options: Options): Promise<void> {
  const { id } = await find(email);
  const user = await perform(setUserActive, hostContext(), { id, active });
  answer(options, user, `${user.email} is ${active ? "active" : "deactivated"}.`);
}

async function unlock(email: string, options: Options): Promise<void> {
  const user = await find(email);
  const removed = await unlockUser(hostContext(), user);
  answer(options, { removed }, `${user.email} can try at once again (${counted(removed, "count")} removed).`);
}

async function find(email: string): Promise<UserRow> {
  await openInstallation();
  const { users } = await perform(listUsers, hostContext(), {});
  const user = users.find((one) => one.email === email.trim().toLowerCase());
  if (!user) throw new AppError("not_found", `There is no user ${email}. See: tenantry users list`);
  return user;
}
