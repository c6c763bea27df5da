/** Shells that `modelhub completion` has a script for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/**
 * What makes a shell ask `modelhub complete -- WORDS` when the tab key is pressed: it prints one candidate a line, a tab,
 * and what it is. Where there is none, the shell completes file names. Nothing that was typed is evaluated.
 */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# bash completion for modelhub
_modelhub() {
  local line=\${COMP_LINE:0:COMP_POINT} word tail value about
  local -a words
  # Split at blanks alone: bash itself would also split at = : and @.
  IFS=$' \\t' read -a words <<< "$line"
  [[ $line == *[[:blank:]] ]] && words+=('')
  word=\${words[\${#words[@]}-1]}
  tail=\${word##*[$COMP_WORDBREAKS]}
  COMPREPLY=()
  while IFS=$'\\t' read -r value about; do
    COMPREPLY+=("\${value#"\${word%"$tail"}"}")
  done < <(modelhub complete -- "\${words[@]:1}" 2> /dev/null)
}
complete -o default -F _modelhub modelhub
`,
  zsh: `#compdef modelhub
_modelhub() {
  local value about
  local -a replies
  while IFS=$'\\t' read -r value about; do
    replies+=("\${value//:/\\\\:}:$about")
  done < <(modelhub complete -- "\${(@Q)words[2,CURRENT]}" 2> /dev/null)
  if (( $#replies )); then _describe modelhub replies; else _files; fi
}
if [[ $funcstack[1] == _modelhub ]]; then _modelhub "$@"; else compdef _modelhub modelhub; fi
`,
  fish: `# fish completion for modelhub
function __modelhub_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l replies (modelhub complete -- $words[2..-1] "$current" 2> /dev/null)
    if test (count $replies) -gt 0
        printf '%s\\n' $replies
    else
        __fish_complete_path "$current"
    end
end
complete -c modelhub -f -a '(__modelhub_complete)'
`,
}
