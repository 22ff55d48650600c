import type { Metadata } from "next";
import { accountQuery, sessionsQuery } from "@/client/access-queries";
import { AccountScreen } from "@/components/account/account-screen";
import { Hydrated } from "@/components/shell/hydrated";
import { listSessions } from "@/lib/accounts/list-sessions";
import { showAccount } from "@/lib/accounts/show-account";
import { readPage } from "@/lib/http/page";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const [account, sessions] = await Promise.all([readPage(showAccount, {}), readPage(listSessions, {})]);
  return (
    <Hydrated
      entries={[
        [accountQuery().queryKey, account],
        [sessionsQuery().queryKey, sessions],
      ]}
    >
      <AccountScreen />
    </Hydrated>
  );
}
