/** A column that holds envelopes, and to what each is bound. */
export type SealedColumn = {
  table: string;
  /** The primary key's column and type. */
  key: string;
  keyType: "uuid" | "text";
  column: string;
  /** What an envelope of a row is bound to, by the row's key. */
  context: (key: string) => string;
};

/** The contexts of `seal` and `unseal`. Stored envelopes carry them: they never change. */
export const contexts = {
  server: (id: string) => `server:${id}`,
  tenant: (id: string) => `tenant:${id}`,
  totp: (userId: string) => `totp:${userId}`,
  key: (name: string) => `sealed-key:${name}`,
} as const;

/** Every column of the control database that holds sealed secrets: what a rotation seals again. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: "servers", key: "id", keyType: "uuid", column: "admin_secret", context: contexts.server },
  { table: "tenants", key: "id", keyType: "uuid", column: "secret", context: contexts.tenant },
  { table: "tenants", key: "id", keyType: "uuid", column: "next_secret", context: contexts.tenant },
  { table: "users", key: "id", keyType: "uuid", column: "totp_secret", context: contexts.totp },
  { table: "sealed_keys", key: "name", keyType: "text", column: "sealed", context: contexts.key },
];
