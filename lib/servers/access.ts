import { seal, unseal } from "@/lib/platform/keyring";
import type { ServerAccess } from "@/lib/platform/postgres";
import { contexts } from "@/lib/platform/sealed-columns";

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

/** How to reach a server as its administrator, with the password opened. */
export async function serverAccess(row: ServerRow): Promise<ServerAccess> {
  return {
    host: row.host,
    port: row.port,
    adminUser: row.adminUser,
    adminPassword: row.adminSecret === null ? "" : await unseal(row.adminSecret, contexts.server(row.id)),
    adminDatabase: row.adminDatabase,
    tls: row.tls,
  };
}

/** An administrator's password as it is stored. */
export async function sealAdminPassword(serverId: string, password: string): Promise<string | null> {
  return password === "" ? null : await seal(password, contexts.server(serverId));
}
