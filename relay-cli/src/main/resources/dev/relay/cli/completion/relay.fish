# fish completion for relay: asks the command itself, so live names complete too
function __relay_candidates
    set -l words (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token --cut-at-cursor)
    $words[1] __complete $words[2..-1] 2>/dev/null
end
complete --command relay --keep-order --arguments '(__relay_candidates)'
