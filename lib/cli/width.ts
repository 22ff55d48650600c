const segments = new Intl.Segmenter("en", { granularity: "grapheme" });

/** East Asian wide and fullwidth characters, and what is drawn as a picture. */
const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}])/u;

const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of segments.segment(text)) width += widthOfOne(segment);
  return width;
}

function widthOfOne(segment: string): number {
  if (invisible.test(segment)) return 0;
  return wide.test(segment) ? 2 : 1;
}

/** A text cut to so many columns, with … where something is missing. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = "";
  let width = 1;
  for (const { segment } of segments.segment(text)) {
    width += widthOfOne(segment);
    if (width > columns) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Names are somebody else's words: what would move a terminal's cursor or colours is shown as its code instead. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, coded);
}

/** As `printable`, of a text with lines and tabs of its own. In JSON the codes mean what they stand for. */
export function printableLines(text: string): string {
  return text.replace(/[^\n\t]+/g, printable);
}

const joiner = "\u200d";

/** A character's code for each of its UTF-16 units, as JSON writes it; what joins a picture's parts stays. */
function coded(one: string): string {
  if (one === joiner) return one;
  return one
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
