import { cache } from "react";

/** For how long a page's frame waits for what is in it, in milliseconds. */
const patience = 150;

const reading = cache(() => {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, ended };
});

/** Says that this request's page has read what it shows. */
export function pageIsRead(): void {
  reading().end();
}

/**
 * Until this request's page has read what it shows, or for `patience`. A frame that is sent before its page is painted
 * with a skeleton, which React then leaves on the screen for 300 ms at least (docs/decisions/0029-speed-of-the-console.md).
 */
export async function untilPageIsRead(): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tired = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([reading().ended, tired]);
  clearTimeout(timer);
}
