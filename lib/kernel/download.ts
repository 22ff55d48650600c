import { z } from "zod";

/** A file that is made, or read, while it is sent: nobody holds all of it. */
export type Download = {
  fileName: string;
  contentType: string;
  chunks: AsyncGenerator<string | Uint8Array, void, undefined>;
  /** Its size, where that is known before: a reader then notices when the end is missing. */
  bytes?: number;
};

/** The answer of an operation that is a download. */
export const downloadShape = z.custom<Download>((value) => typeof value === "object" && value !== null);
