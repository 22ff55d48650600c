let words: Promise<ReadonlySet<string>> | undefined;

/** Passwords that guessers try first, in lower case; read when they are first asked for. */
export function commonPasswords(): Promise<ReadonlySet<string>> {
  words ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"].map(String)),
  );
  return words;
}
