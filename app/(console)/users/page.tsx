import type { Metadata } from "next";
import { invitationsQuery, usersQuery } from "@/client/access-queries";
import { Hydrated } from "@/components/shell/hydrated";
import { UsersScreen } from "@/components/users/users-screen";
import { listInvitations } from "@/lib/access/list-invitations";
import { listUsers } from "@/lib/access/list-users";
import { readPage } from "@/lib/http/page";
import { everyPage } from "@/lib/kernel/page";
import { allowed } from "../allowed";

export const metadata: Metadata = { title: "Users" };

export default function UsersPage() {
  return allowed(async () => {
    const [users, invitations] = await Promise.all([
      everyPage("users", (at) => readPage(listUsers, { limit: 500, ...at })),
      everyPage("invitations", (at) => readPage(listInvitations, { limit: 500, ...at })),
    ]);
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
