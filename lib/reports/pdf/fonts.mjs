import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The fonts that a report is set in: whole files from packages, so that every name is shaped right. The first has what is
 * not named by another; the large ones are read only for texts that have use for them.
 *
 * @typedef {{ family: string, package: string, files: string[], for?: RegExp }} Font files as seen from the main one
 * @type {Font[]}
 */
const fonts = [
  {
    family: "Inter",
    package: "@expo-google-fonts/inter",
    files: ["400Regular/Inter_400Regular.ttf", "600SemiBold/Inter_600SemiBold.ttf"],
  },
  {
    family: "Noto Naskh Arabic",
    package: "@embedpdf/fonts-arabic",
    files: ["../fonts/NotoNaskhArabic-Regular.ttf", "../fonts/NotoNaskhArabic-Bold.ttf"],
    for: /\p{Script_Extensions=Arabic}/u,
  },
  {
    family: "Noto Sans Hebrew",
    package: "@embedpdf/fonts-hebrew",
    files: ["../fonts/NotoSansHebrew-Regular.ttf", "../fonts/NotoSansHebrew-Bold.ttf"],
    for: /\p{Script=Hebrew}/u,
  },
  {
    family: "Noto Sans Thai",
    package: "@expo-google-fonts/noto-sans-thai",
    files: ["400Regular/NotoSansThai_400Regular.ttf", "600SemiBold/NotoSansThai_600SemiBold.ttf"],
    for: /\p{Script=Thai}/u,
  },
  {
    family: "Noto Sans Devanagari",
    package: "@expo-google-fonts/noto-sans-devanagari",
    files: ["400Regular/NotoSansDevanagari_400Regular.ttf", "600SemiBold/NotoSansDevanagari_600SemiBold.ttf"],
    for: /\p{Script_Extensions=Devanagari}/u,
  },
  {
    family: "Noto Sans S Chinese",
    package: "@embedpdf/fonts-sc",
    files: ["../fonts/NotoSansHans-Regular.otf"],
    for: /[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\u3000-\u303f\uff00-\uffef]/u,
  },
  {
    family: "Noto Sans Korean",
    package: "@embedpdf/fonts-kr",
    files: ["../fonts/NotoSansKR-Regular.otf"],
    for: /\p{Script=Hangul}/u,
  },
  {
    family: "Noto Emoji",
    package: "@expo-google-fonts/noto-emoji",
    files: ["400Regular/NotoEmoji_400Regular.ttf"],
    for: /[^\p{L}\p{N}\p{P}\p{Z}\p{M}\p{Sc}\p{Sm}\p{Sk}\p{Cc}]/u,
  },
];

const { resolve } = createRequire(import.meta.url);

/**
 * The families for a text, in the order in which they are asked for a character, and their files.
 *
 * @param {string} text
 * @returns {{ families: string[], blobs: Buffer[] }}
 */
export function fontsFor(text) {
  const chosen = fonts.filter((font) => !font.for || font.for.test(text));
  return {
    families: chosen.map(({ family }) => family),
    blobs: chosen.flatMap((font) => {
      const folder = dirname(resolve(/* turbopackIgnore: true */ font.package));
      return font.files.map((file) => readFileSync(join(folder, file)));
    }),
  };
}
