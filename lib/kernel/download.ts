import { z } from "zod";

/** A file that is made while it is sent: nobody holds all of it. */
export type Download = {
  fileName: string;
  contentType: string;
  chunks: AsyncGenerator<string, void, undefined>;
};

/** The answer of an operation that is a download. */
export const downloadShape = z.custom<Download>((value) => typeof value === "object" && value !== null);
