import type { Operations } from "@/lib/sdk/generated";

/** Calls an operation by its id: over the API, or in process on the host. In a dry run, what would change ends here. */
export type Send = <K extends keyof Operations>(
  id: K,
  input: Operations[K]["input"],
) => Promise<Operations[K]["output"]>;

/** A file that an operation answers with. */
export type Download = { name: string | null; chunks: AsyncIterable<Uint8Array | string> };

/** How operations are called, whichever way they are reached. */
export type Calls = {
  send: Send;
  download<K extends keyof Operations>(id: K, input: Operations[K]["input"]): Promise<Download>;
  /** Calls an operation that takes a file as it is, of this kind. It is a change, as one that is sent. */
  upload<K extends keyof Operations>(
    id: K,
    file: AsyncIterable<Uint8Array>,
    type: string,
  ): Promise<Operations[K]["output"]>;
};

/** Where the API is that a command works over. */
export type Api = { url: string; key: string | undefined };
