const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether what somebody may have typed into the address can be an id. */
export function isUuid(text: string | null): text is string {
  return text !== null && uuid.test(text);
}
