import { AppError } from "@/lib/kernel/errors";
import { quoteName, withAdmin } from "@/lib/platform/postgres";
import { besideAlone, dropBeside } from "./beside";
import { enforceStatus } from "./enforce";
import { dropRole, roleMark } from "./role-steps";
import { mark, type Step } from "./steps";

const closeDoors: Step = {
  name: "close_doors",
  label: "End its sessions and let nobody in",
  run: async ({ admin, tenant }) => {
    const role = await roleMark(admin, tenant.role);
    if (role === mark(tenant.id)) await enforceStatus(admin, tenant, "deleting");
  },
};

const dropDatabase: Step = {
  name: "drop_database",
  label: "Drop the database",
  run: async ({ admin, tenant }) => {
    await besideAlone(admin, tenant.id, () => dropBeside(admin, tenant));
    const { rows } = await admin.query<{ owner: string }>(
      "SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1",
      [tenant.database],
    );
    if (!rows[0]) return;
    if (rows[0].owner !== tenant.role) {
      throw new AppError(
        "conflict",
        `The database ${tenant.database} belongs to ${rows[0].owner} now and is left in place.`,
      );
    }
    // Its owner can make it a template, which can't be dropped.
    await admin.query(`ALTER DATABASE ${quoteName(tenant.database)} IS_TEMPLATE false`);
    await admin.query(`DROP DATABASE IF EXISTS ${quoteName(tenant.database)} WITH (FORCE)`);
  },
};

const leaveDatabase: Step = {
  name: "leave_database",
  label: "Leave the adopted database, take back the role's rights",
  run: async ({ admin, server, tenant }) => {
    if ((await roleMark(admin, tenant.role)) !== mark(tenant.id)) return;
    const { rows } = await admin.query<{ owner: string }>(
      "SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1",
      [tenant.database],
    );
    const owner = rows[0]?.owner;
    if (!owner) return;
    const role = quoteName(tenant.role);
    await admin.query(`ALTER ROLE ${role} NOLOGIN`);
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1 AND pid <> pg_backend_pid()",
      [tenant.role],
    );
    const release = `REASSIGN OWNED BY ${role} TO ${quoteName(owner)}; DROP OWNED BY ${role}`;
    await withAdmin(server, async (inside) => void (await inside.query(release)), tenant.database);
  },
};

/** How a tenant goes: its sessions, its database (unless adopted) and its role. */
export function removeSteps(adopted: boolean): readonly Step[] {
  return adopted ? [leaveDatabase, dropRole] : [closeDoors, dropDatabase, dropRole];
}
