/** What visitors are told, as the end of a sentence: with one full stop, whether or not the message has its own. */
export function quoted(message: string): string {
  return /[.!?…。]$/.test(message) ? `“${message}”` : `“${message}”.`;
}
