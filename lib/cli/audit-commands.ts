import { createWriteStream, readFileSync, rmSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { type ExportCheck, verifyExport } from "@/lib/audit/check-export";
import type { AuditCheck } from "@/lib/audit/contract";
import { exportAudit } from "@/lib/audit/export-audit";
import { showSigner } from "@/lib/audit/show-signer";
import { verifyAudit } from "@/lib/audit/verify-audit";
import { perform } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { hostContext, openInstallation } from "./installation";
import { answer, counted, tell } from "./output";

type VerifyOptions = { noted?: string; json?: boolean };
type ExportOptions = { format: string; from?: string; to?: string };
type CheckOptions = { publicKey?: string; json?: boolean };

/** `audit`: is the trail what was written, and taking it elsewhere. */
export function addAuditCommands(program: Command): void {
  const audit = program.command("audit").description("The audit trail: check it, export it, check an export.");
  audit
    .command("verify")
    .description("Checks every link of the trail; fails with the first row that is not as it was written.")
    .option("--noted <id:hash>", "an end that an earlier check told: finds a trail that was set back")
    .option("--json", "write the result as JSON")
    .action(verify);
  audit
    .command("export [file]")
    .description("Exports the trail, signed (jsonl) or for a spreadsheet (csv), to a new file or standard output.")
    .option("--format <format>", "jsonl or csv", "jsonl")
    .option("--from <time>", "the first moment, such as 2027-01-31 or 2027-01-31T12:00Z")
    .option("--to <time>", "the first moment that is left out")
    .action(exportTo);
  audit
    .command("check-export <file>")
    .description("Checks a signed export. Needs no installation.")
    .option("--public-key <file>", "the signer's public key (PEM), as this installation told it")
    .option("--json", "write the result as JSON")
    .action(check);
  audit
    .command("public-key")
    .description("Tells the public key by which exports are checked (PEM).")
    .option("--json", "write the result as JSON")
    .action(publicKey);
}

async function verify({ noted, json }: VerifyOptions): Promise<void> {
  await openInstallation();
  const result = await perform(verifyAudit, hostContext(), noted === undefined ? {} : { noted });
  if (json || result.intact) answer({ json: json ?? false }, result, intactWords(result));
  const { firstBad } = result;
  if (firstBad) throw new AppError("conflict", `The audit trail is not intact. ${rowWords(firstBad)}`);
}

function rowWords({ id, problem }: { id: string; problem: string }): string {
  return /^\d/.test(id) ? `Row ${id} ${problem}` : problem;
}

function intactWords({ checked, older, end, milliseconds }: AuditCheck): string {
  const before = older > 0 ? ` ${counted(older, "row")} before the chain began can't be checked.` : "";
  const note = end ? `\nIts end, to be noted elsewhere: ${end}` : "";
  return `The audit trail is intact: ${counted(checked, "link")} in ${(milliseconds / 1000).toFixed(1)} s.${before}${note}`;
}

async function exportTo(
  file: string | undefined,
  { format, from, to }: ExportOptions,
  command: Command,
): Promise<void> {
  const time = (text: string): string => {
    const moment = new Date(text);
    if (Number.isNaN(moment.getTime())) command.error(`error: "${text}" is not a time such as 2027-01-31T12:00Z`);
    return moment.toISOString();
  };
  const times = { ...(from !== undefined && { from: time(from) }), ...(to !== undefined && { to: time(to) }) };
  if (format !== "jsonl" && format !== "csv")
    command.error(`error: there is no format ${format}; there are jsonl and csv`);
  await openInstallation();
  const { chunks } = await perform(exportAudit, hostContext(), { format: format as "jsonl" | "csv", ...times });
  if (file === undefined) await pipeline(Readable.from(chunks), process.stdout, { end: false });
  else await writeTo(file, chunks);
}

async function writeTo(file: string, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  try {
    await pipeline(Readable.from(chunks), createWriteStream(file, { flags: "wx", mode: 0o600 }));
  } catch (cause) {
    const exists = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    if (exists) throw new AppError("conflict", `The file ${file} exists already. Name a new one.`, { cause });
    rmSync(file, { force: true });
    throw cause;
  }
  tell(`The export is in ${file}.`);
}

async function check(file: string, options: CheckOptions): Promise<void> {
  const key = options.publicKey === undefined ? undefined : read(options.publicKey);
  const result = await verifyExport(file, key).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  if (options.json || result.valid) answer(options, result, validWords(result));
  if (!result.valid) throw new AppError("conflict", `This export is not valid. ${result.problem}`);
}

function validWords({ rows, madeAt, madeBy, fingerprint, keyGiven }: ExportCheck): string {
  const whole = `The export is valid: ${counted(rows, "row")}, made ${madeAt} by ${madeBy}, signed with key ${fingerprint}.`;
  const advice =
    "The key came with the file: this proves that it is whole, not where it is from. Compare the key, or give --public-key.";
  return keyGiven ? whole : `${whole}\n${advice}`;
}

async function publicKey(options: { json?: boolean }): Promise<void> {
  await openInstallation();
  const signer = await perform(showSigner, hostContext(), {});
  answer(options, signer, signer.publicKey.trimEnd());
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): AppError {
  const why = cause instanceof Error && "code" in cause ? cause.code : cause;
  return new AppError("not_found", `The file ${file} can't be read (${why}).`, { cause });
}
