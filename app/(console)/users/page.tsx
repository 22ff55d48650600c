import type { Metadata } from "next";
import { invitationsQuery, usersQuery } from "@/client/access-queries";
import { Hydrated } from "@/components/shell/hydrated";
import { UsersScreen } from "@/components/users/users-screen";
import { listInvitations } from "@/lib/access/list-invitations";
import { listUsers } from "@/lib/access/list-users";
import { readPage } from "@/lib/http/page";
import { allowed } from "../allowed";

export const metadata: Metadata = { title: "Users" };

export default function UsersPage() {
  return allowed(async () => {
    const [users, invitations] = await Promise.all([readPage(listUsers, {}), readPage(listInvitations, {})]);
    return (
      <Hydrated
        entries={[
          [usersQuery().queryKey, users],
          [invitationsQuery().queryKey, invitations],
        ]}
      >
        <UsersScreen />
      </Hydrated>
    );
  });
}
