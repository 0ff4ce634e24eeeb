#compdef relay
# zsh completion for relay: asks the command itself, so live names complete too
_relay() {
  local line tab=$'\t'
  local -a candidates
  while IFS= read -r line; do
    local name=${line%%$tab*}
    if [[ $line == *$tab* ]]; then
      candidates+=("${name//:/\\:}:${line#*$tab}")
    else
      candidates+=("${name//:/\\:}")
    fi
  done < <("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( ${#candidates} )); then
    _describe -V 'relay' candidates
  else
    _files
  fi
}
if [[ ${funcstack[1]} == _relay ]]; then
  _relay "$@"
elif (( ${+functions[compdef]} )); then
  compdef _relay relay
fi
