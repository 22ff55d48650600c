import { statSync } from "node:fs";
import { join } from "node:path";
import { recordAudit } from "@/lib/gate/audit";
import { systemClock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { newMasterKey, readSecrets, secretsFile, writeSecrets } from "@/lib/platform/kept-secrets";
import { dropOldMasters, takeUpMaster } from "@/lib/platform/master-change";
import { masterOf } from "@/lib/platform/masters";
import { type Rotation, rotateDataKey } from "@/lib/platform/rotation";
import type { Cli } from "./command";
import type { HostInstallation } from "./host";
import { takeKeys } from "./installation";
import { counted } from "./output";

type Options = { master?: boolean; dropOld?: boolean };

/** Seals every stored secret with a new key, or removes what former keys open. */
export async function rotateKeys(cli: Cli, options: Options): Promise<void> {
  const host = await cli.host();
  await cli.before(
    options.dropOld ? "Would remove what former secret keys open." : "Would seal every stored secret anew.",
  );
  if (options.dropOld) await dropOld(cli, host, options);
  else await rotate(cli, host, options);
}

async function rotate(cli: Cli, host: HostInstallation, options: Options): Promise<void> {
  const master = options.master ? await newMaster(host) : undefined;
  if (!master) await takeUpMaster();
  const rotation = await rotateDataKey({ clock: systemClock, onProgress: progress(cli) });
  const result = { ...rotation, ...(master && { master }) };
  await record(host, "keys.rotate", options, result);
  cli.out.result(result, [...inWords(rotation), ...(master ? [afterMaster(master)] : [])].join("\n"));
  if (rotation.left > 0 || rotation.unreadable.length > 0) throw new AppError("conflict", unfinished(rotation));
}

/** Writes the file before anything is wrapped: cut off in between, the next start finds both keys and wraps. */
async function newMaster({ folder, keepsKeys }: HostInstallation): Promise<string> {
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

async function dropOld(cli: Cli, host: HostInstallation, options: Options): Promise<void> {
  const { folder, keepsKeys } = host;
  if (keepsKeys) checkRestarted(folder);
  await takeUpMaster();
  const wraps = await dropOldMasters();
  const kept = readSecrets(folder);
  const keys = keepsKeys && kept ? kept.oldSecretKeys.length : 0;
  if (kept && keys > 0) writeSecrets(folder, { ...kept, oldSecretKeys: [] });
  const result = { wrapsRemoved: wraps, oldKeysRemoved: keys };
  await record(host, "keys.dropOld", options, result);
  const own = keepsKeys ? "" : " Take TENANTRY_OLD_SECRET_KEYS out of every process's environment now.";
  const done = `The secret key opens every stored secret. Removed: ${counted(wraps, "wrap")} of former keys`;
  cli.out.result(
    result,
    `${done}${keepsKeys ? ` and ${counted(keys, "former key")} from ${secretsFile(folder)}` : ""}.${own}`,
  );
}

async function record(host: HostInstallation, operation: string, input: Options, after: unknown): Promise<void> {
  await recordAudit({ ...host.context(), note: { after } }, { operation, outcome: "done", input });
}

/** A running Tenantry that was started before the keys changed has only the former one. */
function checkRestarted(folder: string): void {
  const started = statSync(join(folder, "supervisor.pid"), { throwIfNoEntry: false })?.mtimeMs;
  const changed = statSync(secretsFile(folder)).mtimeMs;
  if (started === undefined || started >= changed || readSecrets(folder)?.oldSecretKeys.length === 0) return;
  throw new AppError("conflict", "Nothing was removed: Tenantry still runs with the former key. Restart it first.");
}

/** Tells at most once a second how far it is. */
function progress(cli: Cli): (resealed: number) => void {
  let told = performance.now();
  return (resealed) => {
    if (performance.now() - told < 1000) return;
    told = performance.now();
    cli.out.note(`${counted(resealed, "secret")} sealed again…`);
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
