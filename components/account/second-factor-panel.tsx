"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { RecoveryCodes } from "@/components/accounts/recovery-codes";
import { Dialog } from "@/components/ui/dialog";
import form from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { type Account, renewRecoveryCodesContract, showAccountContract } from "@/lib/accounts/contract-account";
import classes from "./account.module.css";
import { MoveAuthenticator } from "./move-authenticator";

const few = 3;

/** The authenticator, and how many recovery codes are left. */
export function SecondFactorPanel({ account: { enrolledAt, recoveryCodesLeft } }: { account: Account }) {
  const [opened, { open, close }] = useDisclosure(false);
  const [moving, move] = useDisclosure(false);
  const none = recoveryCodesLeft === 0;
  return (
    <Panel title="Second factor">
      <div className={classes.line}>
        <span>
          {enrolledAt === null ? (
            "No authenticator yet"
          ) : (
            <>
              Authenticator since <RelativeTime at={enrolledAt} every={60_000} />
            </>
          )}
        </span>
        {enrolledAt !== null && (
          <Button size="xs" variant="default" onClick={move.open}>
            Move to another authenticator
          </Button>
        )}
      </div>
      <div className={classes.line}>
        <span className={recoveryCodesLeft <= few ? classes.few : undefined}>
          {none ? "You have no recovery codes: make some" : `${recoveryCodesLeft} of 10 recovery codes left`}
        </span>
        <Button size="xs" variant="default" onClick={open}>
          {none ? "Make codes" : "Renew codes"}
        </Button>
      </div>
      <MoveAuthenticator opened={moving} close={move.close} />
      <RenewDialog first={none} opened={opened} close={close} />
    </Panel>
  );
}

type RenewProps = { first: boolean; opened: boolean; close: () => void };

function RenewDialog({ first, opened, close }: RenewProps) {
  const readAgain = useReadAgain();
  const submit = useSubmit(
    renewRecoveryCodesContract,
    () => readAgain(showAccountContract),
    () => (first ? "Make ten recovery codes." : "Make ten new recovery codes; the old ones stop working."),
  );
  const leave = () => {
    close();
    submit.reset();
  };
  return (
    <Dialog
      opened={opened}
      close={leave}
      title={submit.data ? "Save your recovery codes" : first ? "Make recovery codes?" : "Renew your recovery codes?"}
      holds={submit.isSuccess}
    >
      {submit.data ? (
        <RecoveryCodes codes={submit.data.recoveryCodes} verb="Done" onDone={leave} />
      ) : (
        <div className={form.form}>
          <p>You get ten new codes, shown once.{!first && " The old ones stop working at that moment."}</p>
          <FormError error={submit.error} title="No codes were made" />
          <div className={form.buttons}>
            <Button variant="default" onClick={leave}>
              Cancel
            </Button>
            <Button loading={submit.isPending} onClick={() => submit.mutate({})} data-autofocus>
              Make new codes
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
