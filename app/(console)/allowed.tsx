import type { ReactNode } from "react";
import { PageArrival } from "@/client/page-arrival";
import { NotAllowed } from "@/components/states/not-allowed";
import { AppError } from "@/lib/kernel/errors";
import { pageIsRead } from "./first-paint";

/** A page for those who may see it; the others are told what they lack. */
export async function allowed(page: () => Promise<ReactNode>): Promise<ReactNode> {
  try {
    return (
      <>
        {await page()}
        <PageArrival />
      </>
    );
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") {
      return (
        <>
          <NotAllowed reason={error.message} />
          <PageArrival />
        </>
      );
    }
    throw error;
  } finally {
    pageIsRead();
  }
}
