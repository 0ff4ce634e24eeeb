# bash completion for relay: asks the command itself, so live names complete too
_relay_complete() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("${line%%$'\t'*}")
  done < <("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -o nosort -F _relay_complete relay 2>/dev/null ||
  complete -o default -F _relay_complete relay
