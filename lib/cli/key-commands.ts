import { statSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { recordAudit } from "@/lib/gate/audit";
import { systemClock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { newMasterKey, readSecrets, secretsFile, writeSecrets } from "@/lib/platform/kept-secrets";
import { dropOldMasters, takeUpMaster } from "@/lib/platform/master-change";
import { masterOf } from "@/lib/platform/masters";
import { type Rotation, rotateDataKey } from "@/lib/platform/rotation";
import { hostContext, type Installation, openInstallation, takeKeys } from "./installation";
import { answer, counted, tell } from "./output";

type Options = { master?: boolean; dropOld?: boolean; json?: boolean };

/** `rotate-keys`: the keys that seal stored secrets. */
export function addKeyCommands(program: Command): void {
  program
    .command("rotate-keys")
    .description("Seals every stored secret with a new key, while everything is in use. It can be repeated.")
    .option("--master", "first make a new secret key, where the data folder keeps it")
    .option("--drop-old", "instead: remove what former secret keys open, once the present one opens everything")
    .option("--json", "write the result as JSON")
    .action(rotateKeys);
}

async function rotateKeys(options: Options, command: Command): Promise<void> {
  if (options.master && options.dropOld) {
    command.error("error: --drop-old comes after --master: restart Tenantry in between, so that it uses the new key");
  }
  const installation = await openInstallation();
  if (options.dropOld) await dropOld(installation, options);
  else await rotate(installation, options);
}

async function rotate(installation: Installation, options: Options): Promise<void> {
  const master = options.master ? await newMaster(installation) : undefined;
  if (!master) await takeUpMaster();
  const rotation = await rotateDataKey({ clock: systemClock, onProgress: progress() });
  const result = { ...rotation, ...(master && { master }) };
  await record("keys.rotate", options, result);
  answer(options, result, [...inWords(rotation), ...(master ? [afterMaster(master)] : [])].join("\n"));
  if (rotation.left > 0 || rotation.unreadable.length > 0) throw new AppError("conflict", unfinished(rotation));
}

/** Writes the file before anything is wrapped: cut off in between, the next start finds both keys and wraps. */
async function newMaster({ folder, keepsKeys }: Installation): Promise<string> {
  const kept = readSecrets(folder);
  if (!kept || !keepsKeys) {
    const how =
      "start every process with the new key as TENANTRY_SECRET_KEY and the former in TENANTRY_OLD_SECRET_KEYS, then run rotate-keys";
    throw new AppError(
      "conflict",
      `The environment gives the secret key here, so the change is yours to make: ${how}.`,
    );
  }
  const secrets = { ...kept, secretKey: newMasterKey(), oldSecretKeys: [kept.secretKey, ...kept.oldSecretKeys] };
  writeSecrets(folder, secrets);
  takeKeys(secrets);
  await takeUpMaster().catch((error: unknown) => {
    writeSecrets(folder, kept);
    throw error;
  });
  return masterOf(secrets.secretKey).id;
}

async function dropOld({ folder, keepsKeys }: Installation, options: Options): Promise<void> {
  if (keepsKeys) checkRestarted(folder);
  await takeUpMaster();
  const wraps = await dropOldMasters();
  const kept = readSecrets(folder);
  const keys = keepsKeys && kept ? kept.oldSecretKeys.length : 0;
  if (kept && keys > 0) writeSecrets(folder, { ...kept, oldSecretKeys: [] });
  const result = { wrapsRemoved: wraps, oldKeysRemoved: keys };
  await record("keys.dropOld", options, result);
  const own = keepsKeys ? "" : " Take TENANTRY_OLD_SECRET_KEYS out of every process's environment now.";
  const done = `The secret key opens every stored secret. Removed: ${counted(wraps, "wrap")} of former keys`;
  answer(
    options,
    result,
    `${done}${keepsKeys ? ` and ${counted(keys, "former key")} from ${secretsFile(folder)}` : ""}.${own}`,
  );
}

async function record(operation: string, input: Options, after: unknown): Promise<void> {
  await recordAudit({ ...hostContext(), note: { after } }, { operation, outcome: "done", input });
}

/** A running Tenantry that was started before the keys changed has only the former one. */
function checkRestarted(folder: string): void {
  const started = statSync(join(folder, "supervisor.pid"), { throwIfNoEntry: false })?.mtimeMs;
  const changed = statSync(secretsFile(folder)).mtimeMs;
  if (started === undefined || started >= changed || readSecrets(folder)?.oldSecretKeys.length === 0) return;
  throw new AppError("conflict", "Nothing was removed: Tenantry still runs with the former key. Restart it first.");
}

function progress(): (resealed: number) => void {
  let told = performance.now();
  return (resealed) => {
    if (performance.now() - told < 1000) return;
    told = performance.now();
    tell(`${counted(resealed, "secret")} sealed again…`);
  };
}

function inWords({ keyId, resealed, retired, milliseconds }: Rotation): string[] {
  const seconds = (milliseconds / 1000).toFixed(1);
  return [
    `${counted(resealed, "secret")} sealed again with the new data key ${keyId}, in ${seconds} s.`,
    `${counted(retired, "data key")} retired.`,
  ];
}

const afterMaster = (id: string) =>
  `The new secret key is ${id}. A restart makes Tenantry use it; then remove the former: rotate-keys --drop-old`;

function unfinished({ left, unreadable }: Rotation): string {
  const held = `${counted(left, "secret")} could not be sealed again, since their rows were held all the time. They can be read; run this again.`;
  const lost = `${counted(unreadable.length, "secret")} can't be opened by any key and stay as they are: ${unreadable.join(", ")}`;
  return [...(left > 0 ? [held] : []), ...(unreadable.length > 0 ? [lost] : [])].join("\n");
}
