import type { Metadata } from "next";
import { rolesQuery } from "@/client/access-queries";
import { RolesScreen } from "@/components/roles/roles-screen";
import { Hydrated } from "@/components/shell/hydrated";
import { listRoles } from "@/lib/access/list-roles";
import { readPage } from "@/lib/http/page";
import { allowed } from "../allowed";

export const metadata: Metadata = { title: "Roles" };

export default function RolesPage() {
  return allowed(async () => {
    const roles = await readPage(listRoles, {});
    return (
      <Hydrated entries={[[rolesQuery().queryKey, roles]]}>
        <RolesScreen />
      </Hydrated>
    );
  });
}
