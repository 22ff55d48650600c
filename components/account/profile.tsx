import { permissionSummary } from "@/components/access/permission-groups";
import { Panel } from "@/components/ui/panel";
import type { UserView } from "@/lib/accounts/contract";
import { scopeWords } from "@/lib/kernel/scope";
import classes from "./account.module.css";

/** Who one is here. Others change it: nobody changes their own rights. */
export function Profile({ user: { name, email, role, scope, permissions } }: { user: UserView }) {
  return (
    <Panel
      title="Profile"
      note={
        role === "owner"
          ? "Another owner can change your role and reach"
          : "An owner or admin can change your role and reach"
      }
    >
      <dl className={classes.facts}>
        <div>
          <dt>Name</dt>
          <dd>
            <bdi>{name}</bdi>
          </dd>
        </div>
        <div>
          <dt>E-mail</dt>
          <dd>{email}</dd>
        </div>
        <div>
          <dt>Role</dt>
          <dd>{role}</dd>
        </div>
        <div>
          <dt>Reaches</dt>
          <dd>{scopeWords(scope)}</dd>
        </div>
        <div className={classes.wide}>
          <dt>May</dt>
          <dd>{permissionSummary(permissions)}</dd>
        </div>
      </dl>
    </Panel>
  );
}
