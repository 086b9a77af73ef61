// What bash, zsh and fish read to ask `lab complete` when Tab is pressed. They hand over the words as they were typed:
// nothing of the line is evaluated.

export interface CompletionFile {
  /** Below `share` of where the command is installed. */
  readonly path: string;
  readonly text: string;
}

/** `note`: the comment that says whose file it is. */
export function shellCompletions(note: string): readonly CompletionFile[] {
  return [
    { path: 'bash-completion/completions/lab', text: bash(note) },
    { path: 'zsh/site-functions/_lab', text: zsh(note) },
    { path: 'fish/vendor_completions.d/lab.fish', text: fish(note) },
  ];
}

/** Without the package bash-completion too. bash takes `--lab=alice` apart at the sign. */
function bash(note: string): string {
  return `# ${note}
_lab() {
  local word line typed=() current=\${COMP_WORDS[COMP_CWORD]}
  if [[ $current == = ]]; then current=; fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do if [[ $word != = ]]; then typed+=("$word"); fi; done
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line != :* ]]; then COMPREPLY+=("\${line%%$'\\t'*}"); fi
  done < <(lab complete -- "\${typed[@]}" "$current" 2>/dev/null)
}
complete -o bashdefault -o default -F _lab lab
`;
}

function zsh(note: string): string {
  return `#compdef lab
# ${note}
local line
local -a found
for line in "\${(@f)$(lab complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
  if [[ $line == *$'\\t'* ]]; then found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}"); fi
done
if [[ $PREFIX == --*=* ]]; then compset -P '*='; fi
if ((\${#found})); then _describe -V lab found; else _files; fi
`;
}

function fish(note: string): string {
  return `# ${note}
function __lab_next
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l option (string match --regex -- '^--[a-z-]+=' "$current")
    lab complete -- $typed[2..-1] "$current" 2>/dev/null |
        string match --invert --regex -- '^:[0-9]+$' |
        string replace --regex -- '^' "$option"
end
complete --command lab --no-files --keep-order --arguments '(__lab_next)'
`;
}
