import { config, z } from "zod/v4";

// zod would compile its checks, which a page's policy forbids.
config({ jitless: true });

/** What of zod the contracts use, by name: whoever asks for all of it gets its words in forty languages too. */
export const zod = {
  NEVER: z.NEVER,
  array: z.array,
  boolean: z.boolean,
  coerce: { number: z.coerce.number },
  custom: z.custom,
  discriminatedUnion: z.discriminatedUnion,
  email: z.email,
  enum: z.enum,
  int: z.int,
  iso: { date: z.iso.date, datetime: z.iso.datetime },
  literal: z.literal,
  never: z.never,
  null: z.null,
  number: z.number,
  object: z.object,
  partialRecord: z.partialRecord,
  record: z.record,
  strictObject: z.strictObject,
  string: z.string,
  stringbool: z.stringbool,
  templateLiteral: z.templateLiteral,
  union: z.union,
  unknown: z.unknown,
  uuid: z.uuid,
};
