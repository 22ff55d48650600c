"use client";

import { useQuery } from "@tanstack/react-query";
import { accountQuery } from "@/client/access-queries";
import layout from "@/components/ui/layout.module.css";
import { LoadError } from "@/components/ui/load-error";
import { PageHeader } from "@/components/ui/page-header";
import type { Account } from "@/lib/accounts/contract-account";
import classes from "./account.module.css";
import { ConsolePanel } from "./console-panel";
import { Passkeys } from "./passkeys";
import { PasswordPanel } from "./password-panel";
import { Profile } from "./profile";
import { SecondFactorPanel } from "./second-factor-panel";
import { Sessions } from "./sessions";

/** One's own account: how one signs in, and where one is signed in. */
export function AccountScreen() {
  const { data, error, refetch } = useQuery(accountQuery());
  return (
    <>
      <PageHeader title="Account" note="How you sign in, and where you are signed in" />
      {!data && error && <LoadError what="Your account" error={error} retry={refetch} />}
      {data && <Parts account={data} />}
    </>
  );
}

function Parts({ account }: { account: Account }) {
  return (
    <div className={layout.stack}>
      <Profile user={account.user} />
      <div className={classes.pair}>
        <PasswordPanel changedAt={account.passwordChangedAt} />
        <SecondFactorPanel account={account} />
      </div>
      <Passkeys passkeys={account.passkeys} />
      <Sessions />
      <ConsolePanel />
    </div>
  );
}
