import { type AnyCommand, defineCommand } from "../command";
import { Misused } from "../failure";

/** What each shell reads. The program is asked under the name that was typed, wherever it is. */
const scripts: Record<string, string> = {
  bash: `_tenantry() {
  local IFS=$'\\n'
  COMPREPLY=($("\${COMP_WORDS[0]}" __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _tenantry tenantry`,
  zsh: `#compdef tenantry
_tenantry() {
  local -a found
  found=("\${(@f)$("\${words[1]}" __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[1]}" ]]; then compadd -- "\${found[@]}"; else _files; fi
}
compdef _tenantry tenantry`,
  fish: `function __tenantry_complete
  set -l line (commandline -opc) (commandline -ct)
  $line[1] __complete --described -- $line[2..-1] 2>/dev/null
end
complete -c tenantry -a '(__tenantry_complete)'`,
};

const completion = defineCommand({
  path: "completion <shell>",
  words: "Prints what a shell (bash, zsh or fish) needs to complete command lines, names of tenants included.",
  examples: [
    "completion bash > ~/.local/share/bash-completion/completions/tenantry",
    "completion fish > ~/.config/fish/completions/tenantry.fish",
  ],
  where: "anywhere",
  async run(cli, { shell }) {
    const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
    if (script === undefined)
      throw new Misused(`There is no completion for ${shell}; there is for ${Object.keys(scripts).join(", ")}.`);
    cli.out.result({ shell, script }, script);
  },
});

/** `completion`: what shells need. */
export const completionCommands: readonly AnyCommand[] = [completion];
