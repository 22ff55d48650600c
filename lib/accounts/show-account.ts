import { operation } from "@/lib/gate/operation";
import { showAccountContract } from "./contract-account";
import { passkeyRow } from "./passkey-row";
import { personOf } from "./person";

export const showAccount = operation(showAccountContract, async (ctx) => {
  const person = personOf(ctx);
  const row = await ctx.db.user.findUniqueOrThrow({
    where: { id: person.id },
    include: {
      passkeys: { orderBy: { createdAt: "asc" } },
      _count: { select: { recoveryCodes: { where: { usedAt: null } } } },
    },
  });
  return {
    user: { ...person, permissions: [...person.permissions] },
    enrolledAt: row.totpConfirmedAt?.toISOString() ?? null,
    passwordChangedAt: row.passwordChangedAt.toISOString(),
    recoveryCodesLeft: row._count.recoveryCodes,
    passkeys: row.passkeys.map(passkeyRow),
  };
});
