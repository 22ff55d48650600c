import { CopyValue } from "@/components/ui/copy-value";
import type { startEnrolmentContract } from "@/lib/accounts/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import classes from "./accounts.module.css";

type AuthenticatorSecretProps = Pick<OutputOf<typeof startEnrolmentContract>, "qr" | "secret" | "uri">;

/** A new secret for an authenticator: to scan, to type, or to open on the phone that it is read on. */
export function AuthenticatorSecret({ qr, secret, uri }: AuthenticatorSecretProps) {
  return (
    <>
      {/* biome-ignore lint/performance/noImgElement: an inline SVG, which has nothing to optimise */}
      <img
        className={classes.qr}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(qr)}`}
        alt="QR code for your authenticator app"
      />
      <a className={classes.app} href={uri}>
        Open in an authenticator app
      </a>
      <div className={classes.secret}>
        Can't scan? Type this secret:
        <CopyValue value={secret} shown={inFours(secret)} label="secret" />
      </div>
    </>
  );
}

function inFours(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}
