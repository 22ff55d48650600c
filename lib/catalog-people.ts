import { acceptInvitation } from "@/lib/access/accept-invitation";
import { editUser } from "@/lib/access/edit-user";
import { endUserSessions } from "@/lib/access/end-user-sessions";
import { invite } from "@/lib/access/invite";
import { listInvitations } from "@/lib/access/list-invitations";
import { listRoles } from "@/lib/access/list-roles";
import { listUserSessions } from "@/lib/access/list-user-sessions";
import { listUsers } from "@/lib/access/list-users";
import { makePasswordLink } from "@/lib/access/make-password-link";
import { removeRole } from "@/lib/access/remove-role";
import { resetSecondFactor } from "@/lib/access/reset-second-factor";
import { saveRole } from "@/lib/access/save-role";
import { setUserActive } from "@/lib/access/set-user-active";
import { showInvitation } from "@/lib/access/show-invitation";
import { showOpenInvitation } from "@/lib/access/show-open-invitation";
import { showPasswordLink } from "@/lib/access/show-password-link";
import { showRole } from "@/lib/access/show-role";
import { showUser } from "@/lib/access/show-user";
import { usePasswordLink } from "@/lib/access/use-password-link";
import { withdrawInvitation } from "@/lib/access/withdraw-invitation";
import { addPasskey } from "@/lib/accounts/add-passkey";
import { changeAuthenticator } from "@/lib/accounts/change-authenticator";
import { changePassword } from "@/lib/accounts/change-password";
import { confirmEnrolment } from "@/lib/accounts/confirm-enrolment";
import { endAllSessions } from "@/lib/accounts/end-all-sessions";
import { endOwnSession } from "@/lib/accounts/end-session";
import { listSessions } from "@/lib/accounts/list-sessions";
import { proveStepUp } from "@/lib/accounts/prove-step-up";
import { removePasskey } from "@/lib/accounts/remove-passkey";
import { renewRecoveryCodes } from "@/lib/accounts/renew-recovery-codes";
import { setUpOwner } from "@/lib/accounts/set-up-owner";
import { showAccount } from "@/lib/accounts/show-account";
import { showPasskeyChallenge } from "@/lib/accounts/show-passkey-challenge";
import { showSession } from "@/lib/accounts/show-session";
import { showSetUp } from "@/lib/accounts/show-set-up";
import { signOut } from "@/lib/accounts/sign-out";
import { startAuthenticator } from "@/lib/accounts/start-authenticator";
import { startEnrolment } from "@/lib/accounts/start-enrolment";
import { startPasskey } from "@/lib/accounts/start-passkey";
import { listAudit } from "@/lib/audit/list-audit";
import { showAuditEvent } from "@/lib/audit/show-event";
import { showSigner } from "@/lib/audit/show-signer";
import { verifyAudit } from "@/lib/audit/verify-audit";
import type { AnyOperation } from "@/lib/gate/operation";
import { addIpRule } from "@/lib/keys/add-ip-rule";
import { createKey } from "@/lib/keys/create-key";
import { editIpRule } from "@/lib/keys/edit-ip-rule";
import { editKey } from "@/lib/keys/edit-key";
import { listIpRules } from "@/lib/keys/list-ip-rules";
import { listKeys } from "@/lib/keys/list-keys";
import { removeIpRule } from "@/lib/keys/remove-ip-rule";
import { revokeKey } from "@/lib/keys/revoke-key";
import { showCaller } from "@/lib/keys/show-caller";
import { showIpRule } from "@/lib/keys/show-ip-rule";
import { showKey } from "@/lib/keys/show-key";

/** Who may do what, and what was done: accounts, users, roles, keys, addresses and the audit trail. */
export const peopleOperations: readonly AnyOperation[] = [
  showSetUp,
  setUpOwner,
  startEnrolment,
  confirmEnrolment,
  showSession,
  signOut,
  proveStepUp,
  showPasskeyChallenge,
  showAccount,
  changePassword,
  renewRecoveryCodes,
  listSessions,
  endOwnSession,
  endAllSessions,
  startAuthenticator,
  changeAuthenticator,
  startPasskey,
  addPasskey,
  removePasskey,
  listUsers,
  showUser,
  listUserSessions,
  editUser,
  setUserActive,
  resetSecondFactor,
  makePasswordLink,
  endUserSessions,
  listInvitations,
  showOpenInvitation,
  invite,
  withdrawInvitation,
  showInvitation,
  acceptInvitation,
  showPasswordLink,
  usePasswordLink,
  listRoles,
  showRole,
  saveRole,
  removeRole,
  listKeys,
  showKey,
  createKey,
  editKey,
  revokeKey,
  showCaller,
  listIpRules,
  showIpRule,
  addIpRule,
  editIpRule,
  removeIpRule,
  listAudit,
  showAuditEvent,
  verifyAudit,
  showSigner,
];
