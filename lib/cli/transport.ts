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
    send: async (id, input) => await (await connected()).send(id, input),
    async download(id, input) {
      const { name, body } = await (await connected()).download(id, input);
      return { name, chunks: body };
    },
    upload: async (id, file, type) => await (await connected()).upload(id, file, { type }),
    check: async () => undefined,
    api: { url, key },
    async host() {
      const { Misused } = await import("./failure");
      throw new Misused("This is done on the installation's own host, without --url.");
    },
    end: async () => undefined,
  };
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
