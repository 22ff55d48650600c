import { AppError } from "@/lib/kernel/errors";
import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, type Cli, defineCommand, list, only, text } from "../command";
import { Misused } from "../failure";
import { counted } from "../output";
import { listed, paging, showList } from "../pages";
import { reachIn } from "../reach";
import { momentWords, pairs } from "../words";
import { inviteUser } from "./invitations";

type User = Operations["users.list"]["output"]["users"][number];
type Input = Operations["users.list"]["input"];

const listUsers = defineCommand({
  path: "users list",
  words: "Lists users with their role, scope and second factor.",
  examples: ["users list", "users list --all --json"],
  options: { search: text("part of a name or address"), role: list("only with these roles", "role"), ...paging },
  async run(cli, _, { all, limit, ...filter }) {
    const { scopeWords } = await import("@/lib/kernel/scope");
    await showList(cli, "users.list", only(filter) as Input, only({ all, limit }), {
      columns: ["Email", "Role", "State", "Sign-in", "Reach"],
      rows: ({ users }) =>
        users.map((user) => [
          ...[user.email, user.role, user.deactivatedAt ? "deactivated" : "active"],
          ...[user.secondFactor ? "second factor" : "no second factor", scopeWords(user.scope)],
        ]),
      none: "There are no such users.",
    });
  },
});

const showUser = defineCommand({
  path: "users show <email>",
  words: "Shows a user.",
  examples: ["users show ada@example.com"],
  async run(cli, { email }) {
    const { scopeWords } = await import("@/lib/kernel/scope");
    const user = await userNamed(cli, email);
    cli.out.result(user, () =>
      pairs([
        ["Email", user.email],
        ["Name", user.name],
        ["Id", user.id],
        ["Role", user.role],
        ["Reach", scopeWords(user.scope)],
        ["Second factor", user.secondFactor ? "set up" : "not set up"],
        ["Sessions", user.sessions],
        ["Last sign-in", momentWords(user.lastSignInAt)],
        ["State", user.deactivatedAt ? `deactivated ${momentWords(user.deactivatedAt)}` : "active"],
      ]),
    );
  },
});

const editUser = defineCommand({
  path: "users edit <email>",
  words: "Changes a user's role or reach; people only, in the console or on the host.",
  examples: ["users edit ada@example.com --role operator", "users edit ada@example.com --reach plan:free --dry-run"],
  options: {
    role: text("their role", "role"),
    reach: text("which tenants: all, or such as region:eu-1,eu-2", "reach"),
  },
  async run(cli, { email }, { role, reach }) {
    const change = only({ role, scope: reachIn(reach) });
    if (Object.keys(change).length === 0) throw new Misused("Say what to change: --role or --reach.");
    const { id } = await userNamed(cli, email);
    const user = await cli.send("users.edit", { id, ...change });
    cli.out.result(user, `${user.email} is changed: ${user.role}.`);
  },
});

const sessions = defineCommand({
  path: "users sessions <email>",
  words: "Lists where a user is signed in, newest first.",
  examples: ["users sessions ada@example.com"],
  options: paging,
  async run(cli, { email }, pages) {
    const { id } = await userNamed(cli, email);
    await showList(cli, "users.sessions", { id }, pages, {
      columns: ["Since", "Last used", "Address", "Device"],
      rows: (answer) =>
        answer.sessions.map((one) => [
          ...[momentWords(one.createdAt), momentWords(one.lastSeenAt), one.ipAddress, one.device],
        ]),
      none: `${email} is signed in nowhere.`,
    });
  },
});

const endSessions = defineCommand({
  path: "users end-sessions <email>",
  words: "Ends a user's sessions at once.",
  examples: ["users end-sessions ada@example.com --yes"],
  dangerous: ({ email }) => `${email} is signed out everywhere, at once.`,
  asks: "yes",
  async run(cli, { email }) {
    const { id } = await userNamed(cli, email);
    const answer = await cli.send("users.endSessions", { id });
    cli.out.result(answer, `${counted(answer.ended, "session")} of ${email} ended.`);
  },
});

const passwordLink = defineCommand({
  path: "users password-link <email>",
  words: "Makes a single-use link to set a new password; it ends after a day.",
  examples: ["users password-link ada@example.com"],
  async run(cli, { email }) {
    const { id } = await userNamed(cli, email);
    const made = await cli.send("users.passwordLink", { id });
    cli.out.result(made, made.link);
  },
});

const resetSecondFactor = defineCommand({
  path: "users reset-second-factor <email>",
  words: "Removes authenticator, passkeys and recovery codes, and ends sessions.",
  examples: ["users reset-second-factor ada@example.com --yes"],
  dangerous: "They set up a new second factor at the next sign-in.",
  async run(cli, { email }) {
    const { id } = await userNamed(cli, email);
    const user = await cli.send("users.resetSecondFactor", { id });
    cli.out.result(user, `${user.email} has no second factor now, and sets up a new one at the next sign-in.`);
  },
});

const activate = defineCommand({
  path: "users activate <email>",
  words: "Lets a user in again.",
  examples: ["users activate ada@example.com"],
  run: (cli, { email }) => setActive(cli, email, true),
});

const deactivate = defineCommand({
  path: "users deactivate <email>",
  words: "Deactivates a user and ends their sessions at once.",
  examples: ["users deactivate ada@example.com --yes"],
  dangerous: ({ email }) => `${email} is signed out everywhere and can't sign in any more.`,
  run: (cli, { email }) => setActive(cli, email, false),
});

async function setActive(cli: Cli, email: string, active: boolean): Promise<void> {
  const { id } = await userNamed(cli, email);
  const user = await cli.send("users.setActive", { id, active });
  cli.out.result(user, `${user.email} is ${active ? "active" : "deactivated"}.`);
}

const unlock = defineCommand({
  path: "users unlock <email>",
  words: "Forgets wrong passwords and codes, so that nobody has to wait.",
  examples: ["users unlock ada@example.com"],
  where: "host",
  async run(cli, { email }) {
    const host = await cli.host();
    const user = await userNamed(cli, email);
    await cli.before(`Would forget the wrong passwords and codes of ${user.email}.`);
    const { unlockUser } = await import("@/lib/access/unlock-user");
    const removed = await unlockUser(host.context(), user);
    cli.out.result({ removed }, `${user.email} can try at once again (${counted(removed, "count")} removed).`);
  },
});

async function userNamed(cli: Cli, name: string): Promise<User> {
  const email = name.trim().toLowerCase();
  const { users } = await listed(cli, "users.list", name.includes("@") ? { search: email } : {}, { all: true });
  const user = users.find((one) => one.email.toLowerCase() === email || one.id === email);
  if (!user) throw new AppError("not_found", `There is no user ${name}. See: tenantry users list`);
  return user;
}

/** `users`: people, and the way back in for who is locked out. */
export const userCommands: readonly AnyCommand[] = [
  ...[listUsers, showUser, inviteUser, editUser, passwordLink, unlock, sessions, endSessions],
  ...[resetSecondFactor, deactivate, activate],
];
