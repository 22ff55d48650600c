/** What a new report begins with: a kind, and its input as far as the screen knows it. */
export type Begin = { kind: string; input: Readonly<Record<string, unknown>> };
