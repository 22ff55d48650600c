import classes from "./accounts.module.css";

/** What somebody reads whose address the IP rules keep out. */
export function Refused() {
  return (
    <>
      <h1 className={classes.title}>Not from this network</h1>
      <p className={classes.lead}>
        This console takes no requests from your address. Go through the network or VPN that is meant for it, or ask an
        administrator to let your address in under IP rules.
      </p>
      <p className={classes.lead}>
        Everybody is locked out? On Tenantry's own host, <code>npm run tenantry -- ip-rules clear</code> removes all
        rules.
      </p>
    </>
  );
}
