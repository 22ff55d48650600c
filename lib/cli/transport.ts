import type { Operations } from "@/lib/sdk/generated";
import type { Api, Calls } from "./calls";
import type { HostInstallation } from "./host";

/** How a command's calls reach the installation. */
export type Transport = Calls & {
  /** Throws when an input would be refused for its shape, as far as that can be known from here. */
  check(id: keyof Operations, input: object): Promise<void>;
  host(): Promise<HostInstallation>;
  api: Api | undefined;
  end(): Promise<void>;
};

/** Where the installation is reached: over the API, when an address and a key are given, else in process. */
export type Where = { url: string | undefined; key: string | undefined };

/** The way to the installation; what it takes is loaded when it is needed. */
export function transportTo({ url, key }: Where, signal: AbortSignal): Transport {
  return url === undefined ? inProcess(signal) : overApi(url, key, signal);
}

function overApi(url: string, key: string | undefined, signal: AbortSignal): Transport {
  const connected = async () => {
    const { createClient } = await import("@/lib/sdk/client");
    return createClient({ url, signal, ...(key !== undefined && { key }) });
  };
  return {
    send: async (id, input) => await (await connected()).send(id, input).catch(peopleOnly),
    async download(id, input) {
      const { name, body } = await (await connected()).download(id, input);
      return { name, chunks: body };
    },
    upload: async (id, file, type) => await (await connected()).upload(id, file, { type }),
    check: async () => undefined,
    api: { url, key },
    async host() {
      const { hostOnly } = await import("./failure");
      throw hostOnly();
    },
    end: async () => undefined,
  };
}

/** What no API key can be allowed is refused like any right that one lacks: here it is told who may do it. */
async function peopleOnly(cause: unknown): Promise<never> {
  const { ApiError } = await import("@/lib/sdk/api-error");
  const right = cause instanceof ApiError && cause.status === 403 && / not include (\w+:\w+),/.exec(cause.message)?.[1];
  if (!right) throw cause;
  const { keyPermissions } = await import("@/lib/kernel/permissions");
  if (keyPermissions.some((one) => one === right)) throw cause;
  const { AppError } = await import("@/lib/kernel/errors");
  const words =
    "No key can have it: only people can do this, in the console or with tenantry on the installation's host.";
  throw new AppError("forbidden", `${cause.message} ${words}`, { cause });
}

function inProcess(signal: AbortSignal): Transport {
  let opened: Promise<HostInstallation> | undefined;
  const host = () => {
    opened ??= import("./host").then(({ openHost }) => openHost(signal));
    return opened;
  };
  return {
    host,
    api: undefined,
    send: async (id, input) => await (await host()).send(id, input),
    download: async (id, input) => await (await host()).download(id, input),
    upload: async (id, file, type) => await (await host()).upload(id, file, type),
    check: async (id, input) => (await host()).check(id, input),
    end: async () => await opened?.then((one) => one.end()).catch(() => undefined),
  };
}
