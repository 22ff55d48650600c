/** Whether a dialog is in the way: what is typed then belongs to it. */
export function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
