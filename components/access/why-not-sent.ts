/**
 * Why a code is not sent when Enter is pressed; null: it is. The sixth digit sends by itself, so an Enter behind it may
 * find the field emptied by a refusal: what that said stays.
 */
export function whyNotSent(code: string, failure: string | null): string | null {
  if (code.length === 6) return null;
  return code === "" && failure !== null ? failure : "A code has six digits.";
}
