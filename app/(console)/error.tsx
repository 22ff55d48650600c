"use client";

import { PageArrival } from "@/client/page-arrival";
import { PageError, type PageErrorProps } from "@/components/states/page-error";

export default function ConsoleError(props: PageErrorProps) {
  return (
    <>
      <PageError {...props} />
      <PageArrival />
    </>
  );
}
