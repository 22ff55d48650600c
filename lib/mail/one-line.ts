/** A text that anybody gave, or a server, on one line: no header or line of ours can follow it. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}
