"use client";

import dynamic from "next/dynamic";
import { AuthFrame } from "@/components/accounts/auth-frame";
import type { PageErrorProps } from "@/components/states/page-error";

// Every page would carry it otherwise, and hardly one needs it.
const PageError = dynamic(() => import("@/components/states/page-error").then((module) => module.PageError));

export default function RootError(props: PageErrorProps) {
  return (
    <AuthFrame>
      <PageError {...props} />
    </AuthFrame>
  );
}
