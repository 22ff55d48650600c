import type { ExportCheck } from "@/lib/audit/check-export";
import { AppError } from "@/lib/kernel/errors";
import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, choice, defineCommand, only, text } from "../command";
import { Found } from "../failure";
import { pathIn, readFile, writeFile } from "../files";
import { momentIn } from "../moments";
import { counted } from "../output";
import { paging, showList } from "../pages";
import { printable } from "../width";
import { momentWords, pairs } from "../words";

type AuditCheck = Operations["audit.verify"]["output"];

type AuditEvent = Operations["audit.list"]["output"]["events"][number];

const listEvents = defineCommand({
  path: "audit list",
  words: "Lists who did or tried what, newest first.",
  examples: ["audit list --operation tenants.remove", "audit list --outcome refused --from 2027-01-01 --all --json"],
  options: {
    actor: text("only of this actor: part of the name", "name"),
    operation: text("only this operation", "operation"),
    outcome: choice("only what ended so", ["done", "refused"]),
    target: text("only about this id", "id"),
    from: text("the first moment", "time"),
    to: text("the first moment that is left out", "time"),
    ...paging,
  },
  async run(cli, _, { limit, all, from, to, ...filter }) {
    const input = only({ ...filter, from: momentIn(from), to: momentIn(to) });
    await showList(cli, "audit.list", input, only({ limit, all }), {
      columns: ["Id", "When", "Who", "What", "Outcome", "About"],
      rows: ({ events }) => events.map(eventRow),
      none: "There are no such events.",
    });
  },
});

function eventRow({ id, createdAt, actor, operation, outcome, reason, target, targetName }: AuditEvent) {
  const how = reason === null ? outcome : `${outcome}: ${reason}`;
  return [id, momentWords(createdAt), actor, operation, how, targetName ?? target];
}

const showEvent = defineCommand({
  path: "audit show <event>",
  words: "Shows one event with all that was kept of it: from where, input, before and after.",
  examples: ["audit show 1234", "audit show 1234 --json"],
  async run(cli, { event }) {
    const told = await cli.send("audit.show", { id: event });
    const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));
    cli.out.result(told, () =>
      pairs([
        ["When", told.createdAt],
        ["Who", `${told.actor} (${told.actorKind})`],
        ["What", told.operation],
        ["Outcome", told.reason === null ? told.outcome : `${told.outcome}: ${told.reason}`],
        ["About", told.targetName ?? told.target],
        ["From", told.ipAddress],
        ["With", told.userAgent === null ? null : printable(told.userAgent)],
        ["Request", told.requestId],
        ["Input", json(told.input)],
        ["Before", json(told.before)],
        ["After", json(told.after)],
        ["Link", told.hash],
      ]),
    );
  },
});

const verify = defineCommand({
  path: "audit verify",
  words: "Checks every link of the trail; exit code 7 with the first row that is not as it was written.",
  examples: ["audit verify", "audit verify --json"],
  options: { noted: text("an end that an earlier check told: finds a trail that was set back", "id:hash") },
  async run(cli, _, { noted }) {
    const result = await cli.send("audit.verify", only({ noted }));
    if (cli.options.json || result.intact) cli.out.result(result, () => intactWords(result));
    const { firstBad } = result;
    if (firstBad) throw new Found(`The audit trail is not intact. ${rowWords(firstBad)}`);
  },
});

function rowWords({ id, problem }: { id: string; problem: string }): string {
  return /^\d/.test(id) ? `Row ${id} ${problem}` : problem;
}

function intactWords({ checked, older, end, milliseconds }: AuditCheck): string {
  const before = older > 0 ? ` ${counted(older, "row")} before the chain began can't be checked.` : "";
  const note = end ? `\nIts end, to be noted elsewhere: ${end}` : "";
  return `The audit trail is intact: ${counted(checked, "link")} in ${(milliseconds / 1000).toFixed(1)} s.${before}${note}`;
}

const exportTrail = defineCommand({
  path: "audit export [file]",
  words: "Exports the trail, signed (jsonl) or for a spreadsheet (csv), to a new file or standard output.",
  examples: ["audit export trail.jsonl --from 2027-01-01", "audit export --format csv"],
  options: {
    format: choice("of what kind", ["jsonl", "csv"]),
    from: text("the first moment, such as 2027-01-31 or 2027-01-31T12:00Z", "time"),
    to: text("the first moment that is left out", "time"),
  },
  async run(cli, { file }, { format = "jsonl", from, to }) {
    const times = only({ from: momentIn(from), to: momentIn(to) });
    await writeFile(cli, file, "The export", () => cli.download("audit.export", { format, ...times }));
  },
});

const checkExport = defineCommand({
  path: "audit check-export <file>",
  words: "Checks a signed export; exit code 7 when it is not valid. Needs no installation.",
  examples: ["audit check-export trail.jsonl", "audit check-export trail.jsonl --public-key key.pem"],
  where: "anywhere",
  options: { publicKey: text("the signer's public key (PEM), as this installation told it", "file") },
  async run(cli, { file }, { publicKey }) {
    const { verifyExport } = await import("@/lib/audit/check-export");
    const key = publicKey === undefined ? undefined : readFile(cli, publicKey);
    const result = await verifyExport(pathIn(cli, file), key).catch((cause: unknown) => {
      const why = cause instanceof Error && "code" in cause ? cause.code : cause;
      throw new AppError("not_found", `The file ${file} can't be read (${why}).`, { cause });
    });
    if (cli.options.json || result.valid) cli.out.result(result, () => validWords(result));
    if (!result.valid) throw new Found(`This export is not valid. ${result.problem}`);
  },
});

function validWords({ rows, madeAt, madeBy, fingerprint, keyGiven }: ExportCheck): string {
  const whole = `The export is valid: ${counted(rows, "row")}, made ${madeAt} by ${madeBy}, signed with key ${fingerprint}.`;
  const advice =
    "The key came with the file: this proves that it is whole, not where it is from. Compare the key, or give --public-key.";
  return keyGiven ? whole : `${whole}\n${advice}`;
}

const publicKey = defineCommand({
  path: "audit public-key",
  words: "Tells the public key by which exports are checked (PEM).",
  examples: ["audit public-key"],
  async run(cli) {
    const signer = await cli.send("audit.signer", {});
    cli.out.result(signer, signer.publicKey.trimEnd());
  },
});

const signer = defineCommand({
  path: "audit signer",
  words: "Tells who signs exports: the fingerprint of the key, to compare with what an export says.",
  examples: ["audit signer"],
  async run(cli) {
    const told = await cli.send("audit.signer", {});
    cli.out.result(told, told.fingerprint);
  },
});

/** `audit`: is the trail what was written, and taking it elsewhere. */
export const auditCommands: readonly AnyCommand[] = [
  ...[listEvents, showEvent, verify, exportTrail, checkExport, publicKey, signer],
];
