"use client";

import { AuthFrame } from "@/components/accounts/auth-frame";
import { PageError, type PageErrorProps } from "@/components/states/page-error";

export default function RootError(props: PageErrorProps) {
  return (
    <AuthFrame>
      <PageError {...props} />
    </AuthFrame>
  );
}
