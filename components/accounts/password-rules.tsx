import classes from "./accounts.module.css";

/** What a password must be, in words, before anything was typed. */
export function PasswordRules() {
  return (
    <ul className={classes.rules} aria-label="What a password must be">
      <li>At least 12 characters; a few words are easier to remember.</li>
      <li>Nothing common, and not made of your name or e-mail address.</li>
    </ul>
  );
}
