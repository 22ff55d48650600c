import { beginning } from "@/lib/kernel/foreign-text";

/** Characters of a text, beyond which it is cut: a row of a table has to fit on a page. */
const longest = 600;
/** Characters between two places at which a long run without spaces may be broken. */
const between = 5;

/**
 * A text as it can be set on one line or in a cell: without line ends and other control characters, without characters that
 * turn the direction of what stands around, and with invisible places to break a long run without spaces.
 */
export function settable(text: string): string {
  const short = text.length > longest ? `${beginning(text, longest)}…` : text;
  const plain = short
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu, "");
  return plain.replace(/\S{25,}/gu, (run) =>
    // A joined emoji or an accent must not be torn from what it belongs to.
    [...graphemes.segment(run)]
      .map(({ segment }, index) => (index > 0 && index % between === 0 ? `\u200b${segment}` : segment))
      .join(""),
  );
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
