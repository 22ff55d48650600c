import type { SqlTokens } from "./import-tokens";

/** PostgreSQL's arrays have six dimensions at most. */
const deepest = 6;

/** What may follow the first word of a type, such as double precision, timestamp without time zone. */
const typeWords = new Set(["precision", "varying", "with", "without", "time", "zone"]);

/** Takes a comma-separated list of what `one` takes, which `one` has to begin with. */
export function list(tokens: SqlTokens, one: (tokens: SqlTokens) => boolean): boolean {
  do if (!one(tokens)) return false;
  while (tokens.sign(","));
  return true;
}

/** Takes a row of literals in parentheses: nothing in it is computed, so nothing in it can act. */
export function row(tokens: SqlTokens): boolean {
  const value = () => tokens.words("default") || literal(tokens, 0);
  return tokens.sign("(") && list(tokens, value) && tokens.sign(")");
}

function literal(tokens: SqlTokens, depth: number): boolean {
  if (!bare(tokens, depth)) return false;
  while (tokens.sign("::")) if (!type(tokens)) return false;
  return true;
}

function bare(tokens: SqlTokens, depth: number): boolean {
  if (tokens.words("null") || tokens.words("true") || tokens.words("false")) return true;
  if (tokens.words("array")) return depth < deepest && array(tokens, depth + 1);
  if (tokens.sign("-") || tokens.sign("+")) return taken(tokens, "number");
  if (taken(tokens, "number") || taken(tokens, "text")) return true;
  // A type's name before a text is a literal of that type: date '2026-01-01'.
  if (tokens.peek().kind !== "word") return false;
  tokens.take();
  more(tokens);
  return taken(tokens, "text");
}

function array(tokens: SqlTokens, depth: number): boolean {
  if (!tokens.sign("[")) return false;
  return tokens.sign("]") || (list(tokens, () => literal(tokens, depth)) && tokens.sign("]"));
}

function type(tokens: SqlTokens): boolean {
  if (tokens.name() === undefined || (tokens.sign(".") && tokens.name() === undefined)) return false;
  more(tokens);
  if (tokens.sign("(") && !(list(tokens, () => taken(tokens, "number")) && tokens.sign(")"))) return false;
  more(tokens);
  while (tokens.sign("[")) {
    taken(tokens, "number");
    if (!tokens.sign("]")) return false;
  }
  return true;
}

function more(tokens: SqlTokens): void {
  for (let next = tokens.peek(); next.kind === "word" && typeWords.has(next.text); next = tokens.peek()) tokens.take();
}

function taken(tokens: SqlTokens, kind: "number" | "text"): boolean {
  return tokens.peek().kind === kind && tokens.take() !== undefined;
}
