#!/bin/sh
# Installs the relay command for this user, with shell completion. Needs no root, may be run again.
#
#   ./install.sh               builds Relay where that is due, installs it below ~/.relay
#   ./install.sh --uninstall   removes what was installed, and nothing else
#
# What it makes is written to ~/.relay/installed, line by line; --uninstall goes by that list.
set -eu

home=$HOME/.relay
list=$home/installed
mark='# added by the install.sh of relay'

fail() {
  printf 'error: %s\n  fix     %s\n' "$1" "$2" >&2
  exit 1
}

usage() {
  sed -n '2,8s/^# \{0,1\}//p' "$0"
  exit "$1"
}

# ---- remembering what was made ----------------------------------------------------------------

note() { # kind (file, link, line, folder), path
  grep -qxF "$1 $2" "$list" 2>/dev/null || printf '%s %s\n' "$1" "$2" >>"$list"
}

folder() { # makes a folder and remembers those that weren't there
  [ -d "$1" ] && return 0
  case $1 in
    */*) folder "${1%/*}" ;;
  esac
  mkdir "$1" && note folder "$1"
}

# ---- installing -------------------------------------------------------------------------------

install_version() { # copies what was built to ~/.relay/versions/VERSION and makes it the current one
  version=$("$source_dir/relay" --version | sed 's/^relay //')
  [ -n "$version" ] || fail "the built relay doesn't run" "try: $source_dir/relay --version"
  mkdir -p "$home/versions"
  : >>"$list"
  fresh=$home/versions/.new.$$
  rm -rf "$fresh"
  mkdir -p "$fresh/lib" "$fresh/bin"
  cp "$source_dir"/relay-cli/target/relay/lib/*.jar "$fresh/lib/"
  cp "$source_dir"/relay-cli/target/relay/app/*.jar "$fresh/lib/"
  cp "$source_dir/relay" "$fresh/bin/relay"
  chmod 755 "$fresh/bin/relay"
  # a node that runs from the old folder keeps the files it has open
  rm -rf "$home/versions/$version"
  mv "$fresh" "$home/versions/$version"
  ln -sfn "versions/$version" "$home/current"
  # from where relay.yaml is: what a start loads is learned from a start
  (cd "$source_dir" && "$home/current/bin/relay" __archive) ||
    echo "Short commands will start slower: this Java can't make a class archive." >&2
}

command_folder() { # the first of the user's own folders on the PATH that can be written
  for candidate in "$HOME/.local/bin" "$HOME/bin"; do
    case ":$PATH:" in
      *":$candidate:"*) [ -d "$candidate" ] && [ -w "$candidate" ] && bin=$candidate && return 0 ;;
    esac
  done
  bin=$HOME/.local/bin
}

install_command() {
  command_folder
  link=$bin/relay
  if [ -e "$link" ] || [ -L "$link" ]; then
    case $(readlink "$link" 2>/dev/null || :) in
      "$home"/*) ;;
      *) fail "\"$link\" is there already and isn't ours" "move it away and run this again" ;;
    esac
  fi
  folder "$bin"
  ln -sfn "$home/current/bin/relay" "$link"
  note link "$link"
  case ":$PATH:" in
    *":$bin:"*) ;;
    *) profile_line "$(profile)" "$(path_line)" ;;
  esac
}

shell_name() {
  shell=${SHELL:-/bin/sh}
  printf '%s' "${shell##*/}"
}

profile() {
  case $(shell_name) in
    zsh) printf '%s' "${ZDOTDIR:-$HOME}/.zshrc" ;;
    fish) printf '%s' "${XDG_CONFIG_HOME:-$HOME/.config}/fish/config.fish" ;;
    bash) printf '%s' "$HOME/.bashrc" ;;
    *) printf '%s' "$HOME/.profile" ;;
  esac
}

path_line() {
  case $(shell_name) in
    fish) printf 'fish_add_path "$HOME/.local/bin"' ;;
    *) printf 'export PATH="$HOME/.local/bin:$PATH"' ;;
  esac
}

profile_line() { # file, line: put there once, marked
  folder "${1%/*}"
  [ -e "$1" ] || note file "$1"
  if ! grep -qF "$2  $mark" "$1" 2>/dev/null; then
    # a last line without an end would swallow ours
    if [ -s "$1" ] && [ -n "$(tail -c 1 "$1")" ]; then echo >>"$1"; fi
    printf '%s  %s\n' "$2" "$mark" >>"$1"
    new_terminal=yes
  fi
  note line "$1"
}

completion_file() { # shell, file
  folder "${2%/*}"
  "$home/current/bin/relay" completion "$1" >"$2"
  note file "$2"
}

install_completion() {
  completion_file bash "${XDG_DATA_HOME:-$HOME/.local/share}/bash-completion/completions/relay"
  # of the other shells, those that this user uses
  if [ "$(shell_name)" = fish ] || [ -d "${XDG_CONFIG_HOME:-$HOME/.config}/fish" ]; then
    completion_file fish "${XDG_CONFIG_HOME:-$HOME/.config}/fish/completions/relay.fish"
  fi
  if [ "$(shell_name)" = zsh ] || [ -f "${ZDOTDIR:-$HOME}/.zshrc" ]; then
    completion_file zsh "$home/completion/_relay"
    # zsh has no folder of the user's own that it looks into by itself
    profile_line "${ZDOTDIR:-$HOME}/.zshrc" \
      '(( ${+functions[compdef]} )) || { autoload -Uz compinit && compinit; }; source ~/.relay/completion/_relay'
  fi
}

install() {
  source_dir=$(cd "$(dirname "$0")" && pwd -P)
  [ -f "$source_dir/pom.xml" ] || fail "this isn't the repository of Relay" "run install.sh where it came from"
  new_terminal=
  "$source_dir/relay" --version >/dev/null
  install_version
  install_command
  install_completion
  echo "Installed relay $version: $link"
  if [ -n "$new_terminal" ]; then echo "Open a new terminal, then: relay --help"; else echo "Try: relay --help"; fi
}

# ---- uninstalling -----------------------------------------------------------------------------

drop_lines() { # takes our marked lines out of a file, and leaves the rest as it was
  [ -f "$1" ] || return 0
  grep -vF "$mark" "$1" >"$1.relay.$$" || :
  cat "$1.relay.$$" >"$1" # keeps owner, rights and links of the file
  rm -f "$1.relay.$$"
}

uninstall() {
  [ -f "$list" ] || { echo "relay isn't installed for this user."; exit 0; }
  while read -r kind path; do
    case $kind in
      link) case $(readlink "$path" 2>/dev/null || :) in "$home"/*) rm -f "$path" ;; esac ;;
      line) drop_lines "$path" ;;
    esac
  done <"$list"
  while read -r kind path; do
    case $kind in
      file)
        # a profile that we began may hold other lines by now
        if grep -qxF "line $path" "$list"; then [ -s "$path" ] || rm -f "$path"; else rm -f "$path"; fi
        ;;
    esac
  done <"$list"
  folders=$(sed -n 's/^folder //p' "$list" | sort -r)
  rm -rf "$home/versions" "$home/current" "$list"
  printf '%s\n' "$folders" | while IFS= read -r path; do
    [ -z "$path" ] || rmdir "$path" 2>/dev/null || :
  done
  rmdir "$home/completion" "$home" 2>/dev/null || :
  echo "Uninstalled relay."
}

case ${1:-} in
  '') install ;;
  --uninstall) uninstall ;;
  -h | --help) usage 0 ;;
  *) usage 2 >&2 ;;
esac
