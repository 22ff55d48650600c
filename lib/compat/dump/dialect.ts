/** How a dump writes what it holds. */
export type Dialect = {
  kind: "mysql" | "postgres";
  /** Whether a backslash in '…' escapes, as it does in MySQL unless NO_BACKSLASH_ESCAPES is set. */
  backslash: boolean;
  /** Whether "…" is a name, as it is in PostgreSQL, and in MySQL with ANSI_QUOTES. */
  doubleIsName: boolean;
  /** The encoding of its texts, as TextDecoder knows it. */
  encoding: "utf-8" | "windows-1252";
};

const signs = /PostgreSQL database dump|^\\restrict |^COPY [^;]{1,2000} FROM stdin|standard_conforming_strings/im;

/** Tells from the beginning of a dump who wrote it. */
export function dialectOf(beginning: string): Dialect {
  return signs.test(beginning)
    ? { kind: "postgres", backslash: false, doubleIsName: true, encoding: "utf-8" }
    : { kind: "mysql", backslash: true, doubleIsName: false, encoding: "utf-8" };
}
