/** When every picture is taken, whatever the time is: after today, so that cookies which are set then hold now. */
export const moment = "2030-03-13T09:30:00.000Z";

/** The session that the installation has, and the browser shows. */
export const sessionToken = "a session of the pictures' installation, which nobody else has";
