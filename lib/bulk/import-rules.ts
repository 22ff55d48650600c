/** What is done with a statement of a file that is imported, or why it is refused. */
export type Step =
  | { do: "begin" | "commit" | "skip" | "defer" | "insert" }
  | { do: "copy"; skipped: boolean }
  | { do: "setval"; sequence: string; text: string }
  | { do: "refuse"; words: string };

const word = String.raw`(?:"(?:[^"]|"")+"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)`;
const name = `(${word}(?:\\.${word})?)`;
const copy = new RegExp(
  `^copy\\s+${name}(?:\\s*\\(\\s*${word}(?:\\s*,\\s*${word})*\\s*\\))?\\s+from\\s+stdin(?:\\s+with\\s*\\(\\s*format\\s+text\\s*\\))?$`,
  "i",
);
const insert = new RegExp(`^insert\\s+into\\s+${name}[\\s(]`, "i");
const setval =
  /^select\s+(?:pg_catalog\.)?setval\s*\(\s*'((?:[^']|'')+)'(?:::regclass)?\s*,\s*(-?\d{1,19})\s*(?:,\s*(true|false)\s*)?\)$/i;
const setting = /^set\s+(?:local\s+|session\s+)?"?([a-z_]+)"?\s*(?:=|\bto\b)\s*([\s\S]+)$/i;

/** Settings that files begin with: what they have to be, or null where it does not matter what an import makes of them. */
const settings: Record<string, RegExp | null> = {
  client_encoding: /^'?utf-?8'?$/i,
  standard_conforming_strings: /^'?(?:on|true)'?$/i,
  datestyle: /^'?iso\b/i,
  intervalstyle: /^'?postgres'?$/i,
  xmloption: /^'?content'?$/i,
  ...Object.fromEntries(
    [
      "statement_timeout",
      "lock_timeout",
      "idle_in_transaction_session_timeout",
      "transaction_timeout",
      "check_function_bodies",
      "client_min_messages",
      "row_security",
      "default_tablespace",
      "default_table_access_method",
    ].map((one) => [one, null]),
  ),
};

/** Prisma's record says what was applied here, not there. */
const record = /^(?:"?public"?\.)?"?_prisma_migrations"?$/i;

/** What a statement of an imported file is: data is put in, and nothing else is done. */
export function stepOf(text: string): Step {
  if (/^(?:begin|start\s+transaction)(?:\s+(?:work|transaction))?$/i.test(text)) return { do: "begin" };
  if (/^(?:commit|end)(?:\s+(?:work|transaction))?$/i.test(text)) return { do: "commit" };
  if (/^set\s+constraints\s+all\s+deferred$/i.test(text)) return { do: "defer" };
  if (/^select\s+pg_catalog\.set_config\s*\(\s*'search_path'\s*,\s*''\s*,\s*false\s*\)$/i.test(text))
    return { do: "skip" };
  const copied = copy.exec(text);
  if (copied) return { do: "copy", skipped: record.test(copied[1] ?? "") };
  const inserted = insert.exec(text);
  if (inserted) return { do: record.test(inserted[1] ?? "") ? "skip" : "insert" };
  const moved = setval.exec(text);
  if (moved) return { do: "setval", sequence: (moved[1] ?? "").replaceAll("''", "'"), text };
  return settingStep(text);
}

function settingStep(text: string): Step {
  const [, given = "", value = ""] = setting.exec(text) ?? [];
  const wanted = Object.hasOwn(settings, given.toLowerCase()) ? settings[given.toLowerCase()] : undefined;
  if (wanted === null || wanted?.test(value.trim())) return { do: "skip" };
  if (wanted) return { do: "refuse", words: `${given.toLowerCase()} is not set to what it has to be here.` };
  return {
    do: "refuse",
    words: "only data is imported: COPY … FROM stdin, INSERT and setval, as the action export-data writes them.",
  };
}
