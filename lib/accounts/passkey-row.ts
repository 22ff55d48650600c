type Row = { id: string; name: string; backedUp: boolean; createdAt: Date; lastUsedAt: Date | null };

/** A passkey as its owner sees it. */
export function passkeyRow({ id, name, backedUp, createdAt, lastUsedAt }: Row) {
  return { id, name, backedUp, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null };
}
