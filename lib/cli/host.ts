import { exportAudit } from "@/lib/audit/export-audit";
import { createUpload } from "@/lib/bulk/create-upload";
import { downloadItem } from "@/lib/bulk/download-item";
import { takeUpload } from "@/lib/bulk/upload-file";
import { catalog } from "@/lib/catalog";
import type { Ctx } from "@/lib/gate/context";
import { cutTo, readFields, takesFields } from "@/lib/gate/fields";
import { type AnyOperation, fieldErrors, type Operation, perform } from "@/lib/gate/operation";
import type { Download as MadeFile } from "@/lib/kernel/download";
import { AppError } from "@/lib/kernel/errors";
import { controlDb } from "@/lib/platform/prisma";
import { downloadReport } from "@/lib/reports/download-report";
import { tableDownloads } from "@/lib/reports/download-table";
import { exportTenants } from "@/lib/tenants/export-tenants";
import type { Calls } from "./calls";
import { hostContext, type Installation, openInstallation } from "./installation";

/** The installation on this host, opened: commands act on it as the system, "CLI on the host". */
export type HostInstallation = Installation &
  Calls & {
    /** The context of an operation; a new one for each. */
    context(): Ctx;
    /** Throws when an operation's input has not its shape. */
    check(id: string, input: object): void;
    end(): Promise<void>;
  };

const files: readonly AnyOperation[] = [exportTenants, exportAudit, downloadItem, downloadReport, ...tableDownloads];
const operations = new Map([...catalog, ...files].map((one) => [one.contract.id, one as Operation]));

/** Opens the installation that the environment or the data folder names. */
export async function openHost(signal: AbortSignal): Promise<HostInstallation> {
  const installation = await openInstallation();
  const context = () => hostContext(signal);
  return {
    ...installation,
    context,
    // What comes back is what a program would get over the API.
    send: async (id, input) => JSON.parse(JSON.stringify(await answerOf(found(id), context(), input))),
    async download(id, input) {
      const { fileName, chunks } = (await perform(found(id), context(), input)) as MadeFile;
      return { name: fileName, chunks };
    },
    async upload(id, file) {
      if (id !== createUpload.contract.id) throw new AppError("invalid", `${id} takes no file.`);
      const ctx = context();
      return JSON.parse(JSON.stringify(await perform(createUpload, ctx, await takeUpload(ctx, file, null))));
    },
    check(id, input) {
      const { error } = found(id).contract.input.safeParse(input);
      if (error) throw new AppError("invalid", "Some fields need another look.", { fields: fieldErrors(error) });
    },
    end: async () => await controlDb().$disconnect(),
  };
}

/** An operation's answer with the properties that `fields` asks for, which is no part of any operation's own input. */
async function answerOf(operation: Operation, ctx: Ctx, input: object): Promise<unknown> {
  const { contract } = operation;
  if (!takesFields(contract) || !("fields" in input)) return await perform(operation, ctx, input);
  const { fields, ...own } = input;
  const asked = readFields(contract, [String(fields)]);
  return cutTo(asked, contract, await perform(operation, ctx, own));
}

function found(id: string): Operation {
  const operation = operations.get(id);
  if (operation) return operation;
  throw new AppError("invalid", `${id} answers only over the API: give --url and a key.`);
}
