import { seal, unseal } from "@/lib/platform/crypto";
import type { ServerAccess } from "@/lib/platform/postgres";

/** The columns of a server that say how to reach it. */
export type ServerRow = {
  id: string;
  host: string;
  port: number;
  adminUser: string;
  adminSecret: string | null;
  adminDatabase: string;
  tls: boolean;
};

const context = (serverId: string) => `server:${serverId}`;

/** How to reach a server as its administrator, with the password opened. */
export function serverAccess(row: ServerRow): ServerAccess {
  return {
    host: row.host,
    port: row.port,
    adminUser: row.adminUser,
    adminPassword: row.adminSecret === null ? "" : unseal(row.adminSecret, context(row.id)),
    adminDatabase: row.adminDatabase,
    tls: row.tls,
  };
}

/** An administrator's password as it is stored. */
export function sealAdminPassword(serverId: string, password: string): string | null {
  return password === "" ? null : seal(password, context(serverId));
}
