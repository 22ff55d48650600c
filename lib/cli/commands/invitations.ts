import { AppError } from "@/lib/kernel/errors";
import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, type Cli, defineCommand, list, only, text } from "../command";
import { Misused } from "../failure";
import { listed, paging, showList } from "../pages";
import { reachIn } from "../reach";
import { momentWords, pairs } from "../words";

type Invitation = Operations["invitations.show"]["output"];
type Input = Operations["invitations.list"]["input"];

const listInvitations = defineCommand({
  path: "invitations list",
  words: "Lists invitations that can still be accepted.",
  examples: ["invitations list", "invitations list --role viewer --all --json"],
  options: { search: text("part of an address"), role: list("only to these roles", "role"), ...paging },
  async run(cli, _, { all, limit, ...filter }) {
    const { scopeWords } = await import("@/lib/kernel/scope");
    await showList(cli, "invitations.list", only(filter) as Input, only({ all, limit }), {
      columns: ["Email", "Role", "Reach", "Invited by", "Ends"],
      rows: ({ invitations }) =>
        invitations.map((one) => [
          ...[one.email, one.role, scopeWords(one.scope), one.invitedBy, momentWords(one.expiresAt)],
        ]),
      none: "Nobody is invited who has not joined.",
    });
  },
});

const showInvitation = defineCommand({
  path: "invitations show <email>",
  words: "Shows an invitation, by its address or id; its link was shown once, when it was made.",
  examples: ["invitations show hello@example.com"],
  async run(cli, { email }) {
    const { scopeWords } = await import("@/lib/kernel/scope");
    const one = await invitationNamed(cli, email);
    cli.out.result(one, () =>
      pairs([
        ["Email", one.email],
        ["Id", one.id],
        ["Role", one.role],
        ["Reach", scopeWords(one.scope)],
        ["Invited", `${momentWords(one.createdAt)} by ${one.invitedBy}`],
        ["Ends", momentWords(one.expiresAt)],
      ]),
    );
  },
});

/** `users invite` and `invitations create` are the same: people look for it at either. */
function inviting(words: "users invite" | "invitations create", example: string): AnyCommand {
  return defineCommand({
    path: `${words} <email>`,
    words: "Invites a person and tells the link to join; people only, in the console or on the host.",
    examples: [`${words} ${example} --role viewer --reach region:eu-1`],
    options: {
      role: text("their role; needed", "role"),
      reach: text("which tenants: all (unless told), or such as region:eu-1,eu-2", "reach"),
    },
    async run(cli, { email }, { role, reach }) {
      if (role === undefined) throw new Misused("Say their role: --role. See: tenantry roles list");
      const made = await cli.send("invitations.create", { email, role, ...only({ scope: reachIn(reach) }) });
      cli.out.note(`${email} is invited. The link works once, until ${momentWords(made.invitation.expiresAt)}:`);
      cli.out.result(made, made.link);
    },
  });
}

const createInvitation = inviting("invitations create", "hello@example.com");

const withdraw = defineCommand({
  path: "invitations withdraw <email>",
  words: "Withdraws an invitation, by its address or id: its link stops working.",
  examples: ["invitations withdraw hello@example.com --yes"],
  dangerous: ({ email }) => `The link that ${email} was given stops working.`,
  asks: "yes",
  async run(cli, { email }) {
    const { id } = await invitationNamed(cli, email);
    const gone = await cli.send("invitations.withdraw", { id });
    cli.out.result(gone, `The invitation of ${gone.email} is withdrawn.`);
  },
});

async function invitationNamed(cli: Cli, name: string): Promise<Invitation> {
  const wanted = name.trim().toLowerCase();
  const { invitations } = await listed(cli, "invitations.list", {}, { all: true });
  const found = invitations.find((one) => one.email.toLowerCase() === wanted || one.id === wanted);
  if (found) return found;
  const why = `There is no invitation of ${name} that can still be accepted.`;
  throw new AppError("not_found", `${why} See: tenantry invitations list`);
}

/** `users invite`: the other name of `invitations create`. */
export const inviteUser: AnyCommand = inviting("users invite", "grace@example.com");

/** `invitations`: who is asked to join, and has not yet. */
export const invitationCommands: readonly AnyCommand[] = [
  ...[listInvitations, createInvitation, showInvitation, withdraw],
];
