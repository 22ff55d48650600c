import type { Metadata } from "next";
import { accountQuery, sessionsQuery } from "@/client/access-queries";
import { AccountScreen } from "@/components/account/account-screen";
import { Hydrated } from "@/components/shell/hydrated";
import { listSessions } from "@/lib/accounts/list-sessions";
import { showAccount } from "@/lib/accounts/show-account";
import { readPage } from "@/lib/http/page";
import { everyPage } from "@/lib/kernel/page";
import { allowed } from "../allowed";

export const metadata: Metadata = { title: "Account" };

export default function AccountPage() {
  return allowed(accountPage);
}

async function accountPage() {
  const [account, sessions] = await Promise.all([
    readPage(showAccount, {}),
    everyPage("sessions", (at) => readPage(listSessions, at)),
  ]);
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
